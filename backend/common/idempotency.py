"""`Idempotency-Key`: a POST that is sent twice happens once."""

import json
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from psycopg2.errors import LockNotAvailable
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_400_BAD_REQUEST
from rest_framework.views import APIView

from common.errors import IdempotencyKeyInUse, IdempotencyKeyReused
from common.identity import user_id_of
from common.models import IdempotencyKey

# Adds to an answer what must not be stored with it; must add the same every time.
Reveal = Callable[[dict[str, Any]], dict[str, Any]]
Write = Callable[[], HttpResponse]

MAX_KEY_LENGTH = 255
WAIT_MS = 2_000
KEPT_HEADERS = ("Cache-Control", "ETag", "Location")
RUNNING = "common.idempotency.running"  # in request.META


class IdempotentPosts(APIView):
    """A view whose POSTs happen once for each `Idempotency-Key`.

    Every view that takes POST from people who are signed in is one; a system check
    says so (common.E006). The handler then runs in a transaction, and all it does must
    be part of that: what has to stay after an error belongs into `initial`, and what
    leaves the database into `on_commit`. Answers with a secret leave it out and have
    `reveal` add it.
    """

    takes_idempotency_key = True
    reveal: Reveal | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        handler = getattr(self, "post", None)
        if request.method != "POST" or not (handler and request.user.is_authenticated):
            return

        def post(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            return run_once(
                request, lambda: handler(request, *args, **kwargs), self.reveal
            )

        setattr(self, "post", post)  # noqa: B010 - for this request alone


def run_once(
    request: Request, write: Write, reveal: Reveal | None = None
) -> HttpResponse:
    """Answer with `write()`, or with what it answered to the same key before.

    The key is claimed by inserting its row: a second request waits on the unique
    index until the first commits (then replays its answer) or rolls back (then takes
    its place). Raises 409 when that takes over 2 s, 422 when the body differs. An error
    rolls back, the claim included, so that the next try with the key is a first one.
    """
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None or RUNNING in request.META:
        return shown(write(), reveal)
    check_key(key)
    fingerprint = fingerprint_of(request)
    user_id = user_id_of(request)
    with transaction.atomic():
        if claim(user_id, key, fingerprint):
            request.META[RUNNING] = True
            response = write()
            if response.status_code >= HTTP_400_BAD_REQUEST:
                transaction.set_rollback(True)
                return response
            return keep(user_id, key, response, reveal)
    return replay(user_id, key, fingerprint, reveal)


def shown(response: HttpResponse, reveal: Reveal | None) -> HttpResponse:
    is_error = response.status_code >= HTTP_400_BAD_REQUEST
    if reveal and isinstance(response, Response) and not is_error:
        response.data = reveal(response.data)
    return response


def check_key(key: str) -> None:
    if not (0 < len(key) <= MAX_KEY_LENGTH and key.isascii() and key.isprintable()):
        detail = f"Use 1 to {MAX_KEY_LENGTH} printable ASCII characters."
        raise ValidationError({"Idempotency-Key": [ErrorDetail(detail, "invalid")]})


def fingerprint_of(request: Request) -> str:
    """Of what was asked for. Keyed: a plain hash of a password could be guessed."""
    body = json.dumps(request.data, sort_keys=True, separators=(",", ":"))
    said = f"{request.method} {request.path}\n{body}"
    return salted_hmac("common.idempotency", said, algorithm="sha256").hexdigest()


# One round trip: how long to wait, and the claim.
CLAIM = """
    SET LOCAL lock_timeout = %s;
    INSERT INTO common_idempotency_key (user_id, key, fingerprint, headers, body)
    VALUES (%s, %s, %s, '{}', '') ON CONFLICT (user_id, key) DO NOTHING
"""
KEEP = """
    UPDATE common_idempotency_key SET status = %s, headers = %s, body = %s
    WHERE user_id = %s AND key = %s
"""


def claim(user_id: int, key: str, fingerprint: str) -> bool:
    """Whether this request is the first; waits for a running one to finish."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [WAIT_MS, user_id, key, fingerprint])
            return bool(cursor.rowcount == 1)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise IdempotencyKeyInUse from error
        raise


def keep(
    user_id: int, key: str, response: HttpResponse, reveal: Reveal | None
) -> HttpResponse:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    body = body_of(response)
    with connection.cursor() as cursor:
        stored = (response.status_code, json.dumps(headers), body)
        cursor.execute(KEEP, (*stored, user_id, key))
    return answer(response.status_code, headers, body, reveal)


def body_of(response: HttpResponse) -> bytes:
    if isinstance(response, Response):
        return bytes(JSONRenderer().render(response.data))
    return response.content


def replay(
    user_id: int, key: str, fingerprint: str, reveal: Reveal | None
) -> HttpResponse:
    stored = IdempotencyKey.objects.filter(user=user_id, key=key).first()
    if stored is None:  # purged at this very moment
        raise IdempotencyKeyInUse
    if stored.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    response = answer(stored.status, stored.headers, bytes(stored.body), reveal)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def answer(
    status: int, headers: dict[str, Any], body: bytes, reveal: Reveal | None
) -> HttpResponse:
    if reveal:
        body = JSONRenderer().render(reveal(json.loads(body)))
    response = HttpResponse(
        body, status=status, headers=headers, content_type="application/json"
    )
    if not body:
        del response.headers["Content-Type"]
    return response
