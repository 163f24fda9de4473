"""The servers keep what they were given, whatever happens to them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from devstack import ports, processes
from devstack.home import Home
from devstack.paths import BACKEND
from devstack.service import ServiceError
from devstack.stack import Stack
from devstack.tests.test_service import eventually


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


def command_line(home: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
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


def wait_for_line(process: subprocess.Popen[str], text: str) -> None:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if text in line:
            return
    pytest.fail(f"it never said {text!r} but:\n{said}")


def test_the_command_line_refuses_a_second_run_and_survives_kill_9(
    tmp_path: Path,
) -> None:
    port = ports.free_port()
    with command_line(tmp_path, port) as first:
        wait_for_line(first, "ready in")
        with command_line(tmp_path, port) as second:
            said, _ = second.communicate()
        assert second.returncode == 2
        assert f"already running on {tmp_path} (process {first.pid})" in said
        first.kill()

    with command_line(tmp_path, port) as third:
        wait_for_line(third, "ready in")
        third.send_signal(signal.SIGTERM)
        third.communicate()

    assert third.returncode == 0
    assert processes.leftovers(tmp_path) == []
    assert Home(tmp_path).read_state() is None
