"""Behind a PgBouncer that gives each transaction another connection (DB_PGBOUNCER)."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import Any

import psycopg2
import pytest
from psycopg2.errors import QueryCanceled

from devstack.log import Log
from devstack.ports import free_port
from devstack.postgres import USER, Postgres
from devstack.service import ServiceError
from devstack.stack import Stack
from tests.scale.pgbouncer import POOL, PROGRAM, PgBouncer, pgbouncer
from tests.stack.people import Person, at_once, eventually

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="PgBouncer is not installed")

TIMEOUT = f"ALTER ROLE {USER} SET statement_timeout = '3s'"
NO_TIMEOUT = f"ALTER ROLE {USER} RESET statement_timeout"
# Of its own backend: what is said to one connection must not outlast a transaction.
LEFT_BEHIND = """
    SELECT current_setting('lock_timeout'), current_setting('statement_timeout'),
        (SELECT count(*) FROM pg_prepared_statements),
        (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')
"""
LISTS = (
    "/api/tasks/",
    "/api/tasks/?status=pending",
    "/api/tasks/?search=task",
    "/api/tasks/?ordering=-priority&limit=3",
    "/api/tasks/trash/",
    "/api/notifications/",
)
PEOPLE = 8


@pytest.fixture(scope="module")
def primary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    home = tmp_path_factory.mktemp("pooled")
    log = Log.to_file(home / "log")
    with Postgres(home, log, port=free_port(), password="word") as postgres:
        postgres.execute(TIMEOUT)
        yield postgres
    log.close()


@pytest.fixture(scope="module")
def pool(primary: Postgres) -> Iterator[PgBouncer]:
    with pgbouncer(primary.log, primary) as running:
        yield running


@pytest.fixture(scope="module")
def running_stack(
    tmp_path_factory: pytest.TempPathFactory, primary: Postgres, pool: PgBouncer
) -> Iterator[Stack]:
    settings = {
        "DATABASE_URL": pool.url,
        "DATABASE_DIRECT_URL": primary.url,
        "DB_PGBOUNCER": "true",
        **{f"LIMIT_{scope}": "1000000/60" for scope in ("READ", "WRITE", "AUTH")},
    }
    home = tmp_path_factory.mktemp("behind-pgbouncer")
    with Stack(home, nginx=False, settings=settings) as stack:
        yield stack


def left_behind(pool: PgBouncer) -> set[tuple[Any, ...]]:
    """By everybody before, on as many of the pool's connections as there are."""

    def look(meet: threading.Barrier) -> tuple[Any, ...]:
        with closing(psycopg2.connect(pool.url)) as connection:
            cursor = connection.cursor()
            cursor.execute(LEFT_BEHIND)
            meet.wait(30)  # each in a transaction, so each on another
            (row,) = cursor.fetchall()
            return tuple(row)

    return set(at_once([partial(look, threading.Barrier(POOL))] * POOL))


def test_many_more_people_than_connections_read_and_write(
    stack: Stack, pool: PgBouncer
) -> None:
    def live(person: Person) -> None:
        for n in range(3):
            key = {"Idempotency-Key": f"{n}"}
            made = person.create(f"task {n}", **key)
            assert made.status_code == 201, made.text
            assert person.create(f"task {n}", **key).json() == made.json()
            path = f"/api/tasks/{made.json()['id']}/"
            change = {"title": f"changed task {n}"}
            tag = {"If-Match": made.headers["ETag"]}
            assert person.call("PATCH", path, change, headers=tag).ok
            for address in LISTS:
                page = person.call("GET", address)
                assert page.status_code == 200, page.text
                again = {"If-None-Match": page.headers["ETag"]}
                if address.startswith("/api/tasks"):
                    unchanged = person.call("GET", address, headers=again)
                    assert unchanged.status_code == 304
        assert person.titles("/api/tasks/") == [f"changed task {n}" for n in range(3)]
        export = person.call("GET", "/api/auth/me/export/")
        assert len(export.json()["tasks"]) == 3
        bells = [f"task {n}" for n in range(3)]
        eventually(lambda: person.titles("/api/notifications/") == bells)

    people = [Person.register(stack) for _ in range(PEOPLE)]
    at_once([partial(live, person) for person in people])

    assert left_behind(pool) == {("0", "3s", 0, 0)}


def test_a_statement_ends_at_the_roles_timeout(stack: Stack, pool: PgBouncer) -> None:
    with closing(psycopg2.connect(pool.url)) as connection:
        cursor = connection.cursor()
        with pytest.raises(QueryCanceled, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(60)")


def test_a_role_without_a_timeout_is_warned_of(
    stack: Stack, primary: Postgres, pool: PgBouncer
) -> None:
    check = ("check", "--database", "default", "--fail-level", "WARNING")
    stack.manage(*check)
    primary.execute(NO_TIMEOUT)
    pool.tell("RECONNECT")
    try:
        with pytest.raises(ServiceError, match=rf"ALTER ROLE {USER} SET statement_t"):
            stack.manage(*check)
    finally:
        primary.execute(TIMEOUT)
        pool.tell("RECONNECT")


def test_migrations_leave_the_pool_alone(stack: Stack, pool: PgBouncer) -> None:
    stack.manage("migrate", "tasks", "0007")
    stack.manage("migrate")

    assert left_behind(pool) == {("0", "3s", 0, 0)}


@pytest.mark.parametrize("what", ["pool", "primary"])
def test_a_restart_is_worth_another_try_and_loses_nothing(
    stack: Stack, person: Person, primary: Postgres, pool: PgBouncer, what: str
) -> None:
    acknowledged: list[str] = []
    is_over = threading.Event()

    def write(writer: int) -> None:
        n = 0
        while not is_over.is_set():
            n += 1
            answer = person.create(f"{writer} {n}")
            if answer.status_code == 201:
                acknowledged.append(f"{writer} {n}")
            else:
                assert answer.status_code == 503, answer.text
                assert answer.headers["Retry-After"]
            assert person.call("GET", "/api/tasks/").status_code in (200, 503)

    def restart() -> None:
        time.sleep(1)
        service = pool if what == "pool" else primary
        service.restart(signal.SIGKILL if what == "pool" else signal.SIGQUIT)
        before = len(acknowledged)
        eventually(lambda: len(acknowledged) > before + 20)
        is_over.set()

    everybody: list[Callable[[], None]] = [restart]
    everybody += [partial(write, n) for n in range(3)]
    at_once(everybody)

    assert set(acknowledged) <= set(person.titles("/api/tasks/"))
