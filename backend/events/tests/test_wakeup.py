"""Waking the relay: best effort, and never in the request's way."""

import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from django.db import transaction
from rest_framework.test import APIClient

from events.log import TASKS, append
from events.wakeup import RELAY_JOB, Waker, waker

GENEROUS_SECONDS = 10


class Recorder(Waker):
    """Notes what would be sent, and can be held up like a frozen broker does."""

    def __init__(self) -> None:
        super().__init__(RELAY_JOB)
        self.sent = threading.Semaphore(0)
        self.count = 0
        self.frozen = threading.Event()
        self.thawed = threading.Event()

    def send(self) -> None:
        self.count += 1
        self.sent.release()
        if self.frozen.is_set():
            self.thawed.wait(GENEROUS_SECONDS)

    def waits_for_one(self) -> bool:
        return self.sent.acquire(timeout=GENEROUS_SECONDS)


@pytest.fixture
def broker_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Celery's broker at another address, for one test."""
    usual = current_app.conf.broker_url
    connect_celery_to(request.param)
    yield request.param
    connect_celery_to(usual)


def connect_celery_to(url: str) -> None:
    app: Any = current_app
    app.conf.broker_url = url
    app.pool.force_close_all()
    app._pool = None
    app.amqp._producer_pool = None


def test_a_wake_up_becomes_a_message() -> None:
    recorder = Recorder()

    recorder.wake()
    assert recorder.waits_for_one()
    recorder.wake()
    assert recorder.waits_for_one()


def test_a_frozen_broker_holds_up_the_thread_and_not_the_caller() -> None:
    recorder = Recorder()
    recorder.frozen.set()
    recorder.wake()
    assert recorder.waits_for_one()

    began = time.monotonic()
    for _ in range(1_000):
        recorder.wake()
    took = time.monotonic() - began

    assert took < GENEROUS_SECONDS  # each would wait that long if it waited
    assert recorder.count == 1
    recorder.frozen.clear()
    recorder.thawed.set()
    assert recorder.waits_for_one()  # and the thousand became one


def test_many_threads_start_one_thread() -> None:
    recorder = Recorder()
    barrier = threading.Barrier(8)

    def wake() -> None:
        barrier.wait()
        recorder.wake()

    before = threading.active_count()
    callers = [threading.Thread(target=wake) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    assert recorder.waits_for_one()
    assert threading.active_count() == before + 1


def test_after_a_fork_the_child_has_a_thread_of_its_own() -> None:
    recorder = Recorder()
    recorder.wake()
    assert recorder.waits_for_one()

    recorder.pid = os.getpid() - 1  # what a child sees: its parent's number

    recorder.wake()
    assert recorder.waits_for_one()
    assert recorder.pid == os.getpid()


def test_the_message_is_the_relays_and_expires() -> None:
    waker.send()

    with current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue("default")
        message = queue.get(timeout=GENEROUS_SECONDS)
        message.ack()
        queue.close()
    assert message.headers["task"] == RELAY_JOB
    assert message.headers["expires"] is not None


@pytest.mark.parametrize("broker_url", ["redis://127.0.0.1:1/0"], indirect=True)
def test_a_broker_that_is_away_is_no_error(broker_url: str) -> None:
    waker.send()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broker_url", ["redis://127.0.0.1:1/0"], indirect=True)
def test_a_write_succeeds_without_a_broker(api: APIClient, broker_url: str) -> None:
    response = api.post("/api/tasks/", {"title": "x"})

    assert response.status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_commit_wakes_and_a_rollback_does_not(
    owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr("events.wakeup.wake_relay", lambda: woken.append(1))
    event: dict[str, Any] = {
        "kind": TASKS,
        "verb": "x",
        "actor_id": None,
        "changes": {},
    }

    with transaction.atomic():
        append(owner_id=owner.pk, **event)
        transaction.set_rollback(True)
    assert woken == []
    with transaction.atomic():
        append(owner_id=owner.pk, **event)
        assert woken == []
    assert woken == [1]
