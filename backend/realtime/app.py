"""The ASGI application of the realtime program."""

from typing import Any

import structlog
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path, re_path
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, Gauge

from common.identity import is_origin_of
from common.scrape import program_text
from realtime.consumers import POLICY_VIOLATION, FactsConsumer, strangers
from realtime.hub import hub

logger = structlog.get_logger(__name__)


def is_same_origin(scope: dict[str, Any]) -> bool:
    """Browsers always send Origin; scripts without one have no cookies to abuse."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    if not origin or origin in settings.CORS_ALLOWED_ORIGINS:
        return True
    host = headers.get(b"host", b"").decode("latin-1")
    return is_origin_of(host, origin)


class OriginGate:
    """Channels accepts any Origin unless told otherwise; refuse foreign ones."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if is_same_origin(scope):
            await self.inner(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})


class FailureLog:
    """Says what broke a socket, in our log: the server has one of its own."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await self.inner(scope, receive, send)
        except Exception:
            logger.exception("socket_failed")
            raise


class NoSuchSocket:
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})


OPEN_SOCKETS = Gauge("taskmanager_sockets", "Open sockets.", ["state"])
OPEN_SOCKETS.labels("ready").set_function(lambda: hub.count)
OPEN_SOCKETS.labels("stranger").set_function(lambda: len(strangers.addresses))


async def answer_http(scope: Any, _receive: Any, send: Any) -> None:
    """Health and metrics, and nothing else: the API is the web program's."""
    status, kind = 200, "application/json"
    if scope["path"] == "/health/live/":
        body = b'{"status": "ok"}'
    elif scope["path"] == "/metrics":
        body, kind = program_text(), CONTENT_TYPE_PLAIN_0_0_4
    else:
        status, body = 404, b'{"status": "not_found"}'
    headers = {"content-type": kind, "content-length": str(len(body))}
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (name.encode(), text.encode()) for name, text in headers.items()
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})


async def answer_lifespan(_scope: Any, receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


sockets = URLRouter(
    [
        path("ws/", FactsConsumer.as_asgi()),
        re_path("", NoSuchSocket()),  # type: ignore[arg-type]
    ]
)

application = ProtocolTypeRouter(
    {
        "http": answer_http,
        "lifespan": answer_lifespan,
        "websocket": FailureLog(OriginGate(sockets)),
    }
)
