"""Keyset pages: constant cost at any depth, and stable while rows come and go.

A page starts after a row, not after a count, so a row that existed throughout a walk
is seen exactly once whatever is inserted or deleted meanwhile. (Offsets skip and
repeat, and cost more the deeper they go.)
"""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

MAX_LIMIT = 100
MAX_ID = 2**63 - 1


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: right after, or right before, one row (newest first)."""

    direction: Literal["after", "before"]
    moment: datetime
    id: int

    def encode(self) -> str:
        parts = [self.direction, self.moment.isoformat(), self.id]
        raw = json.dumps(parts, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @classmethod
    def decode(cls, value: str) -> "Cursor":
        """Raise ValueError for anything `encode` could not have made."""
        padded = value + "=" * (-len(value) % 4)
        try:
            parts = json.loads(base64.b64decode(padded, b"-_", validate=True))
        except (binascii.Error, RecursionError) as error:
            raise ValueError(value) from error
        match parts:
            case ["after" | "before" as direction, str(moment), int(id)]:
                instant = datetime.fromisoformat(moment)
                is_id = type(id) is int and 0 <= id <= MAX_ID
                if instant.tzinfo is UTC and is_id:
                    return cls(direction, instant, id)
        raise ValueError(value)


class KeysetPagination(BasePagination):
    """Newest first by (moment, id): `{"next", "previous", "results"}`.

    The moment is the column the view names as `keyset_field`.
    `limit` is 1 to 100, 20 by default. No COUNT is made, here or anywhere.
    """

    parameters = ("limit", "cursor")
    default_limit = 20

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        assert isinstance(queryset, QuerySet)  # noqa: S101 - there is no other list here
        self.request = request
        self.field: str = getattr(view, "keyset_field", "created_at")
        self.limit = self.read_limit(request)
        self.cursor = self.read_cursor(request)
        rows = list(self.slice(queryset))
        has_further = len(rows) > self.limit
        rows = rows[: self.limit]
        backwards = self.cursor is not None and self.cursor.direction == "before"
        if backwards:
            rows.reverse()
        self.has_next = backwards or has_further
        self.has_previous = has_further if backwards else self.cursor is not None
        self.rows = rows
        return rows

    def slice(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """One row more than the page holds, to know whether there is another page."""
        order = (f"-{self.field}", "-id")
        if self.cursor:
            queryset = queryset.filter(keyset_condition(self.field, self.cursor))
            if self.cursor.direction == "before":
                order = (self.field, "id")
        return queryset.order_by(*order)[: self.limit + 1]

    def read_limit(self, request: Request) -> int:
        raw = request.query_params.get("limit")
        if raw is None:
            return self.default_limit
        if not (re.fullmatch(r"[0-9]{1,3}", raw) and 1 <= int(raw) <= MAX_LIMIT):
            raise invalid("limit", f"Give a whole number from 1 to {MAX_LIMIT}.")
        return int(raw)

    def read_cursor(self, request: Request) -> Cursor | None:
        raw = request.query_params.get("cursor")
        if raw is None:
            return None
        try:
            return Cursor.decode(raw)
        except ValueError:
            detail = "Use a cursor from `next` or `previous` as it is."
            raise invalid("cursor", detail) from None

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "next": self.link("after", -1) if self.has_next else None,
                "previous": self.link("before", 0) if self.has_previous else None,
                "results": data,
            }
        )

    def link(self, direction: Literal["after", "before"], index: int) -> str:
        params = self.request.query_params.copy()
        params["cursor"] = self.edge(direction, index).encode()
        query = urlencode(sorted(params.lists()), doseq=True)
        return f"{self.request.build_absolute_uri(self.request.path)}?{query}"

    def edge(self, direction: Literal["after", "before"], index: int) -> Cursor:
        if self.rows:
            row = self.rows[index]
            moment = getattr(row, self.field).astimezone(UTC)
            return Cursor(direction, moment, row.pk)
        # What this page held is gone: turn round, and take the cursor's own row along.
        assert self.cursor  # noqa: S101 - a first page without rows has no links
        step = 1 if direction == "after" else -1
        just_beyond = min(max(self.cursor.id + step, 0), MAX_ID)
        return Cursor(direction, self.cursor.moment, just_beyond)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}
        return [
            {
                "name": "limit",
                "in": "query",
                "description": "How many to return on one page.",
                "schema": limit,
            },
            {
                "name": "cursor",
                "in": "query",
                "description": "Opaque; taken from `next` or `previous`.",
                "schema": {"type": "string"},
            },
        ]


def keyset_condition(field: str, cursor: Cursor) -> Q:
    """Rows beyond the cursor's, as one range so that an index can be sought."""
    side = "lt" if cursor.direction == "after" else "gt"
    beyond = Q(**{f"{field}__{side}": cursor.moment})
    same_moment = Q(**{field: cursor.moment, f"id__{side}": cursor.id})
    return Q(**{f"{field}__{side}e": cursor.moment}) & (beyond | same_moment)


def invalid(parameter: str, detail: str) -> ValidationError:
    return ValidationError({parameter: [ErrorDetail(detail, code="invalid")]})
