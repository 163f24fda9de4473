"""The relay: at least once, to everybody, whatever fails."""

import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AbstractUser
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from common.tests.threads import run_at_once
from events import relay, subscribers
from events.jobs import relay as relay_job
from events.log import TASKS, append
from events.models import Event
from events.relay import relay_batch, relay_waiting
from events.subscribers import AGAIN, subscribe

VERB = "tested"
Write = Callable[..., Event]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_other_subscribers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribers, "_handlers", defaultdict(list))


@pytest.fixture
def write(owner: AbstractUser) -> Write:
    def write_event(verb: str = VERB) -> Event:
        with transaction.atomic():
            return append(
                owner_id=owner.pk, kind=TASKS, verb=verb, actor_id=None, changes={}
            )

    return write_event


@pytest.fixture
def heard() -> list[int]:
    """The ids of the events a subscriber was handed, in order."""
    ids: list[int] = []
    subscribe([VERB], lambda event: ids.append(event.pk))
    return ids


def make_due() -> None:
    Event.objects.update(relay_at=timezone.now() - timedelta(seconds=1))


def waiting() -> int:
    return Event.objects.filter(relayed_at=None).count()


def test_each_event_is_handed_on_once_in_order(write: Write, heard: list[int]) -> None:
    made = [write().pk for _ in range(3)]

    assert relay_waiting() == 3
    assert relay_waiting() == 0
    assert heard == made
    assert waiting() == 0


def test_every_subscriber_hears_of_it(write: Write, heard: list[int]) -> None:
    subscribe([VERB, "another"], lambda event: heard.append(-event.pk))
    event = write()

    relay_waiting()

    assert heard == [event.pk, -event.pk]


def test_a_subscriber_may_ask_for_it_again_and_takes_nothing_back(
    write: Write, heard: list[int], owner: AbstractUser
) -> None:
    answers: list[object] = [None, AGAIN]

    def answer(event: Event) -> object:
        write("written by a subscriber")
        return answers.pop()

    subscribe([VERB], answer)
    event = write()
    relay_waiting()
    event.refresh_from_db()
    assert (event.relayed_at, event.relay_attempts) == (None, 1)
    assert Event.objects.filter(verb="written by a subscriber").count() == 1

    make_due()
    relay_waiting()

    assert heard == [event.pk, event.pk]
    event.refresh_from_db()
    assert event.relayed_at


def test_an_event_nobody_waits_for_is_done(write: Write, heard: list[int]) -> None:
    write("nobody listens")

    relay_waiting()

    assert (heard, waiting()) == ([], 0)


def test_the_job_relays(write: Write, heard: list[int]) -> None:
    event = write()

    relay_job()

    assert heard == [event.pk]


def test_a_handler_has_the_stream_without_a_query(
    write: Write, owner: AbstractUser
) -> None:
    owners: list[int] = []
    subscribe([VERB], lambda event: owners.append(event.stream.owner_id))
    write()

    relay_waiting()

    assert owners == [owner.pk]


@pytest.mark.parametrize("error", [RuntimeError, DatabaseError])
def test_a_subscriber_that_fails_blocks_nobody_else(
    write: Write, heard: list[int], error: type[Exception]
) -> None:
    first, bad, last = write(), write("bad"), write()

    def fail(event: Event) -> None:
        with connection.cursor() as cursor:
            if error is DatabaseError:
                cursor.execute("SELECT no_such_column")
        raise error

    subscribe(["bad"], fail)

    relay_waiting()

    assert heard == [first.pk, last.pk]
    assert Event.objects.get(relayed_at=None) == bad


def test_what_a_failing_subscriber_wrote_is_undone(
    write: Write, owner: AbstractUser
) -> None:
    def fail_late(event: Event) -> None:
        type(owner)._default_manager.filter(pk=owner.pk).update(first_name="Half")
        raise RuntimeError

    subscribe([VERB], fail_late)
    write()

    relay_waiting()

    owner.refresh_from_db()
    assert owner.first_name == ""


def test_a_failed_event_waits_longer_each_time(write: Write) -> None:
    def fail(event: Event) -> None:
        raise RuntimeError

    subscribe([VERB], fail)
    event = write()
    pauses = []
    for attempt in range(1, 12):
        make_due()
        before = timezone.now()
        relay_waiting()
        event.refresh_from_db()
        assert event.relay_attempts == attempt
        pauses.append(round((event.relay_at - before).total_seconds()))

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_it_is_not_tried_before_its_time(write: Write, heard: list[int]) -> None:
    write()
    Event.objects.update(relay_at=timezone.now() + timedelta(minutes=1))

    assert relay_waiting() == 0
    assert heard == []


def test_a_recovered_subscriber_gets_what_it_missed(
    write: Write, heard: list[int]
) -> None:
    is_broken = True

    def fail_at_first(event: Event) -> None:
        if is_broken:
            raise RuntimeError

    subscribe([VERB], fail_at_first)
    event = write()
    relay_waiting()
    is_broken = False
    make_due()

    relay_waiting()

    assert heard == [event.pk, event.pk]  # the healthy one sees it twice: at least once
    assert waiting() == 0


def test_a_backlog_is_taken_in_batches(
    write: Write, heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "BATCH_SIZE", 2)
    made = [write().pk for _ in range(5)]

    assert relay_batch() == 2
    assert heard == made[:2]
    assert relay_waiting() == 3
    assert heard == made


def test_one_run_is_bounded(
    write: Write, heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "BATCH_SIZE", 1)
    monkeypatch.setattr(relay, "MAX_BATCHES", 2)
    for _ in range(3):
        write()

    assert relay_waiting() == 2
    assert waiting() == 1


@pytest.mark.django_db(transaction=True)
def test_many_relays_hand_each_event_on_once(
    write: Write, heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "BATCH_SIZE", 3)
    made = {write().pk for _ in range(30)}

    totals = run_at_once(4, relay_waiting)
    totals.append(relay_waiting())

    assert sorted(heard) == sorted(made)
    assert sum(totals) == 30


@pytest.mark.django_db(transaction=True)
def test_a_relay_takes_what_another_does_not_hold(
    write: Write, heard: list[int]
) -> None:
    held, free = write(), write()
    locked, release = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Event.objects.select_for_update().get(pk=held.pk)
            locked.set()
            release.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert locked.wait(10)
    try:
        relay_waiting()
        assert heard == [free.pk]
    finally:
        release.set()
        thread.join()

    relay_waiting()
    assert heard == [free.pk, held.pk]


class Killed(BaseException):
    """What no handler catches: the process dies."""


@pytest.mark.django_db(transaction=True)
def test_a_death_between_the_work_and_the_mark_loses_and_doubles_nothing(
    write: Write, owner: AbstractUser
) -> None:
    """The work is undone with the mark, and both are done again."""
    deaths = iter([Killed()])

    def count(event: Event) -> None:
        user = type(owner)._default_manager.get(pk=owner.pk)
        user.last_name += "x"
        user.save()

    def die(event: Event) -> None:
        for death in deaths:
            raise death

    subscribe([VERB], count)
    subscribe([VERB], die)
    write()

    with pytest.raises(Killed):
        relay_waiting()
    assert waiting() == 1
    relay_waiting()

    owner.refresh_from_db()
    assert (owner.last_name, waiting()) == ("x", 0)
