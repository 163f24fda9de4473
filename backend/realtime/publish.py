"""Handing small facts to open sockets, through Redis pub/sub.

Best effort on purpose: a socket that misses a fact closes and its client catches up by
`GET /api/tasks/changes/`, so nothing depends on delivery here.
"""

import asyncio
from typing import Any

import structlog
from channels.layers import get_channel_layer

logger = structlog.get_logger(__name__)

SEND_TIMEOUT_SECONDS = 2


def group_of(user_id: int) -> str:
    return f"user.{user_id}"


def publish(user_id: int, fact: dict[str, Any]) -> None:
    """Send one fact to every socket of a user; never raises, waits 2 s at most."""
    message = {"type": "fact", "fact": fact}
    try:
        asyncio.run(send(group_of(user_id), message))
    except Exception as error:  # noqa: BLE001 - see the module's docstring
        logger.warning("fact_not_published", error=type(error).__name__)


async def send(group: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(SEND_TIMEOUT_SECONDS):
        await layer.group_send(group, message)
