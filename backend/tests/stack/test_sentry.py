"""What a Sentry gets of real errors in real processes, and what it never gets."""

import gzip
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import pytest
import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from devstack import ports
from devstack.paths import BACKEND
from devstack.postgres import Postgres
from devstack.programs import Gunicorn
from devstack.stack import Stack
from tests.stack.people import PASSWORD, Person, at_once, eventually

Event = dict[str, Any]
TITLE = "a title nobody else has"
COOKIE = "a-cookie-nobody-else-has"


class Envelopes(BaseHTTPRequestHandler):
    server: "Sentry"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_packed = self.headers.get("Content-Encoding") == "gzip"
        self.server.bodies.append(gzip.decompress(body) if is_packed else body)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        pass


class Sentry(ThreadingHTTPServer):
    """Takes envelopes: https://develop.sentry.dev/sdk/data-model/envelopes/"""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Envelopes)
        self.bodies: list[bytes] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def dsn(self) -> str:
        return f"http://key@127.0.0.1:{self.server_address[1]}/1"

    @property
    def text(self) -> str:
        return b"\n".join(self.bodies).decode()

    def events(self, kind: str) -> list[Event]:
        """What was reported with an exception of this type at its end."""
        found = []
        for body in list(self.bodies):
            _, item, payload, *_ = body.split(b"\n")
            assert json.loads(item)["type"] == "event"
            found.append(json.loads(payload))
        return [e for e in found if e["exception"]["values"][-1]["type"] == kind]

    def of_request(self, request_id: str) -> list[Event]:
        """The same, of what PostgreSQL refused, for one request."""
        events = self.events("IntegrityError")
        return [e for e in events if e["tags"].get("request_id") == request_id]


@pytest.fixture(scope="module")
def sentry() -> Iterator[Sentry]:
    with Sentry() as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sentry: Sentry) -> Iterator[Stack]:
    settings = {
        "SENTRY_DSN": sentry.dsn,
        "SENTRY_ENVIRONMENT": "tried",
        "LOG_LEVEL": "INFO",
    }
    home = tmp_path_factory.mktemp("sentry")
    programs = ("web", "worker")
    with Stack(home, programs=programs, nginx=False, settings=settings) as stack:
        yield stack


@contextmanager
def refused(stack: Stack, table: str) -> Iterator[None]:
    """Inside the block, PostgreSQL refuses the title, and quotes the row it is in."""
    postgres = stack.services["postgres"]
    assert isinstance(postgres, Postgres)
    rule = f"ADD CONSTRAINT no_title CHECK (title <> '{TITLE}') NOT VALID"
    postgres.execute(f"ALTER TABLE {table} {rule}")
    try:
        yield
    finally:
        postgres.execute(f"ALTER TABLE {table} DROP CONSTRAINT no_title")


def expect_nothing_personal(sentry: Sentry, stack: Stack, *secrets: str) -> None:
    for event in sentry.events("IntegrityError"):
        assert not {"user", "request", "extra"} & set(event)
        assert not event.get("breadcrumbs", {}).get("values")
        for exception in event["exception"]["values"]:
            assert "\n" not in exception["value"]
            frames = exception["stacktrace"]["frames"]
            assert not any("vars" in frame for frame in frames)
    names = ("secret_key", "jwt_signing_key", "database_password", "redis_password")
    for secret in (*secrets, PASSWORD, TITLE, *map(stack.home.secret, names)):
        assert secret not in sentry.text


