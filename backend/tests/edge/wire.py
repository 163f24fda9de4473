"""Raw bytes to nginx and all that comes back; and what web says it was asked."""

import contextlib
import http.client
import io
import json
import re
import secrets
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from devstack.stack import Stack

END_SECONDS = 30
"""When a test gives up waiting: an end, and no bar that anything is measured by."""


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Wire:
    """One connection to nginx."""

    def __init__(self, port: int, *, receive_buffer: int | None = None) -> None:
        self.socket = socket.socket()
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(END_SECONDS)
        self.socket.connect(("127.0.0.1", port))

    def send(self, raw: bytes) -> None:
        # nginx may have closed on what it has seen so far.
        with contextlib.suppress(ConnectionError):
            self.socket.sendall(raw)

    def read(self) -> bytes:
        """Everything until nginx closes."""
        received = b""
        with contextlib.suppress(ConnectionError):
            while more := self.socket.recv(65536):
                received += more
        return received

    def close(self) -> None:
        self.socket.close()


@dataclass
class Site:
    stack: Stack

    @property
    def port(self) -> int:
        return int(self.stack.url.rpartition(":")[2])

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        body: Any = None,
        source: str = "127.0.0.1",
    ) -> Answer:
        """One request on a connection of its own; a body is sent as JSON."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(source, 0)
        )
        sent = {"Host": self.host, "Content-Type": "application/json"}
        raw = None if body is None else json.dumps(body).encode()
        with contextlib.closing(connection):
            connection.request(method, path, raw, {**sent, **(headers or {})})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    def exchange(self, raw: bytes) -> bytes:
        """What comes back for these bytes until nginx closes the connection."""
        wire = Wire(self.port)
        with contextlib.closing(wire):
            wire.send(raw)
            return wire.read()

    def register(self) -> tuple[str, dict[str, str]]:
        """Somebody new: their name, and the headers that say who they are."""
        name = f"p{secrets.token_hex(6)}"
        body = {
            "username": name,
            "email": f"{name}@example.org",
            "password": "correct-horse-battery",
        }
        answer = self.ask("POST", "/api/auth/register/", body=body)
        assert answer.status == 201, answer.body
        access = json.loads(answer.body)["access"]
        return name, {"Authorization": f"Bearer {access}"}

    def asked_of_web(self) -> list[dict[str, Any]]:
        """Each request that web has answered so far, oldest first."""
        mark = secrets.token_hex(16)
        self.ask("GET", "/health/live/", headers={"X-Request-ID": mark})
        # The log is written by another thread; that last request is its end.
        deadline = time.monotonic() + END_SECONDS
        while mark not in (said := (self.stack.home.path / "stack.log").read_text()):
            assert time.monotonic() < deadline, "web did not log its last request"
            time.sleep(0.01)
        lines = re.findall(r'^web +\| (\{"request".*\})$', said, re.MULTILINE)
        return [json.loads(line) for line in lines]


def split_answers(received: bytes) -> list[Answer]:
    """Each answer in what came over one connection; interim ones (1xx) as well."""
    answers = []
    stream = io.BytesIO(received)
    while stream.tell() < len(received):
        status = int(stream.readline().split()[1])
        headers = http.client.parse_headers(stream)
        if headers.get("Transfer-Encoding") == "chunked":
            body = b"".join(_chunks(stream))
        else:
            body = stream.read(int(headers.get("Content-Length") or 0))
        answers.append(Answer(status, headers, body))
    return answers


def _chunks(stream: io.BytesIO) -> Iterator[bytes]:
    size = None
    while size != 0:
        size = int(stream.readline(), 16)
        yield stream.read(size)
        stream.readline()
