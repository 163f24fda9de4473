from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from common.filters import refuse_unknown_parameters
from common.idempotency import IdempotentPosts
from common.identity import user_id_of
from common.schema import problems
from common.serializers import validated
from tasks import services
from tasks.serializers import BulkResultsSerializer, BulkSerializer


class BulkView(IdempotentPosts, generics.GenericAPIView[Any]):
    serializer_class = BulkSerializer
    filter_backends: list[Any] = []
    schema_tag = "Tasks"

    @extend_schema(
        summary="Change many tasks at once",
        description="All or nothing. `set` changes the fields it names of each task; "
        "`action` moves each into the trash, or out of it. When ids are not yours, not "
        "there, or in the trash while you `set`, `errors` names their places.",
        request=BulkSerializer,
        responses=BulkResultsSerializer,
    )
    @problems("not_found")
    def post(self, request: Request) -> Response:
        refuse_unknown_parameters(request, [])
        wanted = validated(BulkSerializer, request.data)
        changes = change_many(user_id_of(request), wanted)
        results = [
            {"id": task.pk, "version": task.version, "changed": bool(changed)}
            for task, changed in changes
        ]
        return Response(BulkResultsSerializer({"results": results}).data)


def change_many(actor_id: int, wanted: dict[str, Any]) -> list[services.Change]:
    ids = wanted["ids"]
    match wanted.get("action"):
        case "delete":
            return services.trash_tasks(actor_id=actor_id, ids=ids)
        case "restore":
            return services.restore_tasks(actor_id=actor_id, ids=ids)
        case _:
            fields = wanted["set"]
            return services.update_tasks(actor_id=actor_id, ids=ids, fields=fields)
