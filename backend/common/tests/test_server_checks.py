"""Whether PostgreSQL and Redis have what this installation needs; real ones say."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from pytest_django import Settings

from common import sizes
from common.redis import client
from common.server_checks import (
    SPARE,
    connections_have_room,
    redis_forgets_nothing,
    statements_end,
)
from common.tests.redis_away import NOBODY_LISTENS

pytestmark = pytest.mark.django_db
DATABASES = ["default"]


def show(setting: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {setting}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def room() -> int:
    """Connections that are to be had by who is no superuser."""
    reserved = show("superuser_reserved_connections") + show("reserved_connections")
    return show("max_connections") - reserved


def need(patch: pytest.MonkeyPatch, total: int) -> None:
    """Have as many worker processes as make it so many connections."""
    patch.setattr(sizes, "WORKER_PROCESSES", 0)
    others = sum(sizes.connections().values())
    patch.setattr(sizes, "WORKER_PROCESSES", total - SPARE - others)


def test_the_default_fits() -> None:
    assert connections_have_room(None, DATABASES) == []


def test_one_connection_too_few_is_told_and_how_many_to_set(
    room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    need(monkeypatch, room)
    assert connections_have_room(None, DATABASES) == []
    need(monkeypatch, room + 1)

    (warning,) = connections_have_room(None, DATABASES)

    assert warning.id == "common.W002"
    assert f"room for {room} connections" in warning.msg
    assert f"may need {room + 1}" in warning.msg
    assert f"max_connections to {show('max_connections') + 1} " in str(warning.hint)


def test_every_instance_process_and_thread_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sizes.connections() == {"web": 13, "realtime": 2, "worker": 2}
    for name in ("WEB_INSTANCES", "REALTIME_INSTANCES", "WORKER_INSTANCES"):
        monkeypatch.setattr(sizes, name, 3)

    assert sizes.connections() == {"web": 39, "realtime": 6, "worker": 6}
    assert sizes.connections(has_replica=True)["web"] == 48


def test_behind_pgbouncer_they_are_not_postgresqls(
    room: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    need(monkeypatch, room + 1)
    settings.DB_PGBOUNCER = True

    assert connections_have_room(None, DATABASES) == []


def test_behind_pgbouncer_the_role_must_end_statements(settings: Settings) -> None:
    settings.DB_PGBOUNCER = True
    assert statements_end(None, DATABASES) == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")

    (warning,) = statements_end(None, DATABASES)

    assert warning.id == "common.W003"
    settings.DB_PGBOUNCER = False
    assert statements_end(None, DATABASES) == []


@pytest.mark.parametrize("policy", ["allkeys-lru", "volatile-ttl"])
def test_a_redis_that_evicts_is_told(policy: str) -> None:
    assert redis_forgets_nothing(None, DATABASES) == []
    client().config_set("maxmemory-policy", policy)
    try:
        broker, cache = redis_forgets_nothing(None, DATABASES)
    finally:
        client().config_set("maxmemory-policy", "noeviction")

    assert (broker.id, cache.id) == ("common.W004", "common.W004")
    assert "REDIS_BROKER_URL" in broker.msg
    assert "REDIS_CACHE_URL" in cache.msg
    assert policy in cache.msg


def test_a_redis_that_is_away_stops_no_migration(settings: Settings) -> None:
    settings.REDIS_BROKER_URL = settings.REDIS_CACHE_URL = NOBODY_LISTENS

    assert redis_forgets_nothing(None, DATABASES) == []


def test_checks_without_a_database_ask_none(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "WORKER_PROCESSES", 10_000)
    call_command("check", fail_level="WARNING", tags=["database"])

    with pytest.raises(SystemCheckError, match=re.escape("common.W002")):
        call_command("check", fail_level="WARNING", databases=DATABASES)


@pytest.mark.django_db(transaction=True)
def test_migrate_tells_it_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "WORKER_PROCESSES", 10_000)
    said = StringIO()

    call_command("migrate", verbosity=0, skip_checks=False, stderr=said)

    assert "common.W002" in said.getvalue()


def test_migrations_never_go_through_pgbouncer(settings: Settings) -> None:
    settings.DB_PGBOUNCER = True

    with pytest.raises(CommandError, match="set DATABASE_DIRECT_URL"):
        call_command("migrate", verbosity=0)
