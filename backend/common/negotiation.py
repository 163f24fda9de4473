"""Which media type an answer is in."""

from collections.abc import Iterable
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

# What curl and fetch, scripts, and Axios say.
ANY_OR_JSON = ("*/*", "application/json", "application/json, text/plain, */*")


class JSONNegotiation(DefaultContentNegotiation):
    """The framework's, which takes no header apart that nearly every client sends."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[Any],
        format_suffix: str | None = None,
    ) -> tuple[Any, str]:
        accepted = request.META.get("HTTP_ACCEPT", "*/*")
        first = next(iter(renderers))
        if accepted in ANY_OR_JSON and type(first) is JSONRenderer:
            return first, JSONRenderer.media_type
        chosen: tuple[Any, str] = super().select_renderer(
            request, renderers, format_suffix
        )
        return chosen
