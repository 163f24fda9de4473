from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import api_tokens, services
from accounts.models import ApiToken
from accounts.permissions import HasSession
from accounts.serializers import ApiTokenSerializer, NewApiTokenSerializer
from common.filters import refuse_unknown_parameters
from common.idempotency import IdempotentPosts
from common.identity import user_id_of
from common.json_list import JSONListMixin
from common.params import Param
from common.schema import NO_STORE, problems
from common.serializers import validated


def reveal(data: dict[str, Any]) -> dict[str, Any]:
    """The answer with its token, for the first time or in a replay."""
    token = ApiToken.objects.filter(pk=data["id"]).first()
    return {**data, "token": token and api_tokens.recall(token)}


class ApiTokenViewSet(
    IdempotentPosts, JSONListMixin, viewsets.GenericViewSet[ApiToken]
):
    serializer_class = ApiTokenSerializer
    permission_classes = [HasSession]
    schema_tag = "Account"
    reveal = staticmethod(reveal)
    lookup_value_regex = r"[1-9][0-9]{0,17}"
    queryset = ApiToken.objects.none()

    def get_list_queryset(self) -> QuerySet[ApiToken]:
        return services.live_api_tokens(Param("user", "bigint"))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action != "list":
            refuse_unknown_parameters(request, [])

    @extend_schema(summary="My API tokens, newest first")
    def list(self, request: Request) -> HttpResponse:
        return super().list(request)

    @extend_schema(
        summary="Make an API token",
        description="`token` is shown in this answer only. Send it as "
        "`Authorization: Bearer tm_…`. At most 50 for each person.",
        responses={201: NewApiTokenSerializer},
        parameters=[NO_STORE],
    )
    @problems("too_many_api_tokens")
    def create(self, request: Request) -> Response:
        """Without the token itself, so that the stored answer holds no secret."""
        wanted = validated(ApiTokenSerializer, request.data)
        token = services.create_api_token(user_id=user_id_of(request), **wanted)
        data = ApiTokenSerializer(token).data
        return Response(
            data,
            status=status.HTTP_201_CREATED,
            headers={"Cache-Control": "no-store"},
        )

    @extend_schema(summary="Revoke an API token", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.revoke_api_token(user_id=user_id_of(request), token_id=int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
