"""What a socket may do and how long it lives, over a real server."""

import os
import socket as sockets
import struct
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import redis
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from devstack import ports
from devstack.programs import Gunicorn
from devstack.stack import Stack
from realtime import consumers
from tests.stack.people import Person, Socket, closing_code, eventually

MAX_BYTES = 64 * 1024


@pytest.fixture
def hasty(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A second realtime program beside the stack's: pings each second, lives four."""
    server = Gunicorn(
        "realtime",
        tmp_path_factory.mktemp("hasty"),
        stack.log,
        environment={**os.environ, **stack.environment},
        port=ports.free_port(),
        application="tests.stack.hasty:application",
        options=["-k", "asgi"],
        health="/health/live/",
    )
    server.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


def address(realtime_url: str) -> str:
    return realtime_url.replace("http", "ws") + "/ws/"


def seats_taken(stack: ExitStack, person: Person, count: int) -> list[Socket]:
    return [stack.enter_context(person.socket()) for _ in range(count)]


def is_let_in(person: Person, url: str | None = None) -> bool:
    """Whether this person gets one socket more, which is closed again."""
    with connect(address(url or person.stack.realtime_url)) as connection:
        socket = Socket(connection)
        socket.say({"type": "auth", "ticket": person.ticket()})
        try:
            socket.hear("ready")
        except ConnectionClosed:
            reason = (connection.close_code, connection.close_reason)
            assert reason == (1008, "too_many_sockets")
            return False
        return True


# --- Frames -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ('{"type": "pong", "x": "' + "x" * MAX_BYTES + '"}', 1009),
        (['{"type": "pong", "x": "', *["x" * 1_024] * 64, '"}'], 1009),
        ("é" * (MAX_BYTES // 2 + 1), 1009),
        (b'{"type": "pong"}', 1003),
        ("not json", 1008),
        ('{"type": "subscribe"}', 1008),
        ("[" * (MAX_BYTES // 2) + "]" * (MAX_BYTES // 2), 1008),
    ],
    ids=["long", "long in parts", "long in bytes", "binary", "text", "odd", "deep"],
)
def test_an_odd_frame_closes_it_and_disturbs_nobody(
    person: Person, frame: str | bytes | list[str], code: int
) -> None:
    with person.socket() as bystander, person.socket() as socket:
        socket.connection.send(frame)
        assert closing_code(socket) == code
        person.create("still here")
        assert bystander.hear("task")["verb"] == "created"


def test_a_frame_of_just_64_kib_is_read(person: Person) -> None:
    start, end = '{"type": "pong", "x": "', '"}'
    with person.socket() as socket:
        socket.connection.send(start + "x" * (MAX_BYTES - len(start + end)) + end)
        person.create("still here")
        assert socket.hear("task")["verb"] == "created"


# --- Who gets in ------------------------------------------------------------------


def test_who_says_nothing_is_sent_away(stack: Stack) -> None:
    with connect(address(stack.realtime_url)) as connection:
        assert closing_code(Socket(connection)) == 1008


def test_a_ticket_is_good_for_half_a_minute(stack: Stack, person: Person) -> None:
    ticket = person.ticket()
    key = f"realtime:ticket:{ticket}"
    valkey = redis.Redis.from_url(stack.environment["REDIS_URL"])
    assert 0 < valkey.pttl(key) <= 30_000
    valkey.pexpire(key, 1)
    eventually(lambda: not valkey.exists(key))

    with connect(address(stack.realtime_url)) as connection:
        socket = Socket(connection)
        socket.say({"type": "auth", "ticket": ticket})
        assert closing_code(socket) == 1008


def test_a_person_has_ten_sockets_over_all_processes(
    stack: Stack, person: Person, hasty: str
) -> None:
    stranger = Person.register(stack)
    with ExitStack() as opened:
        first, *_ = seats_taken(opened, person, 10)
        assert not is_let_in(person)
        assert not is_let_in(person, hasty)
        assert is_let_in(stranger)

        first.connection.close()
        eventually(lambda: is_let_in(person, hasty))
    eventually(lambda: is_let_in(person))


def test_a_browser_that_vanishes_leaves_its_seats(person: Person) -> None:
    with ExitStack() as opened:
        for socket in seats_taken(opened, person, 10):
            reset(socket.connection)
        eventually(lambda: is_let_in(person))


def reset(connection: ClientConnection) -> None:
    """Close without a good-bye, not even TCP's."""
    wire = connection.socket
    wire.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
    wire.close()


def test_a_killed_process_leaves_its_seats(stack: Stack, person: Person) -> None:
    with ExitStack() as opened:
        seats_taken(opened, person, 10)
        stack.kill("realtime")
        stack.start("realtime")
        eventually(lambda: is_let_in(person))


# --- How it ends ------------------------------------------------------------------


def test_a_log_out_is_heard_while_no_worker_runs(stack: Stack, person: Person) -> None:
    stack.stop("worker")
    with person.socket() as socket:
        body = {"refresh": person.refresh}
        assert person.call("POST", "/api/auth/logout/", body).status_code == 204
        socket.hear("session_ended")
        assert closing_code(socket) == 1008


def test_it_pings_and_is_sent_for_a_new_ticket(person: Person, hasty: str) -> None:
    with person.socket(hasty) as socket:
        assert socket.hear("ping") == {"type": "ping"}
        socket.say({"type": "pong"})
        assert socket.hear("ping")
        assert closing_code(socket) == 1012


def test_the_clocks_are_as_promised() -> None:
    assert consumers.AUTH_SECONDS == 5
    assert consumers.PING_SECONDS == 25
    assert consumers.LIFE_SECONDS == 12 * 3600


def test_a_killed_process_is_caught_up_with(stack: Stack, person: Person) -> None:
    with person.socket() as socket:
        cursor = socket.cursor
        stack.kill("realtime")
        missed = person.create("while nobody listened").json()
        stack.start("realtime")
    with person.socket():
        feed = person.call("GET", f"/api/tasks/changes/?since={cursor}").json()
    assert [task["id"] for task in feed["results"]] == [missed["id"]]
