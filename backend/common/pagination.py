"""Keyset pages: constant cost at any depth, and stable while rows come and go.

A page starts after a row, not after a count, so a row that existed throughout a walk
is seen exactly once whatever is inserted or deleted meanwhile. (Offsets skip and
repeat, and cost more the deeper they go.)
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from common.params import Param

MAX_LIMIT = 100
MAX_ID = 2**63 - 1
MAX_KEY_LENGTH = 600  # of a title: lower case can be longer

Direction: TypeAlias = Literal["after", "before"]
Position: TypeAlias = tuple[str, int]
"""A row's place in the order: its sort key as text, and its id."""

# --- What a list can be sorted by -------------------------------------------------


@dataclass(frozen=True)
class SortKey:
    """A sort key that is never null, as an ORM expression and its PostgreSQL type.

    Where nulls come last in both directions, `descending` is another expression. One
    that depends on a filter's value `needs` that filter, and has no index.
    """

    expression: Any
    cast: str
    descending: Any = None
    needs: str | None = None

    @property
    def is_indexed(self) -> bool:
        return self.needs is None

    def get(self, *, is_descending: bool) -> Any:
        if is_descending and self.descending is not None:
            return self.descending
        return self.expression


def instant(column: str) -> SortKey:
    return SortKey(F(column), "timestamptz")


def is_instant(key: str) -> bool:
    return datetime.fromisoformat(key).tzinfo is UTC


def is_date(key: str) -> bool:
    return key in ("infinity", "-infinity") or bool(date.fromisoformat(key))


def is_text(key: str) -> bool:
    return len(key) <= MAX_KEY_LENGTH and not re.search("[\0\ud800-\udfff]", key)


def is_whole(key: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9]{1,18}", key, re.ASCII))


def is_real(key: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9](\.[0-9]{1,12})?(e-[0-9]{1,2})?", key, re.ASCII))


# Whether PostgreSQL can read the key of a cursor, which anybody may have written.
KEY_CHECKS: dict[str, Callable[[str], bool]] = {
    "bigint": is_whole,
    "date": is_date,
    "real": is_real,
    "text": is_text,
    "timestamptz": is_instant,
}


# --- One page ---------------------------------------------------------------------


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: right after, or right before, one row of one ordering."""

    direction: Direction
    ordering: str
    position: Position

    def encode(self) -> str:
        parts = [self.direction, self.ordering, *self.position]
        raw = json.dumps(parts, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @classmethod
    def decode(cls, value: str, cast: str) -> "Cursor":
        """Raise ValueError for anything `encode` could not have made."""
        padded = value + "=" * (-len(value) % 4)
        try:
            parts = json.loads(base64.b64decode(padded, b"-_", validate=True))
        except (binascii.Error, RecursionError) as error:
            raise ValueError(value) from error
        match parts:
            case ["after" | "before" as direction, str(ordering), str(key), int(id)]:
                is_id = type(id) is int and 0 <= id <= MAX_ID
                if is_id and KEY_CHECKS[cast](key):
                    return cls(direction, ordering, (key, id))
        raise ValueError(value)


@dataclass(frozen=True)
class Page:
    """What one request asks for."""

    limit: int
    ordering: str  # e.g. "-created_at"
    sort_key: SortKey
    cursor: Cursor | None

    @property
    def is_descending(self) -> bool:
        return self.ordering.startswith("-")

    @property
    def is_backwards(self) -> bool:
        return self.cursor is not None and self.cursor.direction == "before"

    @property
    def shape(self) -> tuple[str, str | None]:
        return self.ordering, self.cursor.direction if self.cursor else None

    @property
    def values(self) -> dict[str, Any]:
        if self.cursor is None:
            return {}
        return dict(zip(("key", "id"), self.cursor.position, strict=True))

    @property
    def key(self) -> Any:
        return self.sort_key.get(is_descending=self.is_descending)

    def slice(
        self, queryset: QuerySet[Any], *, is_fenced: bool = False
    ) -> QuerySet[Any]:
        """The rows from the cursor on, in reading order; not yet limited.

        A fenced order is the same to the reader, but the planner finds no index that
        gives it: it has to find the rows first, and then to sort them.
        """
        goes_down = self.is_descending != self.is_backwards
        if self.cursor:
            queryset = queryset.filter(
                RowBeyond(
                    self.key,
                    F("pk"),
                    Param("key", self.sort_key.cast),
                    Param("id", "bigint"),
                    operator="<" if goes_down else ">",
                )
            )
        key = Coalesce(self.key, self.key) if is_fenced else self.key
        order: list[Any] = [Func(key, template="%(expressions)s"), F("pk")]
        return queryset.order_by(
            *(by.desc() if goes_down else by.asc() for by in order)
        )


def sort_keys_of(view: Any) -> tuple[Mapping[str, SortKey], str]:
    """What this view's list can be sorted by, and how it is unless asked."""
    keyset_field = getattr(view, "keyset_field", "created_at")
    only = {keyset_field: instant(keyset_field)}
    keys: Mapping[str, SortKey] = getattr(view, "sort_keys", only)
    return keys, getattr(view, "default_ordering", f"-{keyset_field}")


