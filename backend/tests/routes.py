"""Every address the URL resolver knows, so that none is forgotten."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def all_routes() -> list[str]:
    """Templates such as `api/tasks/{pk}/`; the admin's pages are Django's own."""
    found = walk("", get_resolver().url_patterns)
    return sorted({route for route in found if not route.startswith("admin/")})


def walk(prefix: str, patterns: list[Any]) -> Iterator[str]:
    for each in patterns:
        route = prefix + simplify(str(each.pattern))
        if isinstance(each, URLResolver):
            yield from walk(route, each.url_patterns)
        elif isinstance(each, URLPattern):
            yield route


def simplify(pattern: str) -> str:
    """`^tasks/(?P<pk>[1-9][0-9]{0,17})/$` is `tasks/{pk}/` to people."""
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", pattern)
    return named.removeprefix("^").removesuffix("$").removesuffix("\\Z")
