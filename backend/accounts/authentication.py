"""Who sends this request, from its access token alone."""

from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication

from accounts.models import User
from accounts.revocation import is_revoked
from accounts.tokens import AccessToken, read_access_token
from common.errors import AuthenticationFailed


class SessionAuthentication(JWTAuthentication):
    """`Authorization: Bearer <access>`: no query, one look-up in Redis.

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
        if is_revoked(token.session_id):
            raise AuthenticationFailed("session_ended", "Sign in again.")
        return user_of(token), token


def user_of(token: AccessToken) -> User:
    claims = {"id": token.user_id, "role": token["role"], "time_zone": token["tz"]}
    return User.from_db("default", list(claims), list(claims.values()))
