"""What no request may carry, refused before any view sees it."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from common.problems import problem_response

GetResponse = Callable[[HttpRequest], HttpResponse]


class PlainHttpMiddleware:
    """400 for a call of the API without TLS, on a site that has it.

    Pages are redirected by who comes next. A program would follow, and send its token
    in plain each time without anybody noticing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/") and not request.is_secure():
            return problem_response(
                request,
                code="bad_request",
                status_code=400,
                detail=f"This site is at {settings.SITE_URL}, "
                "and answers calls there alone.",
            )
        return self.get_response(request)


class HostileInputMiddleware:
    """400 for a path or query string that PostgreSQL or Python could not hold.

    NUL has no place in a PostgreSQL text, and bytes that are not UTF-8 would
    otherwise be replaced silently.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if is_hostile(query) or "\0" in request.path_info:
            return problem_response(
                request,
                code="bad_request",
                status_code=400,
                detail="The address holds NUL or bytes that are not UTF-8.",
            )
        return self.get_response(request)


def is_hostile(query: str) -> bool:
    raw = unquote_to_bytes(query.encode("latin-1"))  # how WSGI hands bytes over
    if b"\0" in raw:
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False
