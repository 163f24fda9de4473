from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import cookies, services
from accounts.authentication import ApiTokenAuthentication, SessionAuthentication
from accounts.permissions import HasSession
from accounts.serializers import (
    DetailSerializer,
    PasswordChangeSerializer,
    ResetConfirmSerializer,
    ResetRequestSerializer,
    TokenPairSerializer,
)
from accounts.views.me import own_password_attempt
from accounts.views.sign_in import AUTH_MODE, AuthView, client_of, token_response
from common.attempts import count_attempt_of
from common.identity import user_id_of
from common.schema import NO_STORE, problems
from common.serializers import validated


class PasswordView(AuthView):
    ends_own_session = True  # see common.checks.posts_happen_once
    authentication_classes = [SessionAuthentication, ApiTokenAuthentication]
    permission_classes = [HasSession]
    schema_tag = "Account"

    @extend_schema(
        summary="Change my password",
        description="Ends every session, this one too, and answers with a new one. API "
        "tokens stay. Sent again it is 401 `session_ended`: sign in with the new "
        "password.",
        request=PasswordChangeSerializer,
        responses=TokenPairSerializer,
        parameters=[AUTH_MODE, NO_STORE],
    )
    def post(self, request: Request) -> Response:
        cookies.is_cookie_mode(request)
        data = validated(PasswordChangeSerializer, request.data)
        with own_password_attempt(request):
            pair = services.change_password(
                user_id=user_id_of(request), client=client_of(request), **data
            )
        return token_response(request, pair)


class PasswordResetView(AuthView):
    @extend_schema(
        summary="Ask for a mail to set a new password",
        description="Answers the same whether or not the address has an account; one "
        "mail in five minutes at most.",
        request=ResetRequestSerializer,
        responses={202: DetailSerializer},
    )
    def post(self, request: Request) -> Response:
        data = validated(ResetRequestSerializer, request.data)
        count_attempt_of(request)
        services.request_password_reset(**data)
        detail = "If the address has an account, a mail is on its way."
        return Response({"detail": detail}, status=status.HTTP_202_ACCEPTED)


class PasswordResetConfirmView(AuthView):
    @extend_schema(
        summary="Set a new password with the link of the mail",
        description="Works once; ends all sessions and API tokens.",
        request=ResetConfirmSerializer,
        responses={204: None},
    )
    @problems("reset_token_invalid")
    def post(self, request: Request) -> Response:
        data = validated(ResetConfirmSerializer, request.data)
        count_attempt_of(request)
        services.confirm_password_reset(**data)
        return Response(status=status.HTTP_204_NO_CONTENT)
