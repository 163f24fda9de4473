"""How long migrations may wait and work, while the site goes on being used."""

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.management import CommandError
from django.db import OperationalError, connection
from psycopg2.errors import LockNotAvailable

logger = structlog.get_logger(__name__)

# Well below the 5 s of a request's statements, so that those behind it succeed.
LOCK_TIMEOUT_MS = 2_000
STATEMENT_TIMEOUT_MS = 3_600_000
PAUSES_SECONDS = (1, 2, 4, 8, 16)
TURN = 0x7461736B73  # any number nobody else locks in this database

INVALID_INDEXES = """
    SELECT format('DROP INDEX CONCURRENTLY %I.%I', nspname, relname)
    FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE NOT indisvalid AND nspname = current_schema()
"""


def go_past_pgbouncer() -> None:
    """Use PostgreSQL itself from here on; CommandError where nobody says where it is.

    A turn and timeouts are a session's, and PgBouncer would leave them to others.
    """
    if settings.DB_PGBOUNCER and not settings.DATABASE_DIRECT:
        raise CommandError(
            "Migrations cannot go through PgBouncer: set DATABASE_DIRECT_URL to "
            "PostgreSQL itself."
        )
    if settings.DATABASE_DIRECT:
        connection.close()
        connection.settings_dict.update(settings.DATABASE_DIRECT)


def limit_waiting(*, atomic: bool) -> None:
    """Set this connection's timeouts for the next migration.

    Who waits for a table's lock makes all who come later wait as well, so that is
    given up soon (`lock_timeout`). A migration that is not atomic builds an index
    concurrently: it waits for every older transaction, and nobody waits for it. A
    statement may work longer than a request's may, but not for ever.
    """
    lock_timeout = LOCK_TIMEOUT_MS if atomic else 0
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {lock_timeout}")
        cursor.execute(f"SET statement_timeout = {STATEMENT_TIMEOUT_MS}")


def persist(migrate: Callable[[], Any], sleep: Callable[[float], Any]) -> None:
    """Migrate again, after growing pauses, where a lock was not to be had.

    What was done before stays done. Raises OperationalError after the last try.
    """
    for pause in (*PAUSES_SECONDS, None):
        try:
            take_turn(sleep)
            drop_invalid_indexes()
            migrate()
            return
        except OperationalError as error:
            if pause is None or not isinstance(error.__cause__, LockNotAvailable):
                raise
            logger.warning("migration_waits_for_lock", retry_in_seconds=pause)
        finally:
            connection.close()  # with its timeouts and its turn
        sleep(pause)


def take_turn(sleep: Callable[[float], Any]) -> None:
    """Wait until nobody else migrates this database.

    By asking again and again: a query that waits would hold up every index that is
    built concurrently, and that is what it may be waiting for.
    """
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [TURN])
            if cursor.fetchone()[0]:
                return
            sleep(1)


def drop_invalid_indexes() -> None:
    """Drop what a build that was interrupted left: it costs writes and serves nobody.

    Its migration is not recorded as done, so it builds the index again.
    """
    with connection.cursor() as cursor:
        cursor.execute(INVALID_INDEXES)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
