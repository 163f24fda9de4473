"""Handing small facts to open sockets, through Redis pub/sub.

Best effort: when the subscription breaks, sockets are closed and their clients catch
up by `GET /api/tasks/changes/`. A single fact that cannot be sent is logged; the next
one, or the next connection, brings the client up to date.
"""

import json
from typing import Any

import structlog
from redis import RedisError

from common.redis import client

logger = structlog.get_logger(__name__)

CHANNEL = "realtime:facts"


def publish(user_id: int, fact: dict[str, Any]) -> None:
    """Send one fact to every socket of a user; never raises, waits 0.25 s at most.

    Past the circuit breaker: a job may wait a moment, and a fact held back because
    Redis was away a second ago would be missed by those who have just come back.
    """
    message = json.dumps([user_id, fact], separators=(",", ":"))
    try:
        client().publish(CHANNEL, message)
    except RedisError as error:
        logger.warning("fact_not_published", error=type(error).__name__)
