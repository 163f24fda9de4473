"""A browser's end of a WebSocket, without a network in between."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

from asgiref.testing import ApplicationCommunicator

from realtime.app import application

GENEROUS_SECONDS = 10


def talk_to_server(scope: dict[str, Any]) -> Any:
    return ApplicationCommunicator(application, scope)  # type: ignore[no-untyped-call]


class Socket:
    """One connection."""

    def __init__(self, path: str, headers: dict[str, str]) -> None:
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "websocket", "path": path, "headers": raw}
        self.wire = talk_to_server(scope)

    async def connect(self) -> bool:
        await self.wire.send_input({"type": "websocket.connect"})
        answer = await self.wire.receive_output(GENEROUS_SECONDS)
        return bool(answer["type"] == "websocket.accept")

    async def disconnect(self) -> None:
        await self.wire.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wire.wait(GENEROUS_SECONDS)

    async def cut_off(self) -> None:
        """As a server does that shuts down, or sees the connection break."""
        self.wire.future.cancel()
        with suppress(asyncio.CancelledError):
            await self.wire.future

    async def send(self, message: Any) -> None:
        await self.send_frame(text=json.dumps(message))

    async def send_frame(self, **frame: str | bytes) -> None:
        await self.wire.send_input({"type": "websocket.receive", **frame})

    async def hear(self) -> Any:
        output = await self.wire.receive_output(GENEROUS_SECONDS)
        assert output["type"] == "websocket.send", output
        return json.loads(output["text"])

    async def hears_nothing(self) -> bool:
        return bool(await self.wire.receive_nothing())

    async def closed(self) -> int:
        """The code it is closed with; what was said before does not matter."""
        output = await self.wire.receive_output(GENEROUS_SECONDS)
        while output["type"] == "websocket.send":
            output = await self.wire.receive_output(GENEROUS_SECONDS)
        assert output["type"] == "websocket.close", output
        code: int = output["code"]
        return code

    async def authenticate(self, ticket: str) -> Any:
        await self.send({"type": "auth", "ticket": ticket})
        return await self.hear()


@asynccontextmanager
async def opened(
    path: str = "/ws/", headers: dict[str, str] | None = None
) -> AsyncIterator[Socket]:
    socket = Socket(path, headers or {})
    assert await socket.connect()
    try:
        yield socket
    finally:
        await socket.disconnect()


def play(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scene)
