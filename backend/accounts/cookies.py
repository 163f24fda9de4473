"""The refresh token as a cookie that scripts cannot read (cookie mode).

A browser app asks for it with `X-Auth-Mode: cookie`. The header alone already keeps
plain cross-site forms out; the origin is checked on top.
"""

from django.conf import settings
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import field_error
from common.identity import is_origin_of

COOKIE_PATH = "/api/auth/"
# `__Host-` would force the path to "/" and send the token with every request.
COOKIE_NAME = "__Secure-refresh_token" if settings.IS_HTTPS else "refresh_token"


def is_cookie_mode(request: Request) -> bool:
    """Raises 400 for an unknown mode and 403 for a request from another site."""
    mode = request.headers.get("X-Auth-Mode", "body")
    if mode not in ("body", "cookie"):
        raise field_error("X-Auth-Mode", "invalid", "Use `cookie` or leave it out.")
    if mode == "cookie":
        refuse_cross_site(request)
    return mode == "cookie"


def refuse_cross_site(request: Request) -> None:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    is_same = (
        site == "same-origin"
        if site is not None
        else origin is None or is_origin_of(request.get_host(), origin)
    )
    if not is_same and origin not in settings.CORS_ALLOWED_ORIGINS:
        raise PermissionDenied("Only this site's own pages may.", code="cross_site")


def read_refresh(request: Request, from_body: str | None) -> str | None:
    """The refresh token of this request; 400 when it comes both ways."""
    from_cookie = request.COOKIES.get(COOKIE_NAME)
    cookie_mode = is_cookie_mode(request)
    if from_body is not None and (cookie_mode or from_cookie is not None):
        raise field_error(
            "refresh", "ambiguous", "Send it in the body or as a cookie, not both."
        )
    return from_cookie if cookie_mode else from_body


def set_refresh(response: Response, token: str) -> None:
    response.set_cookie(
        COOKIE_NAME,
        token,
        max_age=settings.REFRESH_TOKEN_SECONDS,
        path=COOKIE_PATH,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Strict",
    )


def clear_refresh(response: Response) -> None:
    response.delete_cookie(COOKIE_NAME, path=COOKIE_PATH, samesite="Strict")
