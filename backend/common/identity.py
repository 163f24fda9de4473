from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from django.http import HttpRequest
from rest_framework.request import Request


def user_id_of(request: Request) -> int:
    """The id of whoever sent an authenticated request."""
    if request.user.pk is None:
        raise RuntimeError("only for views that require authentication")
    return int(request.user.pk)


def address_of(request: HttpRequest | Request) -> str | None:
    """Where the request came from, as nginx says; None for what is no address.

    nginx sets X-Real-IP anew on every request, from its peer or from a proxy it was
    told to trust. A client's own X-Forwarded-For is never looked at.
    """
    meta = request.META
    return checked_address(meta.get("HTTP_X_REAL_IP") or meta["REMOTE_ADDR"])


@lru_cache(1_000)
def checked_address(text: str) -> str | None:
    try:
        validate_ipv46_address(text)
    except ValidationError:
        return None
    return text


def is_origin_of(host: str, origin: str) -> bool:
    """Whether a page of this host sends this Origin (RFC 6454 §7), which is untrusted.

    Both leave out the scheme's default port, so there is nothing to parse.
    """
    return origin in (f"http://{host}", f"https://{host}")
