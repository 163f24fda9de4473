"""What a socket refuses before it knows who is there; none of it asks the database."""

import json

import pytest
from pytest_django import Settings

from realtime import consumers
from realtime.tests.sockets import (
    GENEROUS_SECONDS,
    Socket,
    opened,
    play,
    talk_to_server,
)


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "not json",
        "null",
        "[]",
        "5",
        '"auth"',
        "{}",
        '{"type": "subscribe"}',
        '{"type": ["auth"]}',
        '{"type": "auth"}',
        '{"type": "auth", "ticket": null}',
        '{"type": "auth", "ticket": 5}',
        '{"type": "auth", "ticket": ["x"]}',
        '{"type": "auth", "ticket": ""}',
        '{"type": "auth", "ticket": "wrong"}',
        '{"type": "auth", "ticket": "\\ud800"}',
        '{"type": "auth", "ticket": "\\u0000\\r\\nFLUSHALL"}',
        '{"type": "auth", "ticket": "' + "x" * 65 + '"}',
        "[" * 20_000 + "]" * 20_000,
        "9" * 5_000,
        '{"type": "pong", "padding": "' + "x" * 65_536 + '"}',
        '{"type": "pong", "padding": "' + "é" * 32_768 + '"}',
    ],
    ids=lambda frame: frame[:50],
)
def test_an_odd_frame_closes_it(frame: str) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.send_frame(text=frame)
            assert await socket.closed() == 1008

    play(scene())


def test_a_binary_frame_closes_it() -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.send_frame(bytes=b'{"type": "pong"}')
            assert await socket.closed() == 1003

    play(scene())


def test_who_says_nothing_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        async with opened() as socket:
            assert await socket.closed() == 1008

    monkeypatch.setattr(consumers, "AUTH_SECONDS", 0.05)
    play(scene())


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        ({}, True),
        ({"host": "testserver", "origin": "http://testserver"}, True),
        ({"host": "testserver", "origin": "https://testserver"}, True),
        ({"host": "testserver:8000", "origin": "http://testserver:8000"}, True),
        ({"host": "testserver", "origin": "https://app.example.org"}, True),
        ({"host": "testserver", "origin": "http://evil.example"}, False),
        ({"host": "testserver", "origin": "http://testserver.evil.example"}, False),
        ({"host": "testserver", "origin": "http://testserver:8001"}, False),
        ({"host": "testserver", "origin": "null"}, False),
        ({"host": "testserver", "origin": "http://["}, False),
        ({"host": "testserver", "origin": "\u00ff"}, False),
    ],
)
def test_only_this_sites_pages_may_connect(
    settings: Settings, headers: dict[str, str], may: bool
) -> None:
    async def scene() -> None:
        socket = Socket("/ws/", headers)
        assert await socket.connect() is may
        if may:
            await socket.disconnect()

    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.org"]
    play(scene())


@pytest.mark.parametrize("path", ["/", "/ws", "/ws/x/", "/api/tasks/", "/\n", "/é"])
def test_there_is_no_other_socket(path: str) -> None:
    async def scene() -> None:
        socket = Socket(path, {})
        assert not await socket.connect()

    play(scene())


@pytest.mark.parametrize(
    ("path", "status"), [("/health/live/", 200), ("/api/tasks/", 404), ("/", 404)]
)
def test_by_http_it_answers_for_its_health_only(path: str, status: int) -> None:
    async def scene() -> None:
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        http = talk_to_server(scope)
        start = await http.receive_output(GENEROUS_SECONDS)
        end = await http.receive_output(GENEROUS_SECONDS)
        assert start["status"] == status
        assert json.loads(end["body"])["status"] in ("ok", "not_found")

    play(scene())


def test_it_starts_and_stops_with_its_server() -> None:
    async def scene() -> None:
        server = talk_to_server({"type": "lifespan"})
        for step in ("startup", "shutdown"):
            await server.send_input({"type": f"lifespan.{step}"})
            said = await server.receive_output(GENEROUS_SECONDS)
            assert said == {"type": f"lifespan.{step}.complete"}
        await server.wait(GENEROUS_SECONDS)

    play(scene())