def test_an_error_of_a_request_is_reported_with_its_id_and_no_more(
    site: Stack, sentry: Sentry
) -> None:
    person = Person.register(site)
    headers = {"X-Request-ID": "reported-by-web", "Cookie": f"refresh={COOKIE}"}

    with refused(site, "tasks_task"):
        answer = person.create(TITLE, **headers)

    assert answer.status_code == 500
    eventually(lambda: bool(sentry.of_request("reported-by-web")))
    (event,) = sentry.of_request("reported-by-web")  # once, however often it was logged
    assert event["tags"] == {
        "request_id": "reported-by-web",
        "event": "request_failed",
        "logger": "common.request_log",
    }
    assert (event["environment"], event["release"]) == ("tried", "0.1.0")
    assert "violates check constraint" in event["exception"]["values"][-1]["value"]
    expect_nothing_personal(sentry, site, person.access, person.refresh, COOKIE)


def test_an_error_of_a_job_is_reported_with_the_request_it_followed_from(
    site: Stack, sentry: Sentry
) -> None:
    person = Person.register(site)
    request_id = "reported-by-worker"

    with refused(site, "notifications_notification"):
        answer = person.create(TITLE, **{"X-Request-ID": request_id})
        assert answer.status_code == 201
        eventually(lambda: bool(sentry.of_request(request_id)))

    tags = sentry.of_request(request_id)[0]["tags"]
    assert tags["event"] == "event_not_relayed"
    assert tags["task_id"]
    expect_nothing_personal(sentry, site, person.access, person.refresh)


def test_an_error_of_a_socket_is_reported(
    site: Stack, sentry: Sentry, tmp_path: Path
) -> None:
    server = Gunicorn(
        "realtime",
        tmp_path,
        site.log,
        environment={**os.environ, **site.environment},
        port=ports.free_port(),
        application="tests.stack.failing:application",
        options=["-k", "asgi"],
        health="/health/live/",
    )
    with server, connect(f"ws://127.0.0.1:{server.port}/ws/") as connection:
        ticket = "a-ticket-nobody-else-has"
        connection.send(json.dumps({"type": "auth", "ticket": ticket}))
        with pytest.raises(ConnectionClosed):
            connection.recv(timeout=30)
        eventually(lambda: bool(sentry.events("ZeroDivisionError")))

    (event,) = sentry.events("ZeroDivisionError")
    assert event["tags"]["event"] == "socket_failed"
    assert event["exception"]["values"][-1]["value"] == "an error"
    assert ticket not in sentry.text


def test_a_beat_that_cannot_go_on_is_reported(
    site: Stack, sentry: Sentry, tmp_path: Path
) -> None:
    before = len(sentry.bodies)
    (tmp_path / "file").touch()  # where it wants a directory
    beat = ["celery", "-A", "config", "--quiet", "beat", "--pidfile="]
    done = subprocess.run(
        [sys.executable, "-m", *beat, "-s", str(tmp_path / "file" / "schedule")],
        cwd=BACKEND,
        env={**os.environ, **site.environment},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode != 0
    eventually(lambda: len(sentry.bodies) > before)
    events = [json.loads(body.split(b"\n")[2]) for body in sentry.bodies[before:]]
    assert {event["tags"]["logger"] for event in events} == {"celery.beat"}
    assert all(set(event["tags"]) == {"logger"} for event in events)


def test_a_sentry_that_hangs_holds_up_no_request(
    site: Stack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dsn = f"http://key@127.0.0.1:{silent.getsockname()[1]}/1"
        home = tmp_path_factory.mktemp("hanging")
        settings = {"SENTRY_DSN": dsn, "WEB_CONCURRENCY": "1"}
        with Stack(home, programs=["web"], nginx=False, settings=settings) as stack:
            person = Person.register(stack)
            with refused(stack, "tasks_task"):
                # More than may wait; each would be sent for half a minute.
                answers = at_once([lambda: person.create(TITLE)] * 50)
            assert {answer.status_code for answer in answers} == {500}
            assert requests.get(f"{stack.web_url}/health/ready/", timeout=10).ok


def test_a_sentry_that_is_none_is_refused_at_the_start(site: Stack) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=BACKEND,
        env={**os.environ, **site.environment, "SENTRY_DSN": "sentry.example.org"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "SENTRY_DSN cannot be used" in done.stderr
