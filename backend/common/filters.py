"""Query parameters, refused when unknown or invalid instead of ignored."""

import re
from collections.abc import Hashable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import BooleanField, F, Func, QuerySet
from django.http import QueryDict
from django_filters import rest_framework as filters
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from common.params import Param


def refuse_unknown_parameters(request: Request, known: Iterable[str]) -> None:
    """400 for any query parameter that is not among `known`.

    A method that is not there is no matter of parameters: it will be 405.
    """
    if not request.query_params:
        return
    if request.method not in request.parser_context["view"].allowed_methods:
        return
    refuse_unknown(request.query_params, known)


def refuse_unknown(params: QueryDict, known: Iterable[str]) -> None:
    message = ErrorDetail("There is no such parameter.", code="unknown_parameter")
    unknown = sorted(set(params) - set(known))
    if unknown:
        raise ValidationError({name: [message] for name in unknown})


def refuse_empty(params: QueryDict) -> None:
    """400 for `?name=`, which a filter would take for no filter at all."""
    message = ErrorDetail("Give it a value or leave it out.", code="invalid")
    empty = [name for name, values in params.lists() if "" in values]
    if empty:
        raise ValidationError({name: [message] for name in empty})


# --- Filters whose statement does not depend on their value -----------------------


class ListFilter(filters.Filter):
    """A filter of a FilterSet that `common.json_list` can compile once.

    Its `filter(queryset, value)` gets a Param in place of the value, of the PostgreSQL
    type `cast`. One that `is_choice` decides on the statement by its value instead.
    """

    cast = "text"
    parameter: Mapping[str, Any] = {}  # what OpenAPI cannot tell from its type
    is_choice = False
    is_selective = False  # has an index of its own, for values that few rows have

    def read(self, raw: list[str]) -> Any:
        """The value, once for the parameter. Raises Django's ValidationError."""
        return self.field.clean(self.read_text(raw))

    def read_text(self, raw: list[str]) -> str:
        if len(raw) > 1:
            raise DjangoValidationError("Give it once.", code="invalid")
        return raw[0]

    def bind(self, name: str, value: Any, request: Request) -> dict[str, Any]:
        """The values of the Params that `filter` names."""
        return {name: value}


class IsAnyOf(Func):
    """`column = ANY(array)`: one statement for any number of values."""

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()


class ChoicesFilter(ListFilter, filters.MultipleChoiceFilter):
    """Several choices, repeated (`a=x&a=y`) or comma-separated (`a=x,y`)."""

    cast = "text[]"

    def read(self, raw: list[str]) -> Any:
        return self.field.clean([item for each in raw for item in each.split(",")])

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(IsAnyOf(F(self.field_name), value))


class ChoiceFilter(ListFilter, filters.ChoiceFilter):
    """One of a few choices, each with a statement of its own: see its `method`."""

    is_choice = True


ITEM = re.compile(r'(?:^|,)(?:"((?:[^"]|"")*)"(?=,|\Z)|([^,]*))')


def split_commas(raw: list[str]) -> list[str]:
    """`a,b` and repeated; a value that holds a comma goes in double quotes.

    As in CSV (RFC 4180), but for line breaks, which end nothing here.
    """
    return [
        quoted.replace('""', '"') or plain
        for each in raw
        for quoted, plain in ITEM.findall(each)
    ]


@dataclass(frozen=True)
class Reading:
    """The filters one request uses, with their values."""

    chosen: tuple[tuple[str, ListFilter, Any], ...]
    values: dict[str, Any]

    @property
    def shape(self) -> tuple[tuple[str, Hashable], ...]:
        return tuple(
            (name, value if each.is_choice else None)
            for name, each, value in self.chosen
        )

    @property
    def is_selective(self) -> bool:
        return any(each.is_selective for _, each, _ in self.chosen)

    def apply(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for name, each, value in self.chosen:
            param = value if each.is_choice else Param(name, each.cast)
            queryset = each.filter(queryset, param)
        return queryset


NO_FILTERS = Reading((), {})


@cache
def filters_of(filterset_class: type[filters.FilterSet]) -> dict[str, Any]:
    """The class's filters, made once as django-filter makes them for each instance."""
    filterset = filterset_class(queryset=filterset_class.Meta.model.objects.none())
    return deepcopy(filterset.filters)


class StrictFilterBackend(filters.DjangoFilterBackend):
    """django-filter, without its habit of ignoring what it does not know."""

    def read(self, request: Request, view: Any) -> Reading:
        """Check all parameters of a list request. Raises ValidationError."""
        if not request.query_params:
            return NO_FILTERS
        filterset_class = getattr(view, "filterset_class", None)
        known = filters_of(filterset_class) if filterset_class else {}
        others = (*view.paginator.parameters(view), *getattr(view, "parameters", ()))
        refuse_unknown_parameters(request, {*known, *others})
        refuse_empty(request.query_params)
        chosen = read_all(request.query_params, known)
        values: dict[str, Any] = {}
        for name, each, value in chosen:
            values |= each.bind(name, value, request)
        return Reading(chosen, values)

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        """What names one object is not filtered, and lists `read`."""
        return queryset


def read_all(
    params: QueryDict, known: Mapping[str, ListFilter]
) -> tuple[tuple[str, ListFilter, Any], ...]:
    """The filters among the parameters. Raises ValidationError, naming each of them."""
    read, errors = [], {}
    for name in sorted(set(params) & set(known)):
        each = known[name]
        try:
            value = each.read(params.getlist(name))
            read.append((name, each, value))
        except DjangoValidationError as error:
            errors[name] = [
                ErrorDetail(" ".join(one.messages), code=one.code or "invalid")
                for one in error.error_list
            ]
    if errors:
        raise ValidationError(errors)
    return tuple(read)
