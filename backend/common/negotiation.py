"""What an answer is written as: JSON, and nearly all requests say so in few words."""

from collections.abc import Iterable
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

# Left out, or as curl, browsers' fetch and Axios send it.
USUAL = ("*/*", "application/json", "application/json, text/plain, */*")


class UsualNegotiation(DefaultContentNegotiation):
    """DRF's, which takes the usual headers apart anew for each request no more."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> Any:
        first, *others = renderers
        is_usual = request.META.get("HTTP_ACCEPT", "*/*") in USUAL
        if is_usual and first.media_type == JSONRenderer.media_type:
            return first, first.media_type
        return super().select_renderer(request, [first, *others], format_suffix)