class RowBeyond(Func):
    """`(key, id) < (…, …)`: one range, so that an index can be sought."""

    output_field = BooleanField()

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        compiled = [compiler.compile(each) for each in self.source_expressions]
        key, pk, key_value, id_value = (sql for sql, _ in compiled)
        operator = self.extra["operator"]
        params = tuple(param for _, its_params in compiled for param in its_params)
        return f"({key}, {pk}) {operator} ({key_value}, {id_value})", params


@dataclass
class Links:
    """Where the pages around this one begin."""

    page: Page
    first: Position | None
    last: Position | None
    has_further: bool
    base_url: str = ""
    query: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def next(self) -> str | None:
        if self.page.is_backwards or self.has_further:
            return self.link("after", self.last)
        return None

    @property
    def previous(self) -> str | None:
        has_previous = self.page.cursor is not None
        if self.page.is_backwards:
            has_previous = self.has_further
        return self.link("before", self.first) if has_previous else None

    def link(self, direction: Direction, position: Position | None) -> str:
        position = position or self.turned_round(direction)
        cursor = Cursor(direction, self.page.ordering, position).encode()
        if not self.query.keys() - {"cursor"}:  # and base64 needs no quoting
            return f"{self.base_url}?cursor={cursor}"
        query = urlencode(
            sorted({**self.query, "cursor": [cursor]}.items()), doseq=True
        )
        return f"{self.base_url}?{query}"

    def turned_round(self, direction: Direction) -> Position:
        """What this page held is gone: go back, and take the cursor's own row along."""
        assert self.page.cursor  # noqa: S101 - a first page without rows has no links
        key, pk = self.page.cursor.position
        step = 1 if (direction == "after") == self.page.is_descending else -1
        return key, min(max(pk + step, 0), MAX_ID)


class KeysetPagination(BasePagination):
    """`{"next", "previous", "results"}`, without a COUNT here or anywhere.

    `limit` is 1 to 100, 20 by default. A view names what its list can be sorted by as
    `sort_keys`, the default as `default_ordering`; or the one moment as `keyset_field`,
    newest first.
    """

    default_limit = 20

    def parameters(self, view: Any) -> tuple[str, ...]:
        is_sortable = len(sort_keys_of(view)[0]) > 1
        return ("limit", "cursor", *(["ordering"] if is_sortable else []))

    def read(self, request: Request, view: Any) -> Page:
        """Raises ValidationError."""
        sort_keys, default = sort_keys_of(view)
        ordering = read_ordering(request.query_params, sort_keys, default)
        sort_key = sort_keys[ordering.removeprefix("-")]
        cursor = self.read_cursor(request, ordering, sort_key)
        return Page(self.read_limit(request), ordering, sort_key, cursor)

    def read_limit(self, request: Request) -> int:
        raw = request.query_params.get("limit")
        if raw is None:
            return self.default_limit
        if not (re.fullmatch(r"[0-9]{1,3}", raw) and 1 <= int(raw) <= MAX_LIMIT):
            raise invalid("limit", f"Give a whole number from 1 to {MAX_LIMIT}.")
        return int(raw)

    def read_cursor(
        self, request: Request, ordering: str, sort_key: SortKey
    ) -> Cursor | None:
        raw = request.query_params.get("cursor")
        if raw is None:
            return None
        try:
            cursor = Cursor.decode(raw, sort_key.cast)
        except ValueError:
            detail = "Use a cursor from `next` or `previous` as it is."
            raise invalid("cursor", detail) from None
        if cursor.ordering != ordering:
            raise invalid("cursor", f"This cursor is for ordering={cursor.ordering}.")
        return cursor

    # --- For the schema ------------------------------------------------------------

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        keys, default = sort_keys_of(view)
        orderings = [f"{sign}{name}" for name in keys for sign in ("", "-")]
        described = {
            "limit": (
                "How many to return on one page.",
                {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20},
            ),
            "cursor": (
                "Opaque; taken from `next` or `previous`.",
                {"type": "string"},
            ),
            "ordering": (
                "Ties are in the order of ids.",
                {"type": "string", "enum": orderings, "default": default},
            ),
        }
        return [
            {"name": name, "in": "query", "description": text, "schema": schema}
            for name, (text, schema) in described.items()
            if name in self.parameters(view)
        ]


def read_ordering(
    params: QueryDict, sort_keys: Mapping[str, SortKey], default: str
) -> str:
    """Raises ValidationError."""
    ordering: str = params.get("ordering", default)
    if ordering.removeprefix("-") not in sort_keys:
        names = ", ".join(sort_keys)
        raise invalid("ordering", f"Use one of {names}; a minus sign turns it round.")
    needs = sort_keys[ordering.removeprefix("-")].needs
    if needs and needs not in params:
        raise invalid("ordering", f"There is no {ordering} without {needs}.")
    return ordering


def links_of(
    request: Request, page: Page, positions: Sequence[Position], has_further: bool
) -> Links:
    """`positions` are those of the page's first and last row."""
    return Links(
        page=page,
        first=positions[0] if positions else None,
        last=positions[-1] if positions else None,
        has_further=has_further,
        base_url=f"{request.scheme}://{request.get_host()}{request.path}",
        query=dict(request.query_params.lists()),
    )


def invalid(parameter: str, detail: str) -> ValidationError:
    return ValidationError({parameter: [ErrorDetail(detail, code="invalid")]})
