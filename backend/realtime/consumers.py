"""One open browser: authenticated by a ticket, told small facts, nothing else."""

import asyncio
import contextlib
import json
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from redis.exceptions import RedisError

from accounts.revocation import is_revoked
from common.redis import RedisAwayError
from realtime.lifeline import lifeline
from realtime.publish import group_of
from realtime.services import redeem_ticket
from tasks.feed import latest_cursor

AUTH_SECONDS = 5
PING_SECONDS = 25
LIFE_SECONDS = 12 * 3600
MAX_FRAME_BYTES = 64 * 1024
MAX_TICKET_LENGTH = 64

# RFC 6455 §7.4.1
UNSUPPORTED_DATA = 1003
POLICY_VIOLATION = 1008
SERVICE_RESTART = 1012
TRY_AGAIN_LATER = 1013


class FactsConsumer(AsyncWebsocketConsumer):
    """`{"type": "auth", "ticket"}` in, `ready` out, then facts until it closes."""

    user_id: int | None = None
    session_id: int | None = None
    timers: list["asyncio.Task[None]"]

    async def connect(self) -> None:
        self.timers = [self.later(AUTH_SECONDS, self.close_unless_authenticated)]
        await self.accept()

    async def disconnect(self, code: int) -> None:
        for timer in self.timers:
            timer.cancel()
        lifeline.forget(self)
        if self.user_id is not None:
            with contextlib.suppress(Exception):
                await self.channel_layer.group_discard(
                    group_of(self.user_id), self.channel_name
                )

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None
    ) -> None:
        if text_data is None:
            await self.close(UNSUPPORTED_DATA)
            return
        message = read_message(text_data)
        if self.user_id is None and message and message.get("type") == "auth":
            await self.authenticate(message.get("ticket"))
        elif not (message and message.get("type") == "pong"):
            await self.close(POLICY_VIOLATION)

    async def authenticate(self, ticket: Any) -> None:
        try:
            identity = await self.identify(ticket)
            if identity is None:
                await self.close(POLICY_VIOLATION)
                return
            await self.start(*identity)
        except (RedisAwayError, RedisError, OSError):
            await self.close(TRY_AGAIN_LATER)

    async def identify(self, ticket: Any) -> tuple[int, int] | None:
        if not isinstance(ticket, str) or len(ticket) > MAX_TICKET_LENGTH:
            return None
        identity = await asyncio.to_thread(redeem_ticket, ticket)
        if identity is None or await database_sync_to_async(is_revoked)(identity[1]):
            return None
        return identity

    async def start(self, user_id: int, session_id: int) -> None:
        """Subscribe first, read the cursor second: no fact falls in between."""
        self.user_id, self.session_id = user_id, session_id
        await lifeline.hold(self)
        await self.channel_layer.group_add(group_of(user_id), self.channel_name)
        cursor = await database_sync_to_async(latest_cursor)(user_id)
        self.timers.append(self.later(LIFE_SECONDS, self.close_at_end_of_life))
        self.timers.append(asyncio.create_task(self.ping()))
        await self.say({"type": "ready", "cursor": cursor.encode()})

    async def fact(self, message: dict[str, Any]) -> None:
        """A fact from the channel layer."""
        fact = message["fact"]
        if fact["type"] != "session_ended":
            await self.say(fact)
        elif fact["session"] == self.session_id:
            await self.say({"type": "session_ended"})
            await self.close(POLICY_VIOLATION)

    async def say(self, message: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(message, separators=(",", ":")))

    async def ping(self) -> None:
        """Keeps proxies from closing a quiet connection, and finds dead ones."""
        while True:
            await asyncio.sleep(PING_SECONDS)
            await self.say({"type": "ping"})

    async def close_unless_authenticated(self) -> None:
        if self.user_id is None:
            await self.close(POLICY_VIOLATION)

    async def close_at_end_of_life(self) -> None:
        await self.close(SERVICE_RESTART)

    async def close_for_reconnect(self) -> None:
        """Facts may have been missed: the client comes back and catches up."""
        await self.close(SERVICE_RESTART)

    def later(self, seconds: float, act: Any) -> "asyncio.Task[None]":
        async def wait() -> None:
            await asyncio.sleep(seconds)
            await act()

        return asyncio.create_task(wait())


def read_message(text: str) -> dict[str, Any] | None:
    """The frame as an object, or None for anything else."""
    if len(text.encode(errors="surrogatepass")) > MAX_FRAME_BYTES:
        return None
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None
