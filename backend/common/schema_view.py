"""The OpenAPI document as it is served: the same to everybody, in JSON or YAML.

Making it takes a second or two of CPU and anybody may ask, so a process makes it once.
"""

from functools import cache
from threading import Lock
from typing import Any

from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request

_making = Lock()


class SchemaView(SpectacularAPIView):
    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        renderer: Any = request.accepted_renderer
        charset = f"; charset={renderer.charset}" if renderer.charset else ""
        name_of: Any = self._get_filename  # drf-spectacular has no types
        with _making:  # who asks meanwhile waits for it instead of making another
            content = rendered(renderer.format)
        return HttpResponse(
            content,
            content_type=f"{renderer.media_type}{charset}",
            headers={
                "Content-Disposition": f'inline; filename="{name_of(request, None)}"'
            },
        )


@cache
def document() -> Any:
    generator: Any = SchemaGenerator  # drf-spectacular has no types
    return generator().get_schema(public=True)


@cache
def rendered(format: str) -> bytes:
    renderers: Any = SchemaView.renderer_classes  # two for each format
    renderer = next(each for each in renderers if each.format == format)
    return bytes(renderer().render(document()))
