from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from common.filters import refuse_unknown_parameters
from common.idempotency import IdempotentPosts
from common.identity import user_id_of
from common.serializers import represented, validated
from tasks import services
from tasks.serializers import ImportedTasksSerializer, ImportSerializer


class ImportView(IdempotentPosts, generics.GenericAPIView[Any]):
    serializer_class = ImportSerializer
    filter_backends: list[Any] = []
    schema_tag = "Tasks"

    @extend_schema(
        summary="Create many tasks at once",
        description="All or none, and without a notification for each. A task of an "
        "export is taken as it is: what only the server sets has no effect, but for "
        "`created_at` and `completed_at`, which are kept. One that was in the trash is "
        "there again, for 30 days from now. `errors` says which task is wrong: "
        "`/tasks/3/title`.",
        request=ImportSerializer,
        responses={201: ImportedTasksSerializer},
    )
    def post(self, request: Request) -> Response:
        refuse_unknown_parameters(request, [])
        wanted = validated(ImportSerializer, request.data)
        tasks = services.import_tasks(actor_id=user_id_of(request), **wanted)
        results = represented(ImportedTasksSerializer, {"results": tasks})
        return Response(results, status=status.HTTP_201_CREATED)
