"""Deleting rows whose time is over, in batches that hold no lock for long."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

BATCH_SIZE = 5_000
MAX_BATCHES = 200
# The promise is 24 hours from the answer; rows say when their request began.
KEY_LIFETIME = timedelta(hours=25)

ATTEMPTS = """
    DELETE FROM common_attempts WHERE expires_at < %(before)s AND key IN (
        SELECT key FROM common_attempts
        WHERE expires_at < %(before)s ORDER BY expires_at LIMIT %(limit)s
    )
"""
KEYS = """
    DELETE FROM common_idempotency_key WHERE id IN (
        SELECT id FROM common_idempotency_key
        WHERE created_at < %(before)s ORDER BY created_at LIMIT %(limit)s
    )
"""


def purge_attempts() -> int:
    """Delete the counters that no longer count; return how many. May run twice."""
    return purge(ATTEMPTS, before=timezone.now())


def purge_idempotency_keys() -> int:
    """Delete answers older than promised; return how many. May run twice."""
    return purge(KEYS, before=timezone.now() - KEY_LIFETIME)


def purge(statement: str, *, before: datetime) -> int:
    """Bounded, so that the job ends in time; the next goes on where it stopped."""
    total = 0
    for _ in range(MAX_BATCHES):
        with connection.cursor() as cursor:
            cursor.execute(statement, {"before": before, "limit": BATCH_SIZE})
            deleted = cursor.rowcount
        total += deleted
        if deleted < BATCH_SIZE:
            break
    return total
