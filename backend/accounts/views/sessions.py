from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.models import Session
from accounts.permissions import HasSession
from accounts.serializers import SessionSerializer
from accounts.tokens import AccessToken
from common.filters import refuse_unknown_parameters
from common.identity import user_id_of
from common.json_list import JSONListMixin
from common.params import Param


def access_of(request: Request) -> AccessToken:
    token = request.auth
    assert isinstance(token, AccessToken)  # noqa: S101 - HasSession made sure
    return token


class SessionViewSet(JSONListMixin, viewsets.GenericViewSet[Session]):
    serializer_class = SessionSerializer
    permission_classes = [HasSession]
    schema_tag = "Account"
    queryset = Session.objects.none()

    def get_list_queryset(self) -> QuerySet[Session]:
        return services.live_sessions(Param("user", "bigint"))

    def list_values(self) -> dict[str, Any]:
        token = access_of(self.request)
        return {"user": token.user_id, "session": token.session_id}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action != "list":
            refuse_unknown_parameters(request, [])

    @extend_schema(summary="Where I am signed in, newest first")
    def list(self, request: Request) -> HttpResponse:
        return super().list(request)

    @extend_schema(
        operation_id="auth_sessions_destroy_others",
        summary="Sign out everywhere else",
        responses={204: None},
    )
    def destroy_others(self, request: Request) -> Response:
        token = access_of(request)
        services.end_sessions(
            user_id=token.user_id,
            reason=Session.EndReason.LOGOUT,
            actor_id=token.user_id,
            but=token.session_id,
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(summary="End one of my sessions", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.end_own_session(user_id=user_id_of(request), session_id=int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
