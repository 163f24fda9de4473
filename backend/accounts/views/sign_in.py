from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import IntegrityError
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import cookies, services
from accounts.authentication import SessionAuthentication
from accounts.models import Session, User
from accounts.serializers import (
    CredentialsSerializer,
    RefreshSerializer,
    RegisterSerializer,
    TokenPairSerializer,
    UserSerializer,
    taken,
)
from accounts.tokens import read_refresh_token
from common.attempts import count_attempt_of, forget_attempts, login_account
from common.errors import AuthenticationFailed
from common.filters import refuse_unknown_parameters
from common.idempotency import check_key
from common.identity import address_of
from common.schema import IDEMPOTENCY_KEY, NO_STORE, problems
from common.serializers import validated

AUTH_MODE = OpenApiParameter(
    name="X-Auth-Mode",
    location=OpenApiParameter.HEADER,
    enum=["body", "cookie"],
    description="`cookie`: the refresh token travels only as an HttpOnly cookie.",
)


class AuthView(APIView):
    """Calls that work with credentials or a refresh token, not an access token."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    schema_tag = "Signing in"
    throttle_scope = "auth"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, [])

    def get_authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'  # without it, DRF turns every 401 into 403


def client_of(request: Request) -> services.Client:
    return services.Client(
        user_agent=request.headers.get("User-Agent", ""), ip_address=address_of(request)
    )


def token_response(
    request: Request, pair: services.TokenPair, status_code: int = status.HTTP_200_OK
) -> Response:
    body = {"access": pair.access, "user": UserSerializer(pair.user).data}
    cookie_mode = cookies.is_cookie_mode(request)
    if not cookie_mode:
        body["refresh"] = pair.refresh
    response = Response(body, status=status_code, headers={"Cache-Control": "no-store"})
    if cookie_mode:
        cookies.set_refresh(response, pair.refresh)
    return response


def taken_field(error: IntegrityError) -> str:
    constraint = error.__cause__.diag.constraint_name  # type: ignore[union-attr]
    return "email" if constraint == "auth_user_email_once" else "username"


class RegisterView(AuthView):
    @extend_schema(
        summary="Create an account and sign in",
        request=RegisterSerializer,
        description="Sent again with its Idempotency-Key within 24 hours, it answers "
        "with a new pair of tokens instead of saying that the name is taken.",
        responses={201: TokenPairSerializer},
        parameters=[AUTH_MODE, IDEMPOTENCY_KEY, NO_STORE],
    )
    @problems("registration_closed")
    def post(self, request: Request) -> Response:
        cookies.is_cookie_mode(request)
        if not settings.REGISTRATION_OPEN:
            raise PermissionDenied(
                "Ask the operator for an account.", code="registration_closed"
            )
        count_attempt_of(request)
        key = request.headers.get("Idempotency-Key")
        if key is not None:
            check_key(key)
        try:
            pair = self.register(request, key)
        except ValidationError as error:
            again = repeated(request, key) if key and is_taken(error) else None
            if again is None:
                raise
            response = token_response(request, again, status.HTTP_201_CREATED)
            response.headers["Idempotency-Replayed"] = "true"
            return response
        return token_response(request, pair, status.HTTP_201_CREATED)

    def register(self, request: Request, key: str | None) -> services.TokenPair:
        data = validated(RegisterSerializer, request.data)
        try:
            return services.register_user(
                **data, client=client_of(request), idempotency_key=key
            )
        except IntegrityError as error:  # somebody took the name meanwhile
            field = taken_field(error)
            raise ValidationError({field: taken(field).detail}) from error


def is_taken(error: ValidationError) -> bool:
    """Whether nothing is wrong but that the name is somebody's, maybe one's own."""
    details: Any = error.detail
    return all(each.code == "unique" for codes in details.values() for each in codes)


def repeated(request: Request, key: str) -> services.TokenPair | None:
    """The fields are of the right shape, or the error would have said so."""
    sent: Any = request.data
    return services.repeat_registration(
        username=sent["username"].strip(),
        email=sent["email"].strip(),
        password=sent["password"],
        client=client_of(request),
        idempotency_key=key,
    )


class TokenView(AuthView):
    @extend_schema(
        summary="Sign in",
        request=CredentialsSerializer,
        responses=TokenPairSerializer,
        parameters=[AUTH_MODE, NO_STORE],
    )
    @problems("invalid_credentials")
    def post(self, request: Request) -> Response:
        cookies.is_cookie_mode(request)
        credentials = validated(CredentialsSerializer, request.data)
        account = login_account(credentials["username"])
        count_attempt_of(request, account=account)
        user = authenticate(**credentials)
        if not isinstance(user, User):
            raise AuthenticationFailed(
                "invalid_credentials", "Check the username and the password."
            )
        forget_attempts(account=account)
        pair = services.start_session(user=user, client=client_of(request))
        return token_response(request, pair)


class TokenRefreshView(AuthView):
    @extend_schema(
        summary="Spend a refresh token for a new pair",
        request=RefreshSerializer,
        responses=TokenPairSerializer,
        parameters=[AUTH_MODE, NO_STORE],
    )
    @problems(
        "not_authenticated",
        "token_expired",
        "token_invalid",
        "token_reused",
        "session_ended",
    )
    def post(self, request: Request) -> Response:
        raw = cookies.read_refresh(
            request, validated(RefreshSerializer, request.data).get("refresh")
        )
        if not raw:
            raise AuthenticationFailed(
                "not_authenticated", "There is no refresh token."
            )
        pair = services.rotate_session(token=read_refresh_token(raw))
        return token_response(request, pair)


class LogoutView(AuthView):
    @extend_schema(
        summary="End this session",
        description="Names the session by its refresh token (body or cookie), else by "
        "the access token; answers 204 as well when it had ended already.",
        request=RefreshSerializer,
        responses={204: None},
        parameters=[AUTH_MODE, NO_STORE],
    )
    def post(self, request: Request) -> Response:
        raw = cookies.read_refresh(
            request, validated(RefreshSerializer, request.data).get("refresh")
        )
        session_id = self.session_id(raw)
        session = Session.objects.filter(pk=session_id or 0).first()
        if session:
            services.end_session(
                session=session,
                reason=Session.EndReason.LOGOUT,
                actor_id=session.user_id,
            )
        response = Response(
            status=status.HTTP_204_NO_CONTENT, headers={"Cache-Control": "no-store"}
        )
        if cookies.is_cookie_mode(request):  # else another site's form could do it
            cookies.clear_refresh(response)
        return response

    def session_id(self, raw_refresh: str | None) -> int | None:
        """Which session to end; None when the token names none that could be."""
        try:
            if raw_refresh:
                return read_refresh_token(raw_refresh).session_id
            identity = SessionAuthentication().authenticate(self.request)
        except AuthenticationFailed:
            return None
        return identity[1].session_id if identity else None
