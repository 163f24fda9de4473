from collections.abc import Iterator

import psycopg2
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from common import migrating

NEEDS_THE_WHOLE_TABLE = "ALTER TABLE tasks_task ALTER COLUMN title DROP DEFAULT"


def query(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


@pytest.fixture
def _new_connection(transactional_db: None) -> Iterator[None]:
    connection.close()
    yield
    connection.close()


@pytest.fixture
def somebody_else(_new_connection: None) -> Iterator[psycopg2.extensions.connection]:
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    theirs = psycopg2.connect(**parameters)
    yield theirs
    theirs.close()


@pytest.fixture
def _last_migration_undone(_new_connection: None) -> Iterator[None]:
    call_command("migrate", "tasks", "0007", verbosity=0)
    yield
    call_command("migrate", "tasks", verbosity=0)


@pytest.mark.usefixtures("_new_connection")
@pytest.mark.parametrize(("atomic", "lock_timeout"), [(True, "2s"), (False, "0")])
def test_a_migration_works_long_and_keeps_others_waiting_shortly(
    atomic: bool, lock_timeout: str
) -> None:
    assert query("SHOW statement_timeout") == "5s"

    migrating.limit_waiting(atomic=atomic)

    assert query("SHOW statement_timeout") == "1h"
    assert query("SHOW lock_timeout") == lock_timeout


@pytest.mark.usefixtures("_new_connection")
def test_a_lock_that_is_not_to_be_had_is_tried_again(
    somebody_else: psycopg2.extensions.connection,
) -> None:
    tries: list[str] = []
    pauses: list[float] = []
    somebody_else.cursor().execute("LOCK TABLE tasks_task IN ROW EXCLUSIVE MODE")

    def migrate() -> None:
        tries.append(query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 10")
            cursor.execute(NEEDS_THE_WHOLE_TABLE)

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            somebody_else.rollback()

    migrating.persist(migrate, sleep)

    assert pauses == [1, 2]
    assert tries == ["1", "1", "1"]


@pytest.mark.usefixtures("_new_connection")
def test_a_lock_that_never_comes_ends_in_its_error(
    somebody_else: psycopg2.extensions.connection,
) -> None:
    pauses: list[float] = []
    somebody_else.cursor().execute("LOCK TABLE tasks_task IN ACCESS SHARE MODE")

    def migrate() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 10")
            cursor.execute(NEEDS_THE_WHOLE_TABLE)

    with pytest.raises(OperationalError, match="lock timeout"):
        migrating.persist(migrate, pauses.append)

    assert pauses == [1, 2, 4, 8, 16]


@pytest.mark.usefixtures("_new_connection")
def test_other_failures_are_not_tried_again() -> None:
    def migrate() -> None:
        query("SELECT pg_terminate_backend(pg_backend_pid())")

    pauses: list[float] = []
    with pytest.raises(OperationalError):
        migrating.persist(migrate, pauses.append)

    assert pauses == []


def test_two_migrate_one_after_the_other(
    somebody_else: psycopg2.extensions.connection,
) -> None:
    pauses: list[float] = []
    theirs = somebody_else.cursor()
    theirs.execute("SELECT pg_advisory_lock(%s)", [migrating.TURN])

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        theirs.execute("SELECT pg_advisory_unlock(%s)", [migrating.TURN])

    migrating.take_turn(sleep)

    assert pauses == [1]


@pytest.mark.usefixtures("_last_migration_undone")
def test_an_index_left_half_built_is_built_again(
    somebody_else: psycopg2.extensions.connection,
) -> None:
    somebody_else.autocommit = True
    theirs = somebody_else.cursor()
    theirs.execute("CREATE INDEX tasks_task_open ON tasks_task (user_id)")
    theirs.execute(
        "UPDATE pg_index SET indisvalid = false"
        " WHERE indexrelid = 'tasks_task_open'::regclass"
    )

    call_command("migrate", "tasks", verbosity=0)

    assert "created_at" in query(
        "SELECT indexdef FROM pg_indexes WHERE indexname = 'tasks_task_open'"
    )
