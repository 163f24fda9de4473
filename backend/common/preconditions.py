"""ETags and the conditions clients put on them (RFC 9110 §13)."""

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import ParseError

from common.errors import PreconditionRequired

VERSION_TAG = re.compile(r'"(\d{1,18})"', re.ASCII)
GetResponse = Callable[[HttpRequest], HttpResponse]


def etag(version: int) -> str:
    return f'"{version}"'


def expected_versions(request: HttpRequest, *, required: bool) -> list[int] | None:
    """The versions `If-Match` allows, or None when any will do.

    A tag this server never made matches nothing, as RFC 9110 wants: it is left out.
    Raises 428 when the header is missing and `required`.
    """
    header = request.META.get("HTTP_IF_MATCH")
    if header is None:
        if required:
            raise PreconditionRequired
        return None
    if header.strip() == "*":
        return None
    if not header.strip():
        raise ParseError("If-Match is empty.", "bad_request")
    matches = (VERSION_TAG.fullmatch(tag.strip()) for tag in header.split(","))
    return [int(match[1]) for match in matches if match]


def is_unmodified(request: HttpRequest, current: str) -> bool:
    """Whether `If-None-Match` names the current tag, so that 304 says it all."""
    header = request.META.get("HTTP_IF_NONE_MATCH", "")
    tags = (tag.strip().removeprefix("W/") for tag in header.split(","))
    return header.strip() == "*" or current in tags


class ConditionalGetMiddleware:
    """304 instead of a body the client has, for every GET of the API.

    A view that knows a tag without the body has set it, and answered 304 itself where
    that spares work; any other answer is tagged by what it says.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/api/"):
            # Without a word on it, a cache may keep what it likes (RFC 9111 §4.2.2).
            response.headers.setdefault("Cache-Control", "private, no-cache")
            if request.method in ("GET", "HEAD"):
                self.settle(request, response)
        return response

    def settle(self, request: HttpRequest, response: HttpResponse) -> None:
        if response.status_code != HTTPStatus.OK or response.streaming:
            return
        if "ETag" not in response.headers:
            digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
            response.headers["ETag"] = f'"{digest}"'
        if is_unmodified(request, response.headers["ETag"]):
            response.status_code = HTTPStatus.NOT_MODIFIED
            response.content = b""
            del response.headers["Content-Type"]
