"""One Redis subscription per process, and who in this process listens for whom.

Every process hears every fact and keeps those of its own users: no subscription comes
or goes with a socket, so there is nothing to lose track of. When the subscription
breaks, facts may have been missed; every socket is then closed with "come back", and
its client catches up.
"""

import asyncio
import json
from collections import defaultdict
from typing import Any, Protocol

import structlog
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import Error as DatabaseError
from prometheus_client import Counter
from redis import RedisError
from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from accounts.revocation import ended_among
from common.redis import RedisAwayError
from realtime.publish import CHANNEL
from realtime.seats import seats, stay_alive

logger = structlog.get_logger(__name__)

CONNECT_SECONDS = 1
PULSE_SECONDS = 0.5
SILENCE_SECONDS = 20


LOST = Counter(
    "taskmanager_subscriptions_lost",
    "Times Redis was lost, and every socket sent away to come back.",
)


class HubDownError(Exception):
    """There is no subscription, and none can be had now."""


class Listener(Protocol):
    user_id: int
    session_id: int

    def hear(self, fact: dict[str, Any]) -> None: ...
    async def close_for_reconnect(self) -> None: ...


class Hub:
    def __init__(self) -> None:
        self.listeners: dict[int, set[Listener]] = defaultdict(set)
        self.lock = asyncio.Lock()
        self.task: asyncio.Task[None] | None = None

    async def join(self, listener: Listener) -> None:
        """From now on `listener` hears its user's facts. Raises HubDownError."""
        async with self.lock:
            if self.task is None:
                self.task = asyncio.create_task(self.run(await subscribe()))
            self.listeners[listener.user_id].add(listener)

    def leave(self, listener: Listener) -> None:
        mine = self.listeners.get(listener.user_id, set())
        mine.discard(listener)
        if not mine:
            self.listeners.pop(listener.user_id, None)

    @property
    def count(self) -> int:
        return sum(len(mine) for mine in self.listeners.values())

    async def run(self, pubsub: PubSub) -> None:
        pulse = asyncio.create_task(self.pulse())
        try:
            await self.listen(pubsub)
        except (RedisError, OSError) as error:
            LOST.inc()
            logger.warning("facts_lost", error=type(error).__name__)
        finally:
            pulse.cancel()
            self.task = None  # who comes from now on needs a new subscription
            await self.send_away()
            await close(pubsub)

    async def pulse(self) -> None:
        """Twice a second: say that this process lives, and look for ended sessions.

        Pub/sub may lose a message; the mark that a session leaves when it ends does
        not get lost with it.
        """
        while True:
            await asyncio.sleep(PULSE_SECONDS)
            try:
                await asyncio.to_thread(stay_alive)
                await seats.tell_again()
            except RedisAwayError:
                pass
            try:
                await self.end_sessions()
            except DatabaseError as error:
                logger.warning("sessions_not_checked", error=type(error).__name__)

    async def end_sessions(self) -> None:
        everyone = [each for mine in self.listeners.values() for each in mine]
        sessions = {listener.session_id for listener in everyone}
        ended = await database_sync_to_async(ended_among)(sessions)
        for listener in everyone:
            if listener.session_id in ended:
                fact = {"type": "session_ended", "session": listener.session_id}
                listener.hear(fact)

    async def listen(self, pubsub: PubSub) -> None:
        """Until the connection breaks, or two pings in a row stay unanswered."""
        unanswered = 0
        while unanswered <= 1:
            message = await pubsub.get_message(timeout=SILENCE_SECONDS)
            if message is None:
                unanswered += 1
                await pubsub.ping()
            else:
                unanswered = 0
                self.dispatch(message)

    def dispatch(self, message: dict[str, Any]) -> None:
        if message["type"] != "message":
            return
        user_id, fact = json.loads(message["data"])
        for listener in self.listeners.get(user_id, ()):
            listener.hear(fact)

    async def send_away(self) -> None:
        everyone = [each for mine in self.listeners.values() for each in mine]
        self.listeners.clear()
        closing = (listener.close_for_reconnect() for listener in everyone)
        await asyncio.gather(*closing, return_exceptions=True)


async def subscribe() -> PubSub:
    # No retry: a connection that breaks must be seen to break. No read timeout:
    # redis-py's default of 5 s would take a quiet channel for a dead one.
    redis = Redis.from_url(
        settings.REDIS_CACHE_URL,
        socket_timeout=None,
        socket_connect_timeout=CONNECT_SECONDS,
        retry=None,
    )
    pubsub = redis.pubsub()
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            await pubsub.subscribe(CHANNEL)
    except (RedisError, OSError) as error:
        await close(pubsub)
        raise HubDownError from error
    return pubsub


async def close(pubsub: PubSub) -> None:
    await pubsub.aclose()  # type: ignore[no-untyped-call]
    await pubsub.connection_pool.disconnect()


hub = Hub()
