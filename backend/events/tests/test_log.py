"""Appending: in the change's transaction, without gaps, visible in order."""

import threading
import time
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction
from rest_framework.test import APIClient

from common.tests.threads import run_at_once
from events.log import ACCOUNT, TASKS, Entry, append, append_many
from events.models import Event, Stream

pytestmark = pytest.mark.django_db


def write(user: AbstractUser, kind: str = TASKS, **fields: Any) -> Event:
    with transaction.atomic():
        return append(
            owner_id=user.pk,
            kind=kind,
            verb="tested",
            actor_id=user.pk,
            **{"changes": {}, **fields},
        )


def write_many(user: AbstractUser, count: int) -> list[Event]:
    entries = [
        Entry("tested", subject_id=n, version=n + 1, changes={"n": [None, n]})
        for n in range(count)
    ]
    with transaction.atomic():
        return write_many_in(user, entries)


def write_many_in(user: AbstractUser, entries: list[Entry]) -> list[Event]:
    return append_many(owner_id=user.pk, kind=TASKS, actor_id=user.pk, entries=entries)


def revisions(user: AbstractUser) -> list[int]:
    of_user = Event.objects.filter(stream__owner_id=user.pk).order_by("revision")
    return list(of_user.values_list("revision", flat=True))


@pytest.mark.django_db(transaction=True)
def test_an_event_without_its_change_is_refused(owner: AbstractUser) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        append(owner_id=owner.pk, kind=TASKS, verb="x", actor_id=None, changes={})
    assert not Event.objects.exists()


def test_what_it_returns_is_what_is_kept(owner: AbstractUser) -> None:
    changes = {"title": [None, "Größe 😀"], "due_date": [None, "2026-01-01"]}

    event = write(owner, subject_id=7, version=3, changes=changes)

    kept = Event.objects.get()
    for name in ("pk", "stream_id", "revision", "occurred_at", "verb", "actor_id"):
        assert getattr(kept, name) == getattr(event, name)
    assert (kept.subject_id, kept.version, kept.changes) == (7, 3, changes)
    assert (kept.relayed_at, kept.relay_attempts) == (None, 0)


def test_each_stream_counts_for_itself(
    owner: AbstractUser, other: AbstractUser
) -> None:
    made = [write(owner), write(other), write(owner, ACCOUNT), write(owner)]

    assert [event.revision for event in made] == [1, 1, 1, 2]
    assert made[0].stream_id == made[3].stream_id
    assert len({event.stream_id for event in made}) == 3


def test_it_is_one_query(owner: AbstractUser, django_assert_num_queries: Any) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        append(owner_id=owner.pk, kind=TASKS, verb="x", actor_id=None, changes={})


@pytest.mark.parametrize("count", [1, 2, 200])
def test_many_events_are_one_query(
    owner: AbstractUser, count: int, django_assert_num_queries: Any
) -> None:
    entries = [Entry("tested")] * count
    with transaction.atomic(), django_assert_num_queries(1):
        append_many(owner_id=owner.pk, kind=TASKS, actor_id=None, entries=entries)


def test_many_events_are_kept_in_order_under_consecutive_revisions(
    owner: AbstractUser,
) -> None:
    write(owner)

    events = write_many(owner, 50)

    write(owner)
    assert [event.revision for event in events] == [*range(2, 52)]
    assert revisions(owner) == [*range(1, 53)]
    for kept, event in zip(
        Event.objects.order_by("revision")[1:51], events, strict=True
    ):
        for name in ("pk", "stream_id", "revision", "occurred_at", "subject_id"):
            assert getattr(kept, name) == getattr(event, name)
        assert (kept.version, kept.changes) == (event.version, event.changes)
        assert kept.actor_id == owner.pk


def test_nothing_to_say_is_no_query(
    owner: AbstractUser, django_assert_num_queries: Any
) -> None:
    with transaction.atomic(), django_assert_num_queries(0):
        assert write_many_in(owner, []) == []
    assert not Stream.objects.filter(kind=TASKS).exists()


@pytest.mark.django_db(transaction=True)
def test_many_events_without_their_changes_are_refused(owner: AbstractUser) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        write_many_in(owner, [Entry("tested")])
    assert not Event.objects.exists()


def test_it_knows_the_request_it_came_from(api: APIClient) -> None:
    response = api.post("/api/tasks/", {"title": "x"})

    event = Event.objects.get(subject_id=response.json()["id"])
    assert event.request_id == response["X-Request-ID"]


def test_names_for_people(owner: AbstractUser) -> None:
    event = write(owner)

    assert str(event) == f"tested ({event.stream_id}/1)"
    stream = Stream.objects.get(pk=event.stream_id)
    assert str(stream) == f"tasks of user {owner.pk} at 1"


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_event_and_no_gap(
    owner: AbstractUser,
) -> None:
    write(owner)
    with transaction.atomic():
        write(owner)
        transaction.set_rollback(True)
    write(owner)

    assert revisions(owner) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_no_gap(owner: AbstractUser) -> None:
    def write_some() -> None:
        for _ in range(10):
            write(owner)
            write_many(owner, 3)

    run_at_once(6, write_some)

    assert revisions(owner) == [*range(1, 241)]
    assert Stream.objects.get().revision == 240


@pytest.mark.django_db(transaction=True)
def test_who_has_seen_a_revision_has_seen_all_before_it(owner: AbstractUser) -> None:
    """A slow writer holds the stream, so nobody's later revision shows first."""
    done = threading.Event()
    seen: list[list[int]] = []

    def watch() -> None:
        while not done.is_set():
            seen.append(revisions(owner))
        connection.close()

    def write_slowly() -> None:
        for pause in (0.02, 0, 0.01):
            with transaction.atomic():
                write(owner)
                time.sleep(pause)

    watcher = threading.Thread(target=watch)
    watcher.start()
    run_at_once(4, write_slowly)
    done.set()
    watcher.join()

    assert all(view == [*range(1, len(view) + 1)] for view in seen)
    assert revisions(owner) == [*range(1, 13)]
