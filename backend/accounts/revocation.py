"""Ended sessions, known to every process within a moment."""

from collections.abc import Collection, Iterable
from typing import Any

import structlog
from django.conf import settings
from redis import Redis

from accounts.models import Session
from common.redis import RedisAwayError, ask

logger = structlog.get_logger(__name__)


def revocation_key(session_id: int) -> str:
    return f"session:ended:{session_id}"


def is_revoked(session_id: int) -> bool:
    """Whether the session has ended; asks the database only while Redis is away."""
    try:
        return bool(ask(lambda redis: redis.exists(revocation_key(session_id))))
    except RedisAwayError:
        return has_ended(session_id)


def has_ended(session_id: int) -> bool:
    """What the database says. One query."""
    return not Session.objects.filter(pk=session_id, ended_at=None).exists()


def ended_among(session_ids: Collection[int]) -> set[int]:
    """Which of these have ended: one look-up for all, as in `is_revoked`."""
    ids = list(session_ids)
    if not ids:
        return set()
    keys = [revocation_key(session_id) for session_id in ids]
    try:
        marks: Any = ask(lambda redis: redis.mget(keys))
    except RedisAwayError:
        open_ids = Session.objects.filter(pk__in=ids, ended_at=None)
        return set(ids) - set(open_ids.values_list("pk", flat=True))
    return {session_id for session_id, mark in zip(ids, marks, strict=True) if mark}


def revoke_access(session_ids: Iterable[int]) -> None:
    """Tell every process that these sessions' access tokens are void.

    May run twice. While Redis is away, requests ask the database instead.
    """
    try:
        publish_ends(list(session_ids))
    except RedisAwayError:
        logger.warning("revocation_not_published")


def publish_ends(session_ids: list[int]) -> None:
    """Tell every process, in one round trip; may run twice. Raises RedisAwayError."""

    def mark(redis: Redis) -> None:
        with redis.pipeline(transaction=False) as pipe:
            for session_id in session_ids:
                key = revocation_key(session_id)
                pipe.set(key, 1, ex=settings.ACCESS_TOKEN_SECONDS)
            pipe.execute()

    ask(mark)
