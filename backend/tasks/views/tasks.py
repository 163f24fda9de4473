import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from common.filters import refuse_unknown_parameters
from common.idempotency import IdempotentPosts
from common.identity import user_id_of
from common.json_list import JSONListMixin
from common.pagination import SortKey, instant, invalid
from common.params import Param
from common.preconditions import etag, expected_versions, is_unmodified
from common.replica import ReplicaReads
from common.schema import ETAG, IF_MATCH, LOCATION, problems
from common.serializers import StrictSerializer, validated
from events.pagination import RevisionPagination
from tasks import feed, history, services, sorting
from tasks.filters import TaskFilter
from tasks.models import Task
from tasks.permissions import OnlyOwnersWrite
from tasks.querysets import reads_everything
from tasks.search import Distance
from tasks.serializers import (
    FullTaskSerializer,
    HistoryEntrySerializer,
    RevertSerializer,
    TaskSerializer,
)
from tasks.views.answers import TASK_ID, stale, task_response

USER_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
USER = OpenApiParameter(
    name="user",
    type={"type": "string", "pattern": f"^(all|{USER_ID.pattern})$"},
    description="For staff: the tasks of the person with this id, or of `all`.",
)


def owner_of_list(request: Request) -> int | None:
    """Whose tasks are asked for; None for everybody's. Raises 403 and 400."""
    raw = request.query_params.get("user")
    if raw is None:
        return user_id_of(request)
    if not reads_everything(request.user):
        raise PermissionDenied("Only staff see the tasks of others.")
    if raw == "all":
        return None
    if not USER_ID.fullmatch(raw):
        raise invalid("user", "Give the id of a person, or `all`.")
    return int(raw)


SORT_KEYS = {
    "created_at": instant("created_at"),
    "updated_at": instant("updated_at"),
    "due_date": SortKey(sorting.DUE_ASCENDING, "date", sorting.DUE_DESCENDING),
    "priority": SortKey(sorting.PRIORITY, "bigint"),
    "title": SortKey(sorting.TITLE, "text"),
    "relevance": SortKey(Distance(Param("search", "text")), "real", needs="search"),
}


class TaskViewSet(
    IdempotentPosts, ReplicaReads, JSONListMixin, viewsets.GenericViewSet[Task]
):
    serializer_class = TaskSerializer
    filterset_class = TaskFilter
    sort_keys: Mapping[str, SortKey] = SORT_KEYS
    default_ordering = "-created_at"
    parameters: Sequence[str] = ("user",)
    lookup_value_regex = TASK_ID
    # For the schema generator; requests see only what get_queryset allows.
    queryset = Task.objects.none()

    def get_queryset(self) -> QuerySet[Task]:
        return Task.objects.readable_by(self.request.user).alive()

    def get_list_queryset(self) -> QuerySet[Task]:
        if owner_of_list(self.request) is None:
            return Task.objects.alive()
        return Task.objects.visible_to(Param("owner", "bigint")).alive()

    def list_values(self) -> dict[str, Any]:
        return {"owner": owner_of_list(self.request)}

    def list_scope(self) -> Hashable:
        return owner_of_list(self.request) is None

    def get_revision_queryset(self) -> QuerySet[Any]:
        if owner_of_list(self.request) is None:
            return feed.revision_of_everybody()
        return feed.revision_of(Param("owner", "bigint"))

    def get_permissions(self) -> list[Any]:
        return [*super().get_permissions(), OnlyOwnersWrite()]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action not in ("list", "history"):
            refuse_unknown_parameters(request, [])

    @extend_schema(summary="My tasks, newest first", parameters=[USER])
    @problems("permission_denied")
    def list(self, request: Request) -> HttpResponse:
        return super().list(request)

    @extend_schema(
        summary="Create a task",
        responses={201: TaskSerializer},
        parameters=[ETAG, LOCATION],
    )
    def create(self, request: Request) -> Response:
        task = services.create_task(
            actor_id=user_id_of(request), fields=validated(TaskSerializer, request.data)
        )
        response = task_response(task, status.HTTP_201_CREATED)
        response.headers["Location"] = reverse("task-detail", args=[task.pk])
        return response

    @extend_schema(summary="One task")
    def retrieve(self, request: Request, pk: str) -> Response:
        task = self.get_object()
        if is_unmodified(request, etag(task.version)):
            tag = {"ETag": etag(task.version)}
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers=tag)
        return task_response(task)

    @extend_schema(
        summary="Replace a task",
        request=FullTaskSerializer,
        responses=TaskSerializer,
        parameters=[IF_MATCH],
    )
    def update(self, request: Request, pk: str) -> Response:
        versions = expected_versions(request, required=True)
        return self.write(pk, validated(FullTaskSerializer, request.data), versions)

    @extend_schema(summary="Change the named fields of a task", parameters=[IF_MATCH])
    def partial_update(self, request: Request, pk: str) -> Response:
        versions = expected_versions(request, required=False)
        fields = validated(TaskSerializer, request.data, partial=True)
        return self.write(pk, fields, versions)

    def write(self, pk: str, fields: dict[str, Any], versions: Any) -> Response:
        try:
            task = services.update_task(
                actor_id=user_id_of(self.request),
                task_id=int(pk),
                fields=fields,
                versions=versions,
            )
        except services.VersionConflictError as conflict:
            raise stale(conflict) from conflict
        return task_response(task)

    @extend_schema(
        summary="Move a task to the trash", responses={204: None}, parameters=[IF_MATCH]
    )
    def destroy(self, request: Request, pk: str) -> Response:
        versions = expected_versions(request, required=False)
        try:
            services.trash_task(
                actor_id=user_id_of(request), task_id=int(pk), versions=versions
            )
        except services.VersionConflictError as conflict:
            raise stale(conflict) from conflict
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Take a task back out of the trash",
        request=None,
        responses=TaskSerializer,
        parameters=[ETAG],
    )
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        validated(StrictSerializer, request.data)
        actor_id = user_id_of(request)
        return task_response(services.restore_task(actor_id=actor_id, task_id=int(pk)))

    @extend_schema(
        summary="What happened to a task, newest first",
        description="Who changed which field from what to what. Also of a task in "
        "the trash; once that is purged, its history is gone with it.",
        responses=HistoryEntrySerializer(many=True),
        filters=False,
    )
    @action(detail=True, pagination_class=RevisionPagination, filterset_class=None)
    def history(self, request: Request, pk: str) -> Response:
        refuse_unknown_parameters(request, ("limit", "cursor"))
        task = get_object_or_404(Task.objects.readable_by(request.user), pk=pk)
        events: QuerySet[Any] = history.events_of(task)
        page = self.paginate_queryset(events)
        entries = HistoryEntrySerializer(page, many=True)
        return self.get_paginated_response(entries.data)

    @extend_schema(
        summary="Set a task's fields back as they were at a version",
        description="A new change, which can be reverted like any other. A task in "
        "the trash has to be restored first.",
        request=RevertSerializer,
        responses=TaskSerializer,
        parameters=[IF_MATCH, ETAG],
    )
    @action(detail=True, methods=["post"])
    def revert(self, request: Request, pk: str) -> Response:
        wanted = validated(RevertSerializer, request.data)
        try:
            task = services.revert_task(
                actor_id=user_id_of(request),
                task_id=int(pk),
                version=wanted["version"],
                names=wanted["fields"],
                versions=expected_versions(request, required=False),
            )
        except services.VersionConflictError as conflict:
            raise stale(conflict) from conflict
        return task_response(task)
