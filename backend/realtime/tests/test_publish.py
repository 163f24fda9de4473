"""What is told to sockets is told again when Redis was away."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from redis.client import PubSub
from rest_framework.test import APIClient

from accounts.models import Session, User
from accounts.revocation import is_revoked, revocation_key
from accounts.services import end_session
from common.redis import client as redis_client
from common.tests.redis_away import redis_away
from events.models import Event
from events.relay import relay_waiting
from realtime import services
from realtime.publish import CHANNEL

pytestmark = pytest.mark.django_db


@pytest.fixture
def ear() -> Iterator[PubSub]:
    redis: Any = redis_client()
    pubsub = redis.pubsub()
    pubsub.subscribe(CHANNEL)
    assert pubsub.get_message(timeout=5)
    yield pubsub
    pubsub.close()


def heard(ear: PubSub, kind: str) -> list[dict[str, Any]]:
    facts = []
    while message := ear.get_message(timeout=0.2):
        fact = json.loads(message["data"])[1]
        if fact["type"] == kind:
            facts.append(fact)
    return facts


def relay_again() -> None:
    Event.objects.update(relay_at=timezone.now() - timedelta(seconds=1))
    relay_waiting()


def test_a_fact_that_redis_did_not_take_is_told_later(
    api: APIClient, ear: PubSub
) -> None:
    task = api.post("/api/tasks/", {"title": "x"}).json()
    with redis_away():
        relay_waiting()
    assert heard(ear, "task") == []

    relay_again()
    relay_again()

    assert [fact["id"] for fact in heard(ear, "task")] == [task["id"]]


def test_sockets_hear_of_each_task_that_is_imported(
    api: APIClient, ear: PubSub
) -> None:
    body = {"tasks": [{"title": "x"}, {"title": "y"}]}
    tasks = api.post("/api/tasks/import/", body).json()["results"]
    relay_waiting()

    facts = heard(ear, "task")
    assert [(each["verb"], each["id"]) for each in facts] == [
        ("created", task["id"]) for task in tasks
    ]


def test_it_keeps_no_notification_waiting(
    api: APIClient, ear: PubSub, django_capture_on_commit_callbacks: Any
) -> None:
    api.post("/api/tasks/", {"title": "x"})
    with redis_away():
        relay_waiting()

    assert api.get("/api/notifications/summary/").json() == {"unread": 1}
    relay_again()
    assert api.get("/api/notifications/summary/").json() == {"unread": 1}


def test_a_task_is_not_told_for_ever(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who lost Redis for so long has been sent away, and catches up."""
    monkeypatch.setattr(services, "MAX_ATTEMPTS", 2)
    api.post("/api/tasks/", {"title": "x"})
    with redis_away():
        for _ in range(3):
            assert Event.objects.filter(relayed_at=None, verb="task_created").exists()
            relay_again()

    assert not Event.objects.filter(relayed_at=None, verb="task_created").exists()


def test_the_end_of_a_session_is_told_however_long_it_takes(
    owner: User,
    session_of: Callable[[User], Any],
    ear: PubSub,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "MAX_ATTEMPTS", 0)
    session_of(owner)
    session = Session.objects.get()
    with redis_away():
        end_session(session=session, reason="logout", actor_id=None)
        relay_again()
        relay_again()
    redis_client().delete(revocation_key(session.pk))

    relay_again()

    assert [fact["session"] for fact in heard(ear, "session_ended")] == [session.pk]
    assert is_revoked(session.pk)
    assert not Event.objects.filter(relayed_at=None).exists()
