"""Who sends this request, from its access token alone."""

from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication

from accounts.models import User
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
        header = self.get_header(request)
        if not header:
            return None
        scheme, _, raw = header.strip().partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = read_access_token(raw.strip())
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


def user_of(token: AccessToken) -> User:
    # In the order of the model's columns: from_db takes values by place, not by name.
    claims = {"id": token.user_id, "time_zone": token["tz"], "role": token["role"]}
    return User.from_db("default", list(claims), list(claims.values()))
