"""Waking the relay: best effort, and never in the request's way."""

import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from django.db import transaction
from kombu import pools
from rest_framework.test import APIClient

from common import redis
from common.tests.redis_away import redis_away
from events.jobs import relay
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


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    waker.clear_mark()


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
    pools.reset()  # kombu keeps the closed ones by address
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


def messages_waiting() -> int:
    """How many there were; none afterwards."""
    queue = current_app.conf.task_default_queue
    with redis.client().pipeline() as pipe:
        pipe.llen(queue)
        pipe.delete(queue)
        count, _ = pipe.execute()
    return int(count)


def test_while_a_message_waits_no_process_sends_another() -> None:
    here, elsewhere = Waker(RELAY_JOB), Waker(RELAY_JOB)
    messages_waiting()

    for each in (here, elsewhere, here):
        each.send()

    assert messages_waiting() == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_that_has_begun_leaves_the_next_to_another_message() -> None:
    waker.send()
    messages_waiting()

    relay()
    waker.send()

    assert messages_waiting() == 1


def test_a_message_that_was_lost_holds_up_no_other_for_long() -> None:
    waker.send()

    left: Any = redis.client().pttl(waker.mark)
    assert 0 < left <= 2_000


@pytest.mark.parametrize("broker_url", ["redis://127.0.0.1:1/0"], indirect=True)
def test_a_message_that_cannot_be_sent_holds_up_no_other(broker_url: str) -> None:
    waker.send()

    assert not redis.client().exists(waker.mark)


def test_without_redis_to_ask_every_message_is_sent() -> None:
    messages_waiting()

    with redis_away():
        waker.send()
        waker.send()

    assert messages_waiting() == 2


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
