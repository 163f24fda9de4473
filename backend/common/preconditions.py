"""ETags of single resources and the conditions clients put on them (RFC 9110 §13)."""

import re

from django.http import HttpRequest
from rest_framework.exceptions import ParseError

from common.errors import PreconditionRequired

VERSION_TAG = re.compile(r'"(\d{1,18})"', re.ASCII)


def etag(version: int) -> str:
    return f'"{version}"'


def expected_versions(request: HttpRequest, *, required: bool) -> list[int] | None:
    """The versions `If-Match` allows, or None when any will do.

    A tag this server never made matches nothing, as RFC 9110 wants: it is left out.
    Raises 428 when the header is missing and `required`.
    """
    header = request.headers.get("If-Match")
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
    header = request.headers.get("If-None-Match", "")
    tags = (tag.strip().removeprefix("W/") for tag in header.split(","))
    return header.strip() == "*" or current in tags
