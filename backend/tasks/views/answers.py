"""What several views of tasks answer with."""

from rest_framework import status
from rest_framework.response import Response

from common.errors import PreconditionFailed
from common.preconditions import etag
from common.serializers import represented
from tasks.models import Task
from tasks.serializers import TaskSerializer
from tasks.services import VersionConflictError

TASK_ID = r"[1-9][0-9]{0,17}"


def task_response(task: Task, status_code: int = status.HTTP_200_OK) -> Response:
    return Response(
        represented(TaskSerializer, task),
        status=status_code,
        headers={"ETag": etag(task.version)},
    )


def stale(conflict: VersionConflictError) -> PreconditionFailed:
    return PreconditionFailed(current=represented(TaskSerializer, conflict.current))
