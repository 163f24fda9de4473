from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from common.filters import refuse_unknown_parameters
from common.identity import user_id_of
from common.json_list import JSONListMixin
from common.pagination import SortKey
from common.params import Param
from common.replica import ReplicaReads
from common.schema import problems
from common.serializers import validated
from tasks import feed, services
from tasks.models import LabelTally
from tasks.serializers import LabelSerializer, RenameLabelSerializer

NAME = OpenApiParameter(
    name="name",
    location=OpenApiParameter.PATH,
    description="As it is spelled, percent-encoded: `a%2Fb` for `a/b`.",
)


class LabelViewSet(ReplicaReads, JSONListMixin, viewsets.GenericViewSet[LabelTally]):
    """A label is there while a task has it; there is nothing to create."""

    serializer_class = LabelSerializer
    filterset_class = None
    sort_keys = {"name": SortKey(Lower("label"), "text")}
    default_ordering = "name"
    lookup_url_kwarg = "name"
    lookup_value_regex = r"[^\0]+"  # slashes as well, and line breaks
    schema_tag = "Labels"
    queryset = LabelTally.objects.none()

    def get_list_queryset(self) -> QuerySet[LabelTally]:
        return LabelTally.objects.filter(user_id=Param("user", "bigint"))

    def get_revision_queryset(self) -> QuerySet[Any]:
        return feed.revision_of(Param("user", "bigint"))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action != "list":
            refuse_unknown_parameters(request, [])

    @extend_schema(
        summary="My labels, by name",
        description="Each spelling of its own, with the number of tasks that have it "
        "and are not in the trash.",
    )
    def list(self, request: Request) -> HttpResponse:
        return super().list(request)

    @extend_schema(
        summary="Rename a label on every task",
        description="All or nothing, also in the trash, and each task's history says "
        "so. Where a task has the new label already, in any case, the two become one.",
        request=RenameLabelSerializer,
        responses=LabelSerializer,
        parameters=[NAME],
    )
    @problems("too_many_tasks")
    def partial_update(self, request: Request, name: str) -> Response:
        wanted = validated(RenameLabelSerializer, request.data)
        label = services.rename_label(
            actor_id=user_id_of(request),
            name=name,
            new_name=wanted.get("name", name),
        )
        return Response(LabelSerializer(label).data)

    @extend_schema(
        summary="Take a label off every task",
        description="All or nothing, also in the trash, and each task's history says "
        "so.",
        responses={204: None},
        parameters=[NAME],
    )
    @problems("too_many_tasks")
    def destroy(self, request: Request, name: str) -> Response:
        services.remove_label(actor_id=user_id_of(request), name=name)
        return Response(status=status.HTTP_204_NO_CONTENT)
