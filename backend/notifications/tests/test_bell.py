"""The count on the bell, where two relays ring it at the same time."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from redis.client import PubSub
from rest_framework.test import APIClient

from accounts.models import User
from common.redis import client as redis_client
from events.relay import relay_waiting
from notifications.models import Notification
from notifications.services import take_turns
from realtime.publish import CHANNEL

WAITING = """
    SELECT count(*) FROM pg_locks
    JOIN pg_database ON pg_database.oid = database AND datname = current_database()
    WHERE locktype = 'advisory' AND NOT granted
"""


@pytest.fixture
def ear() -> Iterator[PubSub]:
    redis: Any = redis_client()
    with redis.pubsub() as pubsub:
        pubsub.subscribe(CHANNEL)
        assert pubsub.get_message(timeout=5)
        yield pubsub


def counts(ear: PubSub) -> list[int]:
    found = []
    while message := ear.get_message(timeout=0.5):
        fact = json.loads(message["data"])[1]
        if fact["type"] == "notification":
            found.append(fact["unread"])
    return found


def relay() -> None:
    try:
        relay_waiting()
    finally:
        connection.close()


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_turn_counts_what_was_told_meanwhile(
    api: APIClient, owner: User, ear: PubSub
) -> None:
    """Else it would tell the count of before, and the bell would stay there."""
    assert api.post("/api/tasks/", {"title": "one"}).status_code == 201
    relay_waiting()
    assert counts(ear) == [1]
    assert api.post("/api/tasks/", {"title": "two"}).status_code == 201
    other = threading.Thread(target=relay)

    with transaction.atomic():
        take_turns(owner.pk)
        other.start()
        while not is_waiting():
            assert other.is_alive()
        first = Notification.objects.order_by("pk")[0]
        Notification.objects.filter(pk=first.pk).update(read_at=first.created_at)
    other.join()

    assert counts(ear) == [1]  # of two, one is read
