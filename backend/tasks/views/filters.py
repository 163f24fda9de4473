from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import field_error
from common.filters import (
    filters_of,
    read_all,
    refuse_empty,
    refuse_unknown,
    refuse_unknown_parameters,
)
from common.guards import is_hostile
from common.idempotency import IdempotentPosts
from common.identity import user_id_of
from common.pagination import read_ordering
from common.replica import ReplicaReads
from common.schema import LOCATION
from common.serializers import represented, validated
from tasks import services
from tasks.filters import TaskFilter
from tasks.models import SavedFilter
from tasks.serializers import SavedFilterSerializer, SavedFiltersSerializer
from tasks.views.answers import TASK_ID
from tasks.views.tasks import TaskViewSet


class SavedFilterViewSet(
    IdempotentPosts, ReplicaReads, viewsets.GenericViewSet[SavedFilter]
):
    serializer_class = SavedFilterSerializer
    pagination_class = None
    filter_backends: list[Any] = []
    lookup_value_regex = TASK_ID
    schema_tag = "Saved filters"
    queryset = SavedFilter.objects.none()

    def get_queryset(self) -> Any:
        return SavedFilter.objects.filter(user=user_id_of(self.request))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, [])

    @extend_schema(
        summary="My saved filters, in their order", responses=SavedFiltersSerializer
    )
    def list(self, request: Request) -> Response:
        saved = {"results": self.get_queryset()}
        return Response(represented(SavedFiltersSerializer, saved))

    @extend_schema(
        summary="Save a filter",
        description="The last in the order, or where `position` says. Each person may "
        f"have {services.MAX_FILTERS}.",
        responses={201: SavedFilterSerializer},
        parameters=[LOCATION],
    )
    def create(self, request: Request) -> Response:
        saved = services.create_filter(
            actor_id=user_id_of(request), fields=read_fields(request)
        )
        return Response(
            represented(SavedFilterSerializer, saved),
            status=status.HTTP_201_CREATED,
            headers={"Location": reverse("filter-detail", args=[saved.pk])},
        )

    @extend_schema(summary="One saved filter")
    def retrieve(self, request: Request, pk: str) -> Response:
        saved = get_object_or_404(self.get_queryset(), pk=pk)
        return Response(represented(SavedFilterSerializer, saved))

    @extend_schema(
        summary="Change the named fields of a saved filter",
        description="A new `position` moves it there, and those between by one.",
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        saved = services.update_filter(
            actor_id=user_id_of(request),
            filter_id=int(pk),
            fields=read_fields(request, partial=True),
        )
        return Response(represented(SavedFilterSerializer, saved))

    @extend_schema(summary="Delete a saved filter", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.delete_filter(actor_id=user_id_of(request), filter_id=int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


def read_fields(request: Request, *, partial: bool = False) -> dict[str, Any]:
    fields = validated(SavedFilterSerializer, request.data, partial=partial)
    if "query" in fields:
        check_query(fields["query"])
    return fields


def check_query(query: str) -> None:
    """What the list of tasks would refuse is refused here, at `/query`.

    So are `limit`, `cursor` and `user`: which page, and whose, is no part of a filter.
    """
    if is_hostile(query):
        detail = "It holds NUL or bytes that are not UTF-8."
        raise field_error("query", "invalid", detail)
    try:
        read_query(QueryDict(query))
    except TooManyFieldsSent:
        detail = "It names too many parameters."
        raise field_error("query", "invalid", detail) from None
    except ValidationError as error:
        details: Any = error.detail
        said = [
            ErrorDetail(f"{name}: {each}", code=each.code)
            for name, its_details in details.items()
            for each in its_details
        ]
        raise ValidationError({"query": said}) from error


def read_query(params: QueryDict) -> None:
    known = filters_of(TaskFilter)
    refuse_unknown(params, {*known, "ordering"})
    refuse_empty(params)
    read_all(params, known)
    read_ordering(params, TaskViewSet.sort_keys, TaskViewSet.default_ordering)
