"""`RateLimit` on every answer of the API, also where no view was reached."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from common.limits import TAKEN, Taken, scope_by_method, take_for_address
from common.problems import too_many_requests

GetResponse = Callable[[HttpRequest], HttpResponse]


class LimitMiddleware:
    """Counts what no view has counted, and has every answer say what its limit is.

    A request that is refused before its view's throttle (401, 404 of an unknown
    address) has changed nothing, so 429 can take the refusal's place.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith("/api/"):
            return response
        taken: Taken | None = request.META.get(TAKEN)
        if taken is None:
            taken = take_for_address(request, scope_by_method(request))
            if not taken.is_allowed:
                response = too_many_requests(request, taken.left_seconds)
        for name, value in taken.headers().items():
            response.headers[name] = value
        return response
