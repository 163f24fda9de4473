"""Query parameters, refused when unknown or invalid instead of ignored."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView


def refuse_unknown_parameters(request: Request, known: Iterable[str]) -> None:
    """400 for any query parameter that is not among `known`.

    A method that is not there is no matter of parameters: it will be 405.
    """
    if request.method not in request.parser_context["view"].allowed_methods:
        return
    message = ErrorDetail("There is no such parameter.", code="unknown_parameter")
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        raise ValidationError({name: [message] for name in unknown})


def refuse_empty_parameters(request: Request) -> None:
    """400 for `?name=`, which a filter would take for no filter at all."""
    message = ErrorDetail("Give it a value or leave it out.", code="invalid")
    empty = [name for name, values in request.query_params.lists() if "" in values]
    if empty:
        raise ValidationError({name: [message] for name in empty})


class StrictFilterBackend(filters.DjangoFilterBackend):
    """django-filter, without its habit of ignoring what it does not know."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> QuerySet[Any]:
        filterset_class = self.get_filterset_class(view, queryset)
        known = set(filterset_class.base_filters) if filterset_class else set()
        paginator = getattr(view, "paginator", None)
        known |= set(getattr(paginator, "parameters", ()))
        refuse_unknown_parameters(request, known)
        refuse_empty_parameters(request)
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


class CommaSeparatedChoiceFilter(filters.MultipleChoiceFilter):
    """Several choices, repeated (`a=x&a=y`) or comma-separated (`a=x,y`)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field_class = CommaSeparatedChoiceField


class CommaSeparatedChoiceField(filters.MultipleChoiceFilter.field_class):
    def clean(self, value: Any) -> Any:
        items = [item for part in value or [] for item in part.split(",")]
        return super().clean(items)
