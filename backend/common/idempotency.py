"""`Idempotency-Key`: a POST that is sent twice happens once."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from psycopg2.errors import LockNotAvailable
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import IdempotencyKeyInUse, IdempotencyKeyReused
from common.identity import user_id_of
from common.models import IdempotencyKey

# Adds to an answer what must not be stored with it; must add the same every time.
Reveal = Callable[[dict[str, Any]], dict[str, Any]]

MAX_KEY_LENGTH = 255
WAIT_MS = 2_000
KEPT_HEADERS = ("ETag", "Location")


def run_once(
    request: Request, write: Callable[[], Response], reveal: Reveal | None = None
) -> HttpResponse:
    """Answer with `write()`, or with what it answered to the same key before.

    What `reveal` adds to the body (a secret, say) goes out and is not stored.

    The key is claimed by inserting its row: a second request waits on the unique
    index until the first commits (then replays its answer) or rolls back (then takes
    its place). Raises 409 when that takes over 2 s, 422 when the body differs.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        response = write()
        if reveal:
            response.data = reveal(response.data)
        return response
    check_key(key)
    fingerprint = fingerprint_of(request)
    with transaction.atomic():
        if claim(user_id_of(request), key, fingerprint):
            return keep(user_id_of(request), key, write(), reveal)
    return replay(user_id_of(request), key, fingerprint, reveal)


def check_key(key: str) -> None:
    if not (0 < len(key) <= MAX_KEY_LENGTH and key.isascii() and key.isprintable()):
        detail = f"Use 1 to {MAX_KEY_LENGTH} printable ASCII characters."
        raise ValidationError({"Idempotency-Key": [ErrorDetail(detail, "invalid")]})


def fingerprint_of(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, separators=(",", ":"))
    said = f"{request.method} {request.path}\n{body}"
    return hashlib.sha256(said.encode()).hexdigest()


def claim(user_id: int, key: str, fingerprint: str) -> bool:
    """Whether this request is the first; waits for a running one to finish."""
    sql = """
        INSERT INTO common_idempotency_key (user_id, key, fingerprint, headers, body)
        VALUES (%s, %s, %s, '{}', '') ON CONFLICT (user_id, key) DO NOTHING
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {WAIT_MS}")
            cursor.execute(sql, [user_id, key, fingerprint])
            return bool(cursor.rowcount == 1)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise IdempotencyKeyInUse from error
        raise


def keep(
    user_id: int, key: str, response: Response, reveal: Reveal | None
) -> HttpResponse:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    body: bytes = JSONRenderer().render(response.data)
    IdempotencyKey.objects.filter(user=user_id, key=key).update(
        status=response.status_code, headers=headers, body=body
    )
    return answer(response.status_code, headers, shown(body, reveal))


def replay(
    user_id: int, key: str, fingerprint: str, reveal: Reveal | None
) -> HttpResponse:
    stored = IdempotencyKey.objects.get(user=user_id, key=key)
    if stored.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    body = shown(bytes(stored.body), reveal)
    response = answer(stored.status, stored.headers, body)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def shown(body: bytes, reveal: Reveal | None) -> bytes:
    if reveal is None:
        return body
    revealed: bytes = JSONRenderer().render(reveal(json.loads(body)))
    return revealed


def answer(status: int, headers: dict[str, Any], body: bytes) -> HttpResponse:
    return HttpResponse(
        body, status=status, headers=headers, content_type="application/json"
    )
