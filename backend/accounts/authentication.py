"""Who sends this request: a person who is signed in, or a program of theirs."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication

from accounts import api_tokens
from accounts.models import ApiToken, User
from accounts.revocation import has_ended, revocation_key
from accounts.tokens import AccessToken, read_access_token
from common.errors import AuthenticationFailed
from common.limits import take_for_user


class SessionAuthentication(JWTAuthentication):
    """`Authorization: Bearer <access>`: no query, one round trip to Redis.

    `request.user` holds what the token says (id, role, time zone); every other field
    is deferred and read from the database if a view touches it.
    """

    # The stubs name simplejwt's own type variable, which no subclass can fill in.
    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:  # type: ignore[override]
        raw = bearer_of(request)
        if raw is None or api_tokens.is_api_token(raw):
            return None
        token = read_access_token(raw)
        if count_and_check(request, token):
            raise AuthenticationFailed("session_ended", "Sign in again.")
        return user_of(token), token


def count_and_check(request: Request, token: AccessToken) -> bool:
    """Count the request, and say whether the token's session has ended.

    One round trip to Redis for both; while it is away, one query.
    """
    mark = revocation_key(token.session_id)
    taken = take_for_user(request, token.user_id, mark=mark)
    return has_ended(token.session_id) if taken.is_marked is None else taken.is_marked


class ApiTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer tm_…`: one query; a second, once a minute, notes the use.

    `request.auth` is the ApiToken.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        raw = bearer_of(request)
        if raw is None or not api_tokens.is_api_token(raw):
            return None
        token = api_tokens.read_api_token(raw)
        take_for_user(request, token.user_id)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def bearer_of(request: Request) -> bytes | None:
    header = get_authorization_header(request)
    scheme, _, raw = header.strip().partition(b" ")
    return raw.strip() if scheme.lower() == b"bearer" else None


def user_of(token: AccessToken) -> User:
    # In the order of the model's columns: from_db takes values by place, not by name.
    claims = {"id": token.user_id, "time_zone": token["tz"], "role": token["role"]}
    return User.from_db("default", list(claims), list(claims.values()))
