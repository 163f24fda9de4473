"""Lists whose pages PostgreSQL writes as JSON: the fast path under every list.

A viewset says what it always says: queryset, filterset, pagination, serializer. From
these the ORM builds one statement per *shape* of request (which filters, which
ordering, whether there is a cursor); values are parameters. A shape is compiled once
per process and prepared once per connection, because building and planning a list
costs more than running it.

The serializer stays the single source of names and types: `JSONText` writes each of its
fields in SQL as `to_representation` does in Python; a property test holds them equal.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from json.encoder import encode_basestring_ascii
from typing import Any, TypeAlias, TypeVar

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    BigIntegerField,
    Expression,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.http import HttpResponse
from rest_framework import serializers, status
from rest_framework.request import Request

from common.filters import StrictFilterBackend
from common.identity import user_id_of
from common.pagination import Page, links_of
from common.params import Param
from common.preconditions import is_unmodified
from common.replica import read_connection
from common.serializers import IsSetField

MAX_PLANS = 500  # shapes remembered per process
MAX_PREPARED = 100  # statements per connection: the server keeps a plan for each
NEAREST = 500  # rows that are looked through before an index is asked
RELEASE = str(settings.RELEASE)
# With the scheme, what an answer's links are made of.
QUESTION = ("HTTP_HOST", "PATH_INFO", "QUERY_STRING")

T = TypeVar("T")
Values: TypeAlias = Mapping[str, Any]

# --- The serializer's fields in SQL -----------------------------------------------

INSTANT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
TEMPLATES = (
    (serializers.ListSerializer, "'[' || coalesce({}, '') || ']'"),
    (IsSetField, "(({}) IS NOT NULL)::text"),
    (serializers.IntegerField, "({})::text"),
    (serializers.PrimaryKeyRelatedField, "({})::text"),
    # The database knows the choices, and none of them needs escaping.
    (serializers.ChoiceField, "'\"' || ({}) || '\"'"),
    (serializers.TimeField, "'\"' || to_char({}, 'HH24:MI') || '\"'"),
    (serializers.DateTimeField, f"'\"' || {INSTANT} || '\"'"),
    (serializers.Field, "to_json({})::text"),
)


class JSONText(Expression):
    """The text of a JSON object with the fields of `serializer_class`.

    Concatenated, which takes PostgreSQL half the time of `json_build_object`. A field
    that is no column has a method `as_expression()` giving its value in SQL.
    """

    def __init__(self, serializer_class: type[serializers.Serializer[Any]]) -> None:
        super().__init__(output_field=TextField())
        self.parts = [
            (name, template_of(field), source_of(field))
            for name, field in serializer_class().fields.items()
        ]

    def get_source_expressions(self) -> list[Any]:
        return [source for _, _, source in self.parts]

    def set_source_expressions(self, exprs: Iterable[Any]) -> None:
        names = [part[:2] for part in self.parts]
        self.parts = [
            (*name, source) for name, source in zip(names, exprs, strict=True)
        ]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        pieces, params = [], []
        for index, (name, template, source) in enumerate(self.parts):
            sql, its_params = compiler.compile(source)
            opening = f"{',' if index else '{'}{json.dumps(name)}:"
            pieces += [f"'{opening}'", template.format(sql)]
            params += its_params
        return " || ".join([*pieces, "'}'"]), tuple(params)


def template_of(field: Any) -> str:
    template = next(text for kind, text in TEMPLATES if isinstance(field, kind))
    return f"coalesce({template}, 'null')" if field.allow_null else template


def source_of(field: Any) -> Any:
    if hasattr(field, "as_expression"):
        return field.as_expression()
    if isinstance(field, serializers.ListSerializer):
        return texts_of(field)
    return F("__".join(field.source_attrs))


def texts_of(field: Any) -> Subquery:
    """The JSON of the rows that refer to this one, by id, with commas between."""
    relation = field.parent.Meta.model._meta.get_field(field.source).field  # noqa: SLF001
    rows = relation.model.objects.filter(**{relation.name: OuterRef("pk")})
    text = StringAgg(JSONText(type(field.child)), ",", order_by="pk")
    grouped = rows.order_by().values(relation.name).annotate(texts=text)
    return Subquery(grouped.values("texts"), output_field=TextField())


# --- Statements, compiled once per shape ------------------------------------------

_numbers = count(1)


@dataclass(frozen=True)
class Plan:
    """One compiled statement and the names of its values, in order."""

    name: str
    sql: str  # with %s for each value
    prepare: str  # PREPARE name AS …, with $1, $2, … instead
    names: tuple[str, ...]

    @property
    def execute(self) -> str:
        values = ", ".join(["%s"] * len(self.names))
        return f"EXECUTE {self.name} ({values})" if values else f"EXECUTE {self.name}"

    def rows(self, values: Values) -> list[tuple[Any, ...]]:
        """What it selects for these values. One query."""
        arguments = [values[name] for name in self.names]
        connection: Any = read_connection()
        with connection.cursor() as cursor:
            cursor.execute(self.statement(connection, cursor), arguments)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def statement(self, connection: Any, cursor: Any) -> str:
        prepared: set[str] = connection.prepared
        if self.name not in prepared:
            if settings.DB_PGBOUNCER or len(prepared) >= MAX_PREPARED:
                return self.sql
            # On the driver's own cursor: preparing is no query of the request's.
            with connection.wrap_database_errors:
                cursor.cursor.execute(self.prepare)
            prepared.add(self.name)
        return self.execute


Statement: TypeAlias = tuple[str, tuple[Any, ...]]
"""SQL with %s for each parameter, as the ORM compiles it, and the parameters."""


def compiled(queryset: QuerySet[Any]) -> Statement:
    statement: Statement = queryset.query.sql_with_params()
    return statement


def make_plan(statement: Statement) -> Plan:
    sql, params = statement
    name = f"list_{next(_numbers)}"
    return Plan(
        name=name,
        sql=sql.replace("%%", "%%%%") % inline(params, lambda _: "%s"),
        prepare=f"PREPARE {name} AS {sql}" % inline(params, "${}".format),
        names=tuple(each.name for each in params if isinstance(each, Param)),
    )


def inline(params: Iterable[Any], placeholder: Callable[[int], str]) -> tuple[str, ...]:
    """The text of each parameter: constants as literals, values as placeholders."""
    numbers = count(1)
    with read_connection().cursor() as cursor:
        return tuple(
            placeholder(next(numbers))
            if isinstance(each, Param)
            else cursor.cursor.mogrify("%s", [each]).decode()
            for each in params
        )


class Plans:
    """The plans of this process by shape; the least recently used goes first."""

    def __init__(self) -> None:
        self.by_shape: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, shape: Hashable, build: Callable[[], T]) -> T:
        try:
            self.by_shape.move_to_end(shape)
            found: T = self.by_shape[shape]
        except KeyError:
            found = self.by_shape[shape] = build()
            if len(self.by_shape) > MAX_PLANS:
                self.by_shape.popitem(last=False)
        return found


plans = Plans()


def quoted(link: str | None) -> str:
    """As `json.dumps`, without the choice of an encoder."""
    return encode_basestring_ascii(link) if link else "null"


# --- The viewset's list -----------------------------------------------------------


ROWS = Param("rows", "bigint")  # as many as a page holds, and one
NEAREST_IDS = RawSQL("SELECT nearest_id FROM nearest", ())
ALL = f"(SELECT count(*) FROM nearest) < {NEAREST}"  # noqa: S608 - a constant
FULL_OR_ALL = f"{ALL} OR (SELECT count(*) FROM near) = %s"  # noqa: S608 - as well
TWO_STAGES = """
WITH nearest AS MATERIALIZED ({nearest}),
    near AS MATERIALIZED {near},
    enough AS MATERIALIZED (SELECT {enough} AS is_so)
