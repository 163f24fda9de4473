from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import PreconditionFailed
from common.filters import refuse_unknown_parameters
from common.identity import user_id_of
from common.json_list import JSONListMixin
from common.pagination import instant
from common.params import Param
from common.preconditions import expected_versions
from common.replica import ReplicaReads
from common.schema import IF_MATCH
from tasks import feed, services
from tasks.models import Task
from tasks.permissions import OnlyOwnersWrite
from tasks.serializers import TrashedTaskSerializer


class TrashViewSet(ReplicaReads, JSONListMixin, viewsets.GenericViewSet[Task]):
    serializer_class = TrashedTaskSerializer
    sort_keys = {"deleted_at": instant("deleted_at")}
    default_ordering = "-deleted_at"
    schema_tag = "Tasks"
    queryset = Task.objects.none()

    def get_list_queryset(self) -> QuerySet[Task]:
        return Task.objects.visible_to(Param("user", "bigint")).trashed()

    def get_revision_queryset(self) -> QuerySet[Any]:
        return feed.revision_of(Param("user", "bigint"))

    def get_permissions(self) -> list[Any]:
        return [*super().get_permissions(), OnlyOwnersWrite()]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action != "list":
            refuse_unknown_parameters(request, [])

    @extend_schema(operation_id="tasks_trash", summary="The trash, latest first")
    def list(self, request: Request) -> HttpResponse:
        return super().list(request)

    @extend_schema(
        operation_id="tasks_trash_empty",
        summary="Empty the trash",
        description="Deletes for good what is in it now. What the history said of "
        "these tasks is deleted with them.",
        responses={204: None},
    )
    def empty(self, request: Request) -> Response:
        services.empty_trash(actor_id=user_id_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Delete a task of the trash for good",
        description="With all that its history said. After 30 days in the trash this "
        "happens by itself.",
        responses={204: None},
        parameters=[IF_MATCH],
    )
    def destroy(self, request: Request, pk: str) -> Response:
        versions = expected_versions(request, required=False)
        try:
            services.purge_task(
                actor_id=user_id_of(request), task_id=int(pk), versions=versions
            )
        except services.VersionConflictError as conflict:
            current = TrashedTaskSerializer(conflict.current).data
            raise PreconditionFailed(current=current) from conflict
        return Response(status=status.HTTP_204_NO_CONTENT)
