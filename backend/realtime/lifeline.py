"""Noticing that Redis was lost, so that no socket stays open and silently deaf.

The channel layer reconnects by itself after Redis comes back, but what was published
meanwhile is gone. One extra subscription per process, held for this alone, breaks when
Redis does; every socket is then closed with "come back", and its client catches up.
"""

import asyncio
from typing import Protocol
from weakref import WeakSet

import structlog
from django.conf import settings
from redis import asyncio as aioredis
from redis.exceptions import RedisError

logger = structlog.get_logger(__name__)

CHANNEL = "realtime:lifeline"


class Holder(Protocol):
    async def close_for_reconnect(self) -> None: ...


class Lifeline:
    def __init__(self) -> None:
        self.holders: WeakSet[Holder] = WeakSet()
        self.watch: asyncio.Task[None] | None = None
        self.lock = asyncio.Lock()

    async def hold(self, holder: Holder) -> None:
        """Close `holder` when Redis is lost. Raises OSError while it is away."""
        async with self.lock:
            if self.watch is None or self.watch.done():
                pubsub = await self.subscribe()
                self.watch = asyncio.create_task(self.run(pubsub))
        self.holders.add(holder)

    def forget(self, holder: Holder) -> None:
        self.holders.discard(holder)

    async def subscribe(self) -> "aioredis.client.PubSub":
        # No retry: a connection that breaks must be seen to break.
        redis = aioredis.Redis.from_url(
            settings.REDIS_CACHE_URL,
            socket_timeout=None,
            socket_connect_timeout=1,
            retry=None,
        )
        pubsub = redis.pubsub()
        try:
            await pubsub.subscribe(CHANNEL)
        except RedisError as error:
            raise OSError("Redis is away") from error
        return pubsub

    async def run(self, pubsub: "aioredis.client.PubSub") -> None:
        try:
            while True:
                await pubsub.parse_response(block=True)
        except (RedisError, OSError) as error:
            logger.warning("redis_lost", error=type(error).__name__)
        for holder in list(self.holders):
            await holder.close_for_reconnect()
        self.holders.clear()


lifeline = Lifeline()
