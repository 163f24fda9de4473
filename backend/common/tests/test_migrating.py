from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection


def statement_timeout() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


@pytest.fixture
def _new_connection(transactional_db: None) -> Iterator[None]:
    connection.close()
    yield
    connection.close()


@pytest.mark.usefixtures("_new_connection")
def test_a_migration_may_take_longer_than_a_request() -> None:
    assert statement_timeout() == "5s"

    call_command("migrate", "common", verbosity=0)

    assert statement_timeout() == "0"
