"""Handing small facts to open sockets, through Redis pub/sub.

When the subscription breaks, sockets are closed and their clients catch up by
`GET /api/tasks/changes/`. Facts of tasks and sessions that cannot be sent are relayed
again; the count on the bell is logged and comes right with the next one.
"""

import json
from typing import Any

import structlog
from redis import RedisError

from common.redis import RedisAwayError, ask, client
from common.replica import mark_writer

logger = structlog.get_logger(__name__)

CHANNEL = "realtime:facts"


def publish(user_id: int, fact: dict[str, Any]) -> None:
    """Send one fact to every socket of a user; never raises, waits 0.25 s at most.

    Past the circuit breaker: a job may wait a moment, and a fact held back because
    Redis was away a second ago would be missed by those who have just come back.
    """
    mark_writer(user_id)
    try:
        client().publish(CHANNEL, message_of(user_id, fact))
    except RedisError as error:
        logger.warning("fact_not_published", error=type(error).__name__)


def tell(user_id: int, fact: dict[str, Any]) -> bool:
    """As `publish`, for a caller that tries again later: whether it was sent."""
    mark_writer(user_id)
    message = message_of(user_id, fact)
    try:
        ask(lambda redis: redis.publish(CHANNEL, message))
    except RedisAwayError:
        return False
    return True


def message_of(user_id: int, fact: dict[str, Any]) -> str:
    return json.dumps([user_id, fact], separators=(",", ":"))
