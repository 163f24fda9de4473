from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoDbBlocker

from common import health
from common.tests.redis_away import NOBODY_LISTENS, redis_away


@pytest.fixture(autouse=True)
def _unknown_migrations() -> Iterator[None]:
    health._migrated = False
    yield
    health._migrated = False


def test_live_asks_nobody(client: Client) -> None:
    response = client.get("/health/live/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_everything_is_there(client: Client) -> None:
    response = client.get("/health/ready/")

    assert response.status_code == 200
    parts = {"database": "ok", "redis": "ok"}
    assert response.json() == {"status": "ok", "parts": parts}


@pytest.mark.django_db
def test_without_redis_it_serves_and_says_so(client: Client) -> None:
    with redis_away():
        response = client.get("/health/ready/")

    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["parts"]["redis"] == "away"


@pytest.mark.django_db
def test_a_broker_of_its_own_is_told_apart(client: Client, settings: Any) -> None:
    settings.REDIS_BROKER_URL = NOBODY_LISTENS

    response = client.get("/health/ready/")

    assert response.status_code == 200
    parts = {"database": "ok", "redis": "ok", "broker": "away"}
    assert response.json() == {"status": "degraded", "parts": parts}


@pytest.mark.django_db
def test_without_its_migrations_it_cannot_serve(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="accounts").delete()

    response = client.get("/health/ready/")

    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"
    assert response.json()["parts"]["database"] == "migrations pending"


@pytest.mark.django_db
def test_once_migrated_it_is_one_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/health/ready/")

    with django_assert_num_queries(1):
        client.get("/health/ready/")


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_broke_is_a_database_away(client: Client) -> None:
    connection.ensure_connection()
    connection.connection.close()
    try:
        response = client.get("/health/ready/")
    finally:
        connection.close()

    assert response.status_code == 503
    assert response.json()["parts"]["database"] == "away"


def test_a_database_that_refuses_is_away(
    client: Client, django_db_blocker: DjangoDbBlocker
) -> None:
    port = connection.settings_dict["PORT"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["PORT"] = "1"
        try:
            response = client.get("/health/ready/")
        finally:
            connection.settings_dict["PORT"] = port
            connection.close()

    assert response.status_code == 503
    assert response.json()["parts"]["database"] == "away"
