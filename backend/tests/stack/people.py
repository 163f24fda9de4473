"""People who use the stack from outside, over HTTP and WebSocket, as anybody would."""

import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import pytest
import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

T = TypeVar("T")
PASSWORD = "correct-horse-battery"


class Site(Protocol):
    """Where the API and its sockets are, without a path."""

    @property
    def web_url(self) -> str: ...

    @property
    def realtime_url(self) -> str: ...


@dataclass
class Person:
    """Somebody with an account, an access token and a refresh token."""

    stack: Site
    name: str
    access: str
    refresh: str

    @classmethod
    def register(cls, stack: Site) -> "Person":
        name = f"p{secrets.token_hex(6)}"
        answer = requests.post(
            f"{stack.web_url}/api/auth/register/",
            json={
                "username": name,
                "email": f"{name}@example.org",
                "password": PASSWORD,
            },
            timeout=30,
        )
        assert answer.status_code == 201, answer.text
        body = answer.json()
        return cls(stack, name, body["access"], body["refresh"])

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
    ) -> requests.Response:
        return requests.request(
            method,
            f"{self.stack.web_url}{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.access}", **(headers or {})},
            timeout=30,
        )

    def create(self, title: str, **headers: str) -> requests.Response:
        return self.call("POST", "/api/tasks/", {"title": title}, headers=headers)

    def sign_in(self, password: str = PASSWORD) -> requests.Response:
        """A new session, in the place of the one before; or what was answered else."""
        answer = requests.post(
            f"{self.stack.web_url}/api/auth/token/",
            json={"username": self.name, "password": password},
            timeout=30,
        )
        if answer.ok:
            self.access = answer.json()["access"]
            self.refresh = answer.json()["refresh"]
        return answer

    def spend(self, refresh: str) -> requests.Response:
        return self.call("POST", "/api/auth/token/refresh/", {"refresh": refresh})

    def pages(self, path: str) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        link: str | None = f"{self.stack.web_url}{path}?limit=100"
        while link:
            headers = {"Authorization": f"Bearer {self.access}"}
            page = requests.get(link, headers=headers, timeout=30).json()
            yield from page["results"]
            link = page["next"]

    def titles(self, path: str) -> list[str]:
        return sorted(item["title"] for item in self.pages(path))

    def ticket(self) -> str:
        return str(self.call("POST", "/api/realtime/ticket/").json()["ticket"])

    @contextmanager
    def socket(self, url: str | None = None) -> Iterator["Socket"]:
        """A socket that has said its ticket and heard `ready`."""
        address = (url or self.stack.realtime_url).replace("http", "ws") + "/ws/"
        with connect(address) as connection:
            socket = Socket(connection)
            socket.say({"type": "auth", "ticket": self.ticket()})
            socket.cursor = socket.hear("ready")["cursor"]
            yield socket


class Socket:
    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.cursor = ""

    def say(self, message: dict[str, Any]) -> None:
        self.connection.send(json.dumps(message))

    def hear(self, kind: str, seconds: float = 15) -> dict[str, Any]:
        """The next message of this kind; others on the way are skipped."""
        deadline = time.monotonic() + seconds
        while True:
            left = max(0.01, deadline - time.monotonic())
            message: dict[str, Any] = json.loads(self.connection.recv(timeout=left))
            if message["type"] == kind:
                return message


def closing_code(socket: Socket) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        socket.hear("nothing of this kind", seconds=20)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def at_once(calls: Iterable[Callable[[], T]]) -> list[T]:
    """Make all calls at the same time, each in a thread; answers in their order."""
    calls = list(calls)
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def eventually(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until it holds; fail after `seconds`, which is no bar but an end."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.1)
