from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from rest_framework import serializers, viewsets

from benchmarks.peers.stock.models import Task

PAGE = """
SELECT json_build_object('results', json_agg(page))::text FROM (
  SELECT id, title, description, priority, status, due_date, due_time, labels,
         completed_at, version, created_at, updated_at, user_id AS "user"
  FROM tasks_task WHERE user_id = %s AND deleted_at IS NULL
  ORDER BY created_at DESC, id DESC LIMIT 20
) AS page
"""


class TaskSerializer(serializers.ModelSerializer[Task]):
    class Meta:
        model = Task
        fields = [
            "id",
            "title",
            "description",
            "priority",
            "status",
            "due_date",
            "due_time",
            "labels",
            "completed_at",
            "version",
            "created_at",
            "updated_at",
            "user",
        ]
        read_only_fields = ["completed_at", "version", "user"]


class TaskViewSet(viewsets.ModelViewSet[Task]):
    serializer_class = TaskSerializer
    filterset_fields = ["status", "priority", "due_date"]
    search_fields = ["title", "description"]
    ordering_fields = ["created_at", "updated_at", "due_date", "priority", "title"]
    ordering = ["-created_at", "-id"]

    def get_queryset(self) -> QuerySet[Task]:
        user: Any = self.request.user
        return Task.objects.filter(user=user, deleted_at=None)

    def perform_create(self, serializer: Any) -> None:
        serializer.save(user=self.request.user)


def floor(request: HttpRequest) -> JsonResponse:
    """What Django itself costs: no authentication, no database, no content."""
    return JsonResponse({"ok": True})


def ceiling(request: HttpRequest) -> HttpResponse:
    """A page by one fixed statement: no authentication, no parameters, no checks."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE, [request.GET["user"]])
        (page,) = cursor.fetchone()
    return HttpResponse(page, content_type="application/json")