SELECT * FROM near WHERE (SELECT is_so FROM enough)
UNION ALL SELECT * FROM {far} AS far WHERE NOT (SELECT is_so FROM enough)
"""


class JSONListMixin:
    """`list` for viewsets: filters, ordering, keyset pages, ETag; one query, or two.

    In `get_list_queryset` (called once per shape) the request's values are `Param`s;
    the viewset hands the values themselves to each request by `list_values`. One whose
    rows all belong to event streams names them in `get_revision_queryset`, which makes
    an unchanged list cost one look-up.
    """

    request: Any

    def get_list_queryset(self) -> QuerySet[Any]:
        raise NotImplementedError

    def list_values(self) -> dict[str, Any]:
        """The value of every Param in `get_list_queryset`, by name."""
        return {"user": user_id_of(self.request)}

    def list_scope(self) -> Hashable:
        """What else `get_list_queryset` decides on, besides the action."""
        return None

    def get_revision_queryset(self) -> QuerySet[Any] | None:
        """Selects one number that grows with every change to any row of this list."""
        return None

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return JSONList(self).response()


class JSONList:
    """One list request."""

    def __init__(self, view: Any) -> None:
        self.view, self.request = view, view.request
        self.filters = StrictFilterBackend().read(self.request, view)
        self.page: Page = view.paginator.read(self.request, view)
        self.values = {
            **view.list_values(),
            **self.filters.values,
            **self.page.values,
            "rows": self.page.limit + 1,
        }
        kind = (type(view), view.action, view.list_scope())
        self.shape = (kind, self.filters.shape, self.page.shape)
        self.revisions = plans.get(("revision", kind), self.build_revision)

    # --- Answering --------------------------------------------------------------------

    def response(self) -> HttpResponse:
        """304 for what the client has already, else the page."""
        if "HTTP_IF_NONE_MATCH" in self.request.META and self.revisions:
            ((revision,),) = self.revisions.rows(self.values)
            current = self.etag(revision)
            if is_unmodified(self.request, current):
                return self.answer(b"", current, status.HTTP_304_NOT_MODIFIED)
        *rows, last = plans.get(self.shape, self.build).rows(self.values)
        tag = self.etag(last[3]) if self.revisions else None
        return self.answer(self.body(rows), tag)

    def answer(
        self, body: bytes, tag: str | None, status_code: int = status.HTTP_200_OK
    ) -> HttpResponse:
        response = HttpResponse(
            body, status=status_code, content_type="application/json"
        )
        response.headers["Cache-Control"] = "private, no-cache"
        if tag:
            response.headers["ETag"] = tag
        return response

    def body(self, rows: list[Any]) -> bytes:
        limit = self.page.limit
        shown = rows[:limit][:: -1 if self.page.is_backwards else 1]
        ends = [(row[1], row[2]) for row in (*shown[:1], *shown[-1:])]
        links = links_of(self.request, self.page, ends, len(rows) > limit)
        texts = ",".join([row[0] for row in shown])
        following, previous = quoted(links.next), quoted(links.previous)
        return (
            f'{{"next":{following},"previous":{previous},"results":[{texts}]}}'.encode()
        )

    # --- The revision of what the list shows ----------------------------------------

    def etag(self, revision: int | None) -> str:
        """Changes with any row, the question, the values (today …) and the release."""
        asked = [self.request.scheme, *map(self.request.META.get, QUESTION)]
        said = f"{RELEASE} {asked} {sorted(self.values.items())}"
        digest = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
        return f'"{revision or 0}-{digest}"'

    # --- Building statements, once per shape -------------------------------------

    def build(self) -> Plan:
        """The page's rows, and after them one with the revision of the same moment."""
        is_selective = self.filters.is_selective
        sql, params = self.in_two_stages() if is_selective else self.in_one()
        revision, revision_params = self.revision_statement() or ("NULL", ())
        return make_plan(
            (
                f"{sql} UNION ALL SELECT NULL, NULL, NULL, ({revision})",
                (*params, *revision_params),
            )
        )

    def in_one(self) -> Statement:
        rows = self.view.get_list_queryset()
        return self.limited(self.page.slice(self.filters.apply(rows)))

    def in_two_stages(self) -> Statement:
        """First look among the nearest rows, and only then into the filter's own index.

        PostgreSQL cannot know how common a word is in one owner's rows. Left to guess,
        it walks a long list for a word that is nowhere, or collects what everybody has
        with a word that is everywhere. The nearest rows fill a page with what is
        common, and in a short list they are all there are.
        """
        rows = self.view.get_list_queryset()
        nearest, nearest_params = compiled(self.nearest(rows))
        # Whose they are is settled by `nearest`; to say it again would offer the index.
        near, near_params = self.filtered(rows.model.objects.filter(pk__in=NEAREST_IDS))
        far, far_params = self.filtered(rows)
        is_indexed = self.page.sort_key.is_indexed
        enough = FULL_OR_ALL if is_indexed else ALL
        sql = TWO_STAGES.format(nearest=nearest, near=near, far=far, enough=enough)
        params = (*nearest_params, *near_params, *[ROWS] * is_indexed, *far_params)
        return sql, params

    def nearest(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The ids of the first rows from the cursor on, or of any where that is far."""
        if self.page.sort_key.is_indexed:
            rows = self.page.slice(rows)
        named: QuerySet[Any] = rows.annotate(nearest_id=F("pk"))
        return named.values_list("nearest_id")[:NEAREST]

    def filtered(self, rows: QuerySet[Any]) -> Statement:
        return self.limited(self.page.slice(self.filters.apply(rows), is_fenced=True))

    def limited(self, rows: QuerySet[Any]) -> Statement:
        columns = {
            "json_text": JSONText(self.view.get_serializer_class()),
            "key_text": Cast(self.page.key, TextField()),
            "row_id": F("pk"),
            "revision": Cast(Value(None), BigIntegerField()),
        }
        sql, params = compiled(rows.annotate(**columns).values_list(*columns))
        return f"({sql} LIMIT %s)", (*params, ROWS)

    def build_revision(self) -> Plan | None:
        statement = self.revision_statement()
        return make_plan(statement) if statement else None

    def revision_statement(self) -> Statement | None:
        queryset = self.view.get_revision_queryset()
        return None if queryset is None else compiled(queryset)
