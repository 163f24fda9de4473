"""One open browser: authenticated by a ticket, told small facts, nothing else."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error as DatabaseError

from accounts.revocation import is_revoked
from common.redis import RedisAwayError
from realtime.hub import HubDownError, hub
from realtime.seats import seats
from realtime.services import redeem_ticket
from tasks.feed import latest_cursor

AUTH_SECONDS = 5
PING_SECONDS = 25
LIFE_SECONDS = 12 * 3600
MAX_STRANGERS = 100
MAX_FRAME_BYTES = 64 * 1024
MAX_TICKET_LENGTH = 64
MAX_WAITING_FACTS = 1_000

# RFC 6455 §7.4.1 and the IANA registry it names
UNSUPPORTED_DATA = 1003
POLICY_VIOLATION = 1008
SERVICE_RESTART = 1012
TRY_AGAIN_LATER = 1013

Fact = dict[str, Any]


class FactsConsumer(AsyncWebsocketConsumer):
    """`{"type": "auth", "ticket"}` in, `ready` out, then facts until it closes."""

    user_id: int = 0  # 0: not authenticated
    session_id: int = 0
    has_seat = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.duties: list[asyncio.Task[None]] = []
        self.facts: asyncio.Queue[Fact] = asyncio.Queue(MAX_WAITING_FACTS)
        try:
            await super().__call__(scope, receive, send)
        finally:  # however it ends: who leaves holds nothing
            await self.leave()

    async def leave(self) -> None:
        hub.leave(self)
        strangers.discard(self)
        for duty in self.duties:
            duty.cancel()
        if self.has_seat:
            self.has_seat = False
            await seats.give_back(self.user_id)

    async def connect(self) -> None:
        if not strangers.add(self, address_in(self.scope)):
            await self.close()  # before it is accepted: the handshake gets a 403
            return
        self.duties = [later(AUTH_SECONDS, self.close_unless_authenticated)]
        await self.accept()

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None
    ) -> None:
        if text_data is None:
            await self.close(UNSUPPORTED_DATA)
            return
        message = read_message(text_data)
        if message and message.get("type") == "auth" and not self.user_id:
            await self.authenticate(message.get("ticket"))
        elif not (message and message.get("type") == "pong"):
            await self.close(POLICY_VIOLATION)

    async def authenticate(self, ticket: Any) -> None:
        try:
            identity = await self.identify(ticket)
            if identity is None:
                await self.close(POLICY_VIOLATION)
            else:
                await self.start(*identity)
        except (RedisAwayError, HubDownError, DatabaseError):
            hub.leave(self)
            await self.close(TRY_AGAIN_LATER)

    async def identify(self, ticket: Any) -> tuple[int, int] | None:
        if not (isinstance(ticket, str) and ticket.isascii()):
            return None
        if len(ticket) > MAX_TICKET_LENGTH:
            return None
        return await asyncio.to_thread(redeem_ticket, ticket)

    async def start(self, user_id: int, session_id: int) -> None:
        """Listen first, read the cursor second: no fact falls in between."""
        self.user_id, self.session_id = user_id, session_id
        strangers.discard(self)
        self.has_seat = await seats.take(user_id)
        if not self.has_seat:
            await self.close(POLICY_VIOLATION, "too_many_sockets")
            return
        await hub.join(self)
        # After joining, so that a log-out is either seen here or heard as a fact.
        if await database_sync_to_async(is_revoked)(session_id):
            await self.close(POLICY_VIOLATION)
            return
        cursor = await database_sync_to_async(latest_cursor)(user_id)
        await self.say({"type": "ready", "cursor": cursor.encode()})
        self.duties += [
            asyncio.create_task(self.tell()),
            asyncio.create_task(self.ping()),
            later(LIFE_SECONDS, self.close_for_reconnect),
        ]

    def hear(self, fact: Fact) -> None:
        """A fact from the hub; a socket too slow to take them all is sent away."""
        try:
            self.facts.put_nowait(fact)
        except asyncio.QueueFull:
            self.duties.append(asyncio.create_task(self.close_for_reconnect()))

    async def tell(self) -> None:
        while True:
            fact = await self.facts.get()
            if fact["type"] != "session_ended":
                await self.say(fact)
            elif fact["session"] == self.session_id:
                hub.leave(self)
                await self.say({"type": "session_ended"})
                await self.close(POLICY_VIOLATION)
                return

    async def say(self, message: Fact) -> None:
        await self.send(text_data=json.dumps(message, separators=(",", ":")))

    async def ping(self) -> None:
        """Keeps proxies from closing a quiet connection, and finds dead ones."""
        while True:
            await asyncio.sleep(PING_SECONDS)
            await self.say({"type": "ping"})

    async def close_unless_authenticated(self) -> None:
        if not self.user_id:
            await self.close(POLICY_VIOLATION)

    async def close_for_reconnect(self) -> None:
        """The client comes back with a new ticket, and catches up."""
        await self.close(SERVICE_RESTART)


class Strangers:
    """Sockets that have not said who they are, which each may for 5 s.

    So many from one address and no more, so that nobody can hold all there are.
    """

    def __init__(self) -> None:
        self.addresses: dict[FactsConsumer, str] = {}
        self.counts: Counter[str] = Counter()

    def add(self, socket: FactsConsumer, address: str) -> bool:
        if self.counts[address] >= MAX_STRANGERS:
            return False
        self.counts[address] += 1
        self.addresses[socket] = address
        return True

    def discard(self, socket: FactsConsumer) -> None:
        address = self.addresses.pop(socket, None)
        if address is not None:
            self.counts -= Counter([address])  # which forgets those at zero


strangers = Strangers()


def address_in(scope: dict[str, Any]) -> str:
    """As `common.identity.address_of`: what nginx says, else the peer."""
    told = dict(scope["headers"]).get(b"x-real-ip", b"").decode("latin-1")
    peer = scope.get("client") or ("",)
    return told or str(peer[0])


def later(seconds: float, act: Callable[[], Awaitable[None]]) -> "asyncio.Task[None]":
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
