"""One log line for each request, and the id that finds all its other lines."""

import logging
import re
import sys
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject
from structlog.contextvars import bind_contextvars, clear_contextvars

from common.identity import address_of
from common.metrics import count_request

logger = structlog.get_logger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestLogMiddleware:
    """One log line per request, and `X-Request-ID` on every answer.

    django-structlog's own costs a sixth of a list request, and takes the address from
    headers that any client can write.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started_at = time.perf_counter()
        request_id = request.META.get("HTTP_X_REQUEST_ID") or ""
        if not SANE_REQUEST_ID.fullmatch(request_id):
            request_id = request.META["HTTP_X_REQUEST_ID"] = uuid.uuid4().hex
        bind_contextvars(request_id=request_id, ip=address_of(request))
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - started_at
            log_answer(request, response, seconds)
            count_request(request, response.status_code, seconds)
        finally:
            clear_contextvars()
        response.headers["X-Request-ID"] = request_id
        return response


def log_answer(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    is_our_fault = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    logger.log(
        logging.ERROR if is_our_fault else logging.INFO,
        "request_finished",
        request=line_of(request),
        code=response.status_code,
        user_id=signed_in_id(request),
        duration_ms=round(seconds * 1000, 1),
    )


@receiver(got_request_exception)
def log_exception(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """The traceback, while it is at hand; the request's own line follows."""
    logger.error("request_failed", request=line_of(request), exc_info=sys.exception())


def line_of(request: HttpRequest) -> str:
    # Never the query string: it may carry what a person searched for.
    return f"{request.method} {request.path}"


def signed_in_id(request: HttpRequest) -> int | None:
    """Whose request it was, if somebody has asked already: no query for a log line."""
    user = getattr(request, "_cached_user", None) or request.__dict__.get("user")
    return None if isinstance(user, LazyObject) else getattr(user, "pk", None)
