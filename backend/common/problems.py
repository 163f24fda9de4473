"""Errors as RFC 9457 problem documents: one shape on every path."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from psycopg2.errors import LockNotAvailable, QueryCanceled
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from common.errors import PROBLEMS, PayloadTooLarge, ServiceUnavailable
from common.logging import current_request_id

CONTENT_TYPE = "application/problem+json"


def problem(
    *,
    code: str,
    status_code: int,
    detail: str,
    errors: list[dict[str, str]] | None = None,
    request_id: str | None = None,
) -> dict[str, Any]:
    """The problem document as a dict, in the order people read it."""
    return {
        "type": f"/problems/{code}",
        "title": PROBLEMS[code].title if code in PROBLEMS else "Request failed",
        "status": status_code,
        "code": code,
        "detail": detail,
        "request_id": current_request_id() if request_id is None else request_id,
        "errors": errors or [],
    }


class ProblemFormatter(ExceptionFormatter):
    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        first = error_response.errors[0]
        is_invalid = isinstance(self.exc, exceptions.ValidationError)
        code = "validation_error" if is_invalid else first.code
        detail = "See errors for what to correct." if is_invalid else first.detail
        errors = [
            {
                # An error of a whole object has no last name, and no slash for it.
                "pointer": f"/{error.attr}".rstrip("/"),
                "code": error.code,
                "detail": error.detail,
            }
            for error in error_response.errors
        ]
        return {
            **problem(
                code=code,
                status_code=self.exc.status_code,
                detail=detail,
                errors=errors if is_invalid else [],
            ),
            **getattr(self.exc, "extra", {}),
        }


class ProblemHandler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, RequestDataTooBig):
            return PayloadTooLarge()
        if isinstance(exc, SuspiciousOperation):
            return exceptions.ParseError("The request is malformed.", "bad_request")
        if is_database_away(exc):
            return ServiceUnavailable()
        return super().convert_known_exceptions(exc)

    def get_headers(self, exc: exceptions.APIException) -> dict[str, str]:
        return {**super().get_headers(exc), **getattr(exc, "headers", {})}

    def get_response(
        self, exc: exceptions.APIException, data: dict[str, Any]
    ) -> Response:
        response = super().get_response(exc, data)
        response.content_type = CONTENT_TYPE
        # Whatever the view speaks otherwise (YAML, HTML), its problems are JSON.
        request: Any = self.context["request"]
        request.accepted_renderer = JSONRenderer()
        request.accepted_media_type = JSONRenderer.media_type
        return response


def is_database_away(exc: BaseException) -> bool:
    """Whether a retry may well succeed: lost connection, lock or statement timeout."""
    if not isinstance(exc, DatabaseError):
        return isinstance(exc, InterfaceError)
    retryable = (LockNotAvailable, QueryCanceled)
    return isinstance(exc, OperationalError) or isinstance(exc.__cause__, retryable)


def problem_response(
    request: HttpRequest, *, code: str, status_code: int, detail: str
) -> HttpResponse:
    """A problem for what never reaches DRF: unknown URLs, bad hosts, crashes."""
    body = problem(
        code=code,
        status_code=status_code,
        detail=detail,
        request_id=request.META.get("HTTP_X_REQUEST_ID", ""),
    )
    response = HttpResponse(
        json.dumps(body), status=status_code, content_type=CONTENT_TYPE
    )
    if status_code == status.HTTP_503_SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "1"
    return response


def too_many_requests(request: HttpRequest, wait_seconds: float) -> HttpResponse:
    response = problem_response(
        request,
        code="throttled",
        status_code=429,
        detail=f"Try again in {wait_seconds:.0f} seconds.",
    )
    response.headers["Retry-After"] = f"{wait_seconds:.0f}"
    return response


def kind_of_problem(request: HttpRequest, code: str) -> HttpResponse:
    """The page a problem's `type` leads to."""
    if code not in PROBLEMS:
        return page_not_found(request, Http404())
    kind = PROBLEMS[code]
    shown = {"code": code, "kind": kind, "when": kind.when.replace("`", "")}
    return render(request, "problem_kind.html", shown)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return problem_response(
            request,
            code="payload_too_large",
            status_code=413,
            detail=str(PayloadTooLarge.default_detail),
        )
    return problem_response(
        request,
        code="bad_request",
        status_code=400,
        detail="The request is malformed, or its Host is not one of this site's.",
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_response(
        request, code="permission_denied", status_code=403, detail="Not allowed."
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return problem_response(
        request,
        code="permission_denied",
        status_code=403,
        detail="The form has expired. Reload the page and send it again.",
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_response(
        request,
        code="not_found",
        status_code=404,
        detail="There is nothing at this address. Paths end with a slash.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return problem_response(
        request,
        code="error",
        status_code=500,
        detail="It is not your request's fault. Name the request_id when you ask.",
    )
