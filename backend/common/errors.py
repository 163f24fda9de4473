"""The errors this API answers with; their codes are permanent."""

from typing import Any

from django.conf import settings
from rest_framework import exceptions, status

# The code of a problem never changes its meaning; a new meaning gets a new code.
TITLES = {
    "validation_error": "Invalid input",
    "parse_error": "The body could not be read",
    "bad_request": "Bad request",
    "not_authenticated": "Sign in first",
    "invalid_credentials": "Wrong username or password",
    "token_expired": "The access token has expired",
    "token_invalid": "The token is not valid",
    "token_reused": "The refresh token was used before",
    "session_ended": "The session has ended",
    "permission_denied": "Not allowed",
    "cross_site": "Request from another site",
    "registration_closed": "Registration is closed",
    "not_found": "Not found",
    "method_not_allowed": "Method not allowed",
    "not_acceptable": "No such representation",
    "idempotency_key_in_use": "The first request with this key is still running",
    "idempotency_key_reused": "This key belongs to another request",
    "precondition_failed": "The task has changed meanwhile",
    "precondition_required": "Say which version you are replacing",
    "payload_too_large": "The body is too large",
    "unsupported_media_type": "Unsupported media type",
    "throttled": "Too many requests",
    "error": "Something went wrong here",
    "service_unavailable": "Temporarily unavailable",
}


class PreconditionFailed(exceptions.APIException):
    """412: `If-Match` names a version that is no longer the current one."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "precondition_failed"
    default_detail = "It has changed since the version you name; merge and try again."

    def __init__(self, *, current: Any) -> None:
        super().__init__()
        self.extra = {"current": current}
        self.headers = {"ETag": f'"{current["version"]}"'}


class PreconditionRequired(exceptions.APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"
    default_detail = "Send If-Match with the ETag of the version you are replacing."


class IdempotencyKeyInUse(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "idempotency_key_in_use"
    default_detail = "Wait for the first answer, then send the same request again."
    headers = {"Retry-After": "1"}


class IdempotencyKeyReused(exceptions.APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"
    default_detail = "The same Idempotency-Key came with a different body before."


class PayloadTooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "payload_too_large"
    default_detail = f"A body may have {settings.REQUEST_BODY_MAX_BYTES} bytes."


class ServiceUnavailable(exceptions.APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "service_unavailable"
    default_detail = "Nothing was changed. Try again in a moment."
    headers = {"Retry-After": "1"}


class AuthenticationFailed(exceptions.AuthenticationFailed):
    """401 with one of the permanent codes: token_expired, session_ended, …"""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail, code=code)


def field_error(field: str, code: str, detail: str) -> exceptions.ValidationError:
    return exceptions.ValidationError(
        {field: [exceptions.ErrorDetail(detail, code=code)]}
    )
