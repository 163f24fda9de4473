"""Ended sessions, known to every process within a moment."""

from collections.abc import Collection, Iterable
from typing import Any, cast

import structlog
from django.conf import settings
from redis import Redis

from accounts.models import Session
from common.limits import KEPT, YOUNG
from common.redis import RedisAwayError, ask

logger = structlog.get_logger(__name__)


def revocation_key(session_id: int) -> str:
    return f"session:ended:{session_id}"


def is_revoked(session_id: int) -> bool:
    """Whether the session has ended, as `ended_among`."""
    return bool(ended_among([session_id]))


def has_ended(session_id: int) -> bool:
    """What the database says. One query."""
    return not Session.objects.filter(pk=session_id, ended_at=None).exists()


def ended_among(session_ids: Collection[int]) -> set[int]:
    """Which of these have ended: one look-up for all.

    Asks the database while Redis does not know: it is away, or has lost its data.
    """
    ids = list(session_ids)
    if not ids:
        return set()
    keys = [KEPT, YOUNG, *map(revocation_key, ids)]
    try:
        kept, young, *marks = cast("Any", ask(lambda redis: redis.mget(keys)))
    except RedisAwayError:
        kept, young, marks = None, None, [None] * len(ids)
    ended = {session_id for session_id, mark in zip(ids, marks, strict=True) if mark}
    if not kept or young:
        open_ids = Session.objects.filter(pk__in=ids, ended_at=None)
        ended |= set(ids) - set(open_ids.values_list("pk", flat=True))
    return ended


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
