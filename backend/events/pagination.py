"""Pages of the event log: newest first, by revision."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.pagination import KeysetPagination, invalid

CURSOR = re.compile(r"(older|newer)-([0-9]{1,18})")
NEWEST = ("older", 2**63 - 1)


class RevisionPagination(KeysetPagination):
    """Events of one stream, newest first: `{"next", "previous", "results"}`.

    Revisions are unique and never go away: a direction and a revision make a cursor.
    """

    def parameters(self, view: Any) -> tuple[str, ...]:
        return ("limit", "cursor")

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        assert isinstance(queryset, QuerySet)  # noqa: S101 - there is no other list here
        self.request = request
        limit = self.read_limit(request)
        direction, seen = self.read_place(request) or NEWEST
        if direction == "older":
            beyond = queryset.filter(revision__lt=seen).order_by("-revision")
        else:
            beyond = queryset.filter(revision__gt=seen).order_by("revision")
        rows = list(beyond[: limit + 1])
        has_further, rows = len(rows) > limit, rows[:limit]
        if direction == "older":
            self.has_next, self.has_previous = has_further, "cursor" in self.given
        else:
            self.has_next, self.has_previous = True, has_further
            rows.reverse()
        self.newest = rows[0].revision if rows else seen - 1
        self.oldest = rows[-1].revision if rows else seen + 1
        return rows

    @property
    def given(self) -> Any:
        return self.request.query_params

    def read_place(self, request: Request) -> tuple[str, int] | None:
        raw = request.query_params.get("cursor")
        if raw is None:
            return None
        match = CURSOR.fullmatch(raw)
        if match is None:
            detail = "Use a cursor from `next` or `previous` as it is."
            raise invalid("cursor", detail)
        return match[1], int(match[2])

    def get_paginated_response(self, data: Any) -> Response:
        next_page = self.url(f"older-{self.oldest}") if self.has_next else None
        previous = self.url(f"newer-{self.newest}") if self.has_previous else None
        return Response({"next": next_page, "previous": previous, "results": data})

    def url(self, cursor: str) -> str:
        query = urlencode(sorted({**self.given.dict(), "cursor": cursor}.items()))
        return f"{self.request.build_absolute_uri(self.request.path)}?{query}"
