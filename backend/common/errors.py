"""The errors this API answers with; their codes are permanent."""

from typing import Any, NamedTuple

from django.conf import settings
from rest_framework import exceptions, status


class Kind(NamedTuple):
    """What one code says: its status, its title, and when it comes."""

    status: int
    title: str
    when: str


# The code of a problem never changes its meaning; a new meaning gets a new code.
PROBLEMS = {
    "validation_error": Kind(
        400, "Invalid input", "`errors` names each field or parameter to correct."
    ),
    "parse_error": Kind(
        400, "The body could not be read", "The body is not one JSON object in UTF-8."
    ),
    "bad_request": Kind(
        400, "Bad request", "The address, a header or the Host is malformed."
    ),
    "reset_token_invalid": Kind(
        400,
        "The link to set a new password is not valid",
        "It was used, has run out after an hour, or is not whole. Ask for another.",
    ),
    "not_authenticated": Kind(401, "Sign in first", "There are no credentials."),
    "invalid_credentials": Kind(
        401,
        "Wrong username or password",
        "Which of the two is wrong is not said, nor whether the account is active.",
    ),
    "token_expired": Kind(
        401,
        "The token has expired",
        "Refresh the access token and send the request again; make a new API token.",
    ),
    "token_invalid": Kind(
        401, "The token is not valid", "It was altered, or is no token of this site."
    ),
    "token_reused": Kind(
        401,
        "The refresh token was used before",
        "Its session has been ended, because somebody else may hold it.",
    ),
    "session_ended": Kind(
        401, "The session has ended", "Somebody logged out, or ended it. Sign in again."
    ),
    "permission_denied": Kind(403, "Not allowed", "Your role does not permit it."),
    "insufficient_scope": Kind(
        403, "The API token may only read", "Its scope is `read`; use another."
    ),
    "session_required": Kind(
        403, "Sign in for this", "No API token may manage the account it belongs to."
    ),
    "cross_site": Kind(
        403,
        "Request from another site",
        "Cookie mode is only for pages of this site itself.",
    ),
    "registration_closed": Kind(
        403, "Registration is closed", "Ask the operator for an account."
    ),
    "last_admin": Kind(
        403, "There must be an admin", "Make somebody else an admin first."
    ),
    "not_found": Kind(
        404, "Not found", "It does not exist, or it is not yours to see."
    ),
    "method_not_allowed": Kind(
        405, "Method not allowed", "`Allow` lists what the address takes."
    ),
    "not_acceptable": Kind(
        406, "No such representation", "The API speaks `application/json`."
    ),
    "idempotency_key_in_use": Kind(
        409,
        "The first request with this key is still running",
        "Send the same request again after `Retry-After` seconds.",
    ),
    "too_many_api_tokens": Kind(
        409, "There are too many API tokens", "Each person may have 50; revoke one."
    ),
    "too_many_tasks": Kind(
        409,
        "There are too many tasks for one change",
        "A label can be changed on 10,000 at once; nothing was changed. Take it off "
        "some of them first.",
    ),
    "cursor_gone": Kind(
        410,
        "The cursor is not of this history",
        "A backup was restored, say. Read everything anew, from no cursor.",
    ),
    "precondition_failed": Kind(
        412,
        "The task has changed meanwhile",
        "`If-Match` names an older version; `current` is how it is now.",
    ),
    "payload_too_large": Kind(413, "The body is too large", "A body may have 64 KiB."),
    "unsupported_media_type": Kind(
        415, "Unsupported media type", "Send `Content-Type: application/json`."
    ),
    "idempotency_key_reused": Kind(
        422,
        "This key belongs to another request",
        "The same Idempotency-Key came with a different body before.",
    ),
    "precondition_required": Kind(
        428,
        "Say which version you are replacing",
        "Send `If-Match` with the ETag of the version you have seen.",
    ),
    "throttled": Kind(
        429, "Too many requests", "Wait for `Retry-After` seconds, then go on."
    ),
    "error": Kind(
        500,
        "Something went wrong here",
        "It is not the request's fault. Name the `request_id` when you ask.",
    ),
    "service_unavailable": Kind(
        503,
        "Temporarily unavailable",
        "Nothing was changed. Try again after `Retry-After` seconds.",
    ),
}


class NotFoundAmong(exceptions.NotFound):
    """404 for a call that names several things, saying which of them are missing."""

    def __init__(self, *pointers: str) -> None:
        super().__init__()
        item = {"code": self.default_code, "detail": str(self.default_detail)}
        errors = [{"pointer": pointer, **item} for pointer in pointers]
        self.extra = {"errors": errors}


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


class TooManyApiTokens(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "too_many_api_tokens"
    default_detail = "Revoke one that you no longer need."


class TooManyTasks(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "too_many_tasks"
    default_detail = "The label is on too many tasks to be changed at once."


class CursorGone(exceptions.APIException):
    status_code = status.HTTP_410_GONE
    default_code = "cursor_gone"
    default_detail = "Read everything anew, without a cursor."


class LastAdmin(exceptions.APIException):
    status_code = status.HTTP_403_FORBIDDEN
    default_code = "last_admin"
    default_detail = "Nobody else is an active admin. Make somebody one first."


class ResetTokenInvalid(exceptions.APIException):
    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "reset_token_invalid"
    default_detail = "It was used, has run out, or is not whole. Ask for another."


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
