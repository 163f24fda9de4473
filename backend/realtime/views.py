from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.permissions import HasSession
from accounts.tokens import AccessToken
from common.filters import refuse_unknown_parameters
from common.idempotency import IdempotentPosts
from common.serializers import StrictSerializer, validated
from realtime.serializers import TicketSerializer
from realtime.services import TICKET_SECONDS, issue_ticket


class TicketView(IdempotentPosts):
    permission_classes = [HasSession]

    @extend_schema(
        summary="A ticket for the WebSocket",
        description='Connect to `/ws/` and send `{"type": "auth", "ticket": …}` '
        "within 5 s.",
        request=None,
        responses=TicketSerializer,
    )
    def post(self, request: Request) -> Response:
        refuse_unknown_parameters(request, [])
        validated(StrictSerializer, request.data)
        token = request.auth
        assert isinstance(token, AccessToken)  # noqa: S101 - HasSession made sure
        ticket = issue_ticket(user_id=token.user_id, session_id=token.session_id)
        return Response(
            {"ticket": ticket, "expires_in": TICKET_SECONDS},
            headers={"Cache-Control": "no-store"},
        )
