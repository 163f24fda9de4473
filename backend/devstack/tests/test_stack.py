"""The servers keep what they were given, whatever happens to them."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg2
import pytest
import redis

from devstack import ports, processes
from devstack.home import Home
from devstack.paths import BACKEND
from devstack.service import ServiceError
from devstack.stack import Stack
from devstack.tests.test_service import eventually

# More than are ever run before it first rests.
MANY_LINES = 8


def servers(home: Path, *, port: int | None = None, revive: bool = False) -> Stack:
    return Stack(
        home, port=port, programs=(), nginx=False, durable=False, revive=revive
    )


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with servers(tmp_path_factory.mktemp("stack")) as stack:
        with connect(stack) as connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept (n integer)")
        yield stack


def connect(stack: Stack) -> psycopg2.extensions.connection:
    connection = psycopg2.connect(stack.environment["DATABASE_URL"])
    connection.autocommit = True
    return connection


def cache(stack: Stack) -> redis.Redis:
    return redis.Redis.from_url(stack.environment["REDIS_URL"], decode_responses=True)


def add_row(stack: Stack) -> int:
    """How many rows there are with one more."""
    connection = connect(stack)
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO kept VALUES (1)")
            cursor.execute("SELECT count(*) FROM kept")
            row = cursor.fetchone()
            return int(row[0]) if row else 0
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_postgresql_keeps_its_rows_over_a_restart(
    running: Stack, number: signal.Signals
) -> None:
    before = add_row(running)

    running.restart("postgres", number)

    assert add_row(running) == before + 1


def test_postgresql_starts_again_after_kill_9(running: Stack) -> None:
    add_row(running)
    os.kill(running.services["postgres"].pid, signal.SIGKILL)  # its backends live on
    eventually(lambda: not running.services["postgres"].is_running)

    running.start("postgres")

    assert add_row(running) > 1


def test_valkey_keeps_its_keys_over_a_restart_and_loses_them_wiped(
    running: Stack,
) -> None:
    with cache(running) as client:
        client.set("key", "value")
    running.restart("valkey")
    with cache(running) as client:
        assert client.get("key") == "value"
        assert client.config_get("maxmemory-policy") == {
            "maxmemory-policy": "noeviction"
        }

    running.kill("valkey")
    running.wipe("valkey")
    running.start("valkey")

    with cache(running) as client:
        assert client.get("key") is None


def test_running_data_is_not_wiped(running: Stack) -> None:
    for name in ("postgres", "valkey"):
        with pytest.raises(ServiceError, match="before wiping"):
            running.wipe(name)


def test_a_taken_port_is_refused_by_name(running: Stack, tmp_path: Path) -> None:
    port = running.services["postgres"].port  # type: ignore[attr-defined]

    with (
        pytest.raises(ServiceError, match=rf"port {port} is taken by process \d+ \("),
        servers(tmp_path, port=port),
    ):
        pytest.fail("it started")


def test_a_watching_stack_revives_what_dies(tmp_path: Path) -> None:
    with servers(tmp_path, revive=True) as stack:
        before = stack.services["valkey"].pid
        os.kill(before, signal.SIGKILL)

        eventually(stack.services["valkey"].is_ready)

        assert stack.services["valkey"].pid != before
    assert processes.leftovers(tmp_path) == []


@contextlib.contextmanager
def command_line(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "devstack", "services"],
        cwd=BACKEND,
        env={
            name: value
            for name, value in {
                **os.environ,
                "DEVSTACK_DIR": str(home),
                "PORT": str(port),
            }.items()
            if name not in {"DATABASE_URL", "REDIS_URL"}
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            # One that hangs fails its test; it must not hang the test as well.
            process.kill()


def wait_for_line(process: subprocess.Popen[str], text: str) -> None:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if text in line:
            return
    pytest.fail(f"it never said {text!r} but:\n{said}")


def watch_and_stop_at(stack: Stack, wanted: int) -> bool:
    """Watches, and asks to stop where a signal could: between two lines of Python.

    False where `watch` came to rest in fewer lines than `wanted`.
    """
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        if count == wanted:
            count += 1
            sys.settrace(None)
            stack.ask_to_stop()
        return step

    def watch() -> None:
        sys.settrace(step)
        stack.watch()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    thread.join(timeout=1)
    has_come = count > wanted
    stack.close()
    thread.join(timeout=10)
    assert not thread.is_alive(), f"stuck after {wanted} lines"
    return has_come


def test_a_signal_stops_it_wherever_it_interrupts_it(tmp_path: Path) -> None:
    lines = 1
    while lines < MANY_LINES and watch_and_stop_at(servers(tmp_path), lines):
        lines += 1
    assert lines > 1


def test_the_command_line_refuses_a_second_run_and_survives_kill_9(
    tmp_path: Path,
) -> None:
    port = ports.free_port()
    with command_line(tmp_path, port) as first:
        wait_for_line(first, "ready in")
        with command_line(tmp_path, port) as second:
            said, _ = second.communicate(timeout=30)
        assert second.returncode == 2
        assert f"already running on {tmp_path} (process {first.pid})" in said
        first.kill()

    with command_line(tmp_path, port) as third:
        wait_for_line(third, "ready in")
        third.send_signal(signal.SIGTERM)
        third.communicate(timeout=30)

    assert third.returncode == 0
    assert processes.leftovers(tmp_path) == []
    assert Home(tmp_path).read_state() is None
