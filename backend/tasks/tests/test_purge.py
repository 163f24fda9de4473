"""Deleting for good: one task of the trash, all of it, or what is 30 days old."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import run_at_once, start
from config.celery import app
from events.models import Event
from tasks import services
from tasks.models import Task
from tasks.services import trash
from tasks.tests.factory import make_task

TASKS = "/api/tasks/"
TRASH = "/api/tasks/trash/"

pytestmark = pytest.mark.django_db


def create(api: APIClient, title: str = "Secret plan") -> int:
    task_id: int = api.post(TASKS, {"title": title}).json()["id"]
    return task_id


def create_trashed(api: APIClient, title: str = "Secret plan") -> int:
    task_id = create(api, title)
    api.delete(f"{TASKS}{task_id}/")
    return task_id


def trashed_days_ago(user: User, days: float) -> int:
    moment = timezone.now() - timedelta(days=days)
    return make_task(user, deleted_at=moment).pk


def left() -> set[int]:
    return set(Task.objects.values_list("pk", flat=True))


def said() -> list[str]:
    events = Event.objects.filter(stream__kind="tasks").order_by("revision")
    return [event.verb for event in events]


def test_a_task_of_the_trash_is_deleted_for_good(api: APIClient) -> None:
    kept, gone = create_trashed(api), create_trashed(api)

    response = api.delete(f"{TRASH}{gone}/")

    assert (response.status_code, response.content) == (204, b"")
    assert left() == {kept}
    for path in (f"{TASKS}{gone}/", f"{TASKS}{gone}/history/"):
        assert api.get(path).status_code == 404
    assert api.post(f"{TASKS}{gone}/restore/").status_code == 404
    assert api.delete(f"{TRASH}{gone}/").status_code == 404


def test_clients_hear_that_it_is_gone(api: APIClient) -> None:
    task_id = create_trashed(api)
    cursor = api.get(f"{TASKS}changes/?since=latest").json()["cursor"]

    api.delete(f"{TRASH}{task_id}/")

    assert api.get(f"{TASKS}changes/", {"since": cursor}).json()["gone"] == [task_id]
    event = Event.objects.get(verb="task_purged")
    assert (event.subject_id, event.version, event.changes) == (task_id, 3, {})


def test_nothing_of_its_content_is_left(api: APIClient) -> None:
    task_id, other = create_trashed(api), create(api, "Another")

    api.delete(f"{TRASH}{task_id}/")

    events = Event.objects.filter(subject_id=task_id).order_by("revision")
    assert [(event.verb, event.changes) for event in events] == [
        ("task_created", {}),
        ("task_trashed", {}),
        ("task_purged", {}),
    ]
    assert api.get(f"{TASKS}{other}/history/").json()["results"][0]["changes"]


def test_only_what_is_in_the_trash_can_be(api: APIClient) -> None:
    task_id = create(api)

    assert api.delete(f"{TRASH}{task_id}/").status_code == 404
    assert left() == {task_id}


def test_a_stale_version_gets_the_current_one(api: APIClient) -> None:
    task_id = create_trashed(api)

    assert api.delete(f"{TRASH}{task_id}/", HTTP_IF_MATCH='"1"').status_code == 412
    assert api.delete(f"{TRASH}{task_id}/", HTTP_IF_MATCH='"2"').status_code == 204


def test_only_its_owner_can_do_it(
    api: APIClient, other: User, staff: User, sign_in: Callable[[User], APIClient]
) -> None:
    task_id = create_trashed(api)

    assert sign_in(other).delete(f"{TRASH}{task_id}/").status_code == 404
    assert sign_in(staff).delete(f"{TRASH}{task_id}/").status_code == 403
    for person in (other, staff):
        assert sign_in(person).delete(TRASH).status_code == 204
    assert left() == {task_id}


def test_emptying_the_trash_leaves_what_is_not_in_it(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trash, "BATCH_SIZE", 2)
    kept = create(api)
    for _ in range(5):
        create_trashed(api)

    response = api.delete(TRASH)

    assert (response.status_code, response.content) == (204, b"")
    assert left() == {kept}
    assert Event.objects.filter(verb="task_purged").count() == 5
    assert api.delete(TRASH).status_code == 204


def test_after_30_days_it_is_purged(owner: User, other: User) -> None:
    old = [trashed_days_ago(user, 30.1) for user in (owner, other, owner)]
    young = [trashed_days_ago(owner, 29.9), make_task(owner).pk]

    assert services.purge_expired() == 3
    assert services.purge_expired() == 0

    assert left() == set(young)
    purged = Event.objects.filter(verb="task_purged").order_by("pk")
    assert sorted(event.subject_id or 0 for event in purged) == sorted(old)
    assert {event.actor_id for event in purged} == {None}
    assert {event.stream.owner_id for event in purged} == {owner.pk, other.pk}


def test_many_owners_and_tasks_come_in_batches(
    make_user: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trash, "BATCH_SIZE", 2)
    monkeypatch.setattr(trash, "OWNERS_AT_ONCE", 2)
    for n in range(5):
        user = make_user(f"user{n}")
        for _ in range(n):
            trashed_days_ago(user, 31)

    assert services.purge_expired() == 10
    assert left() == set()


def test_the_job_stops_in_time_and_goes_on(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = trashed_days_ago(owner, 31)
    with monkeypatch.context() as patch:
        patch.setattr(trash, "RUN_SECONDS", -1)
        assert services.purge_expired() == 0
    assert left() == {old}

    assert services.purge_expired() == 1


@pytest.mark.django_db(transaction=True)
def test_run_twice_at_once_it_purges_each_once(owner: User, other: User) -> None:
    for user in (owner, other):
        for _ in range(20):
            trashed_days_ago(user, 31)

    counts = run_at_once(4, services.purge_expired)

    assert left() == set()
    assert sum(counts) == 40 == Event.objects.filter(verb="task_purged").count()


@pytest.mark.django_db(transaction=True)
def test_what_is_being_restored_is_not_purged(owner: User, api: APIClient) -> None:
    """The job leaves it to its next run; a person's call waits to see it restored."""
    task_id = trashed_days_ago(owner, 31)
    with transaction.atomic():
        services.restore_task(actor_id=owner.pk, task_id=task_id)
        job = start(services.purge_expired)
        assert job.result(10) == 0
        emptying = start(lambda: api.delete(TRASH))
        assert not emptying.done()

    assert emptying.result(10).status_code == 204
    assert left() == {task_id}
    assert said() == ["task_restored"]


@pytest.mark.django_db(transaction=True)
def test_what_is_being_purged_is_not_restored(owner: User, api: APIClient) -> None:
    task_id = trashed_days_ago(owner, 1)
    with transaction.atomic():
        services.purge_task(actor_id=owner.pk, task_id=task_id)
        single = start(lambda: api.post(f"{TASKS}{task_id}/restore/"))
        assert not single.done()

    assert single.result(10).status_code == 404
    assert left() == set()
    assert said() == ["task_purged"]


@pytest.mark.django_db(transaction=True)
def test_emptying_waits_for_who_only_looks(owner: User, api: APIClient) -> None:
    """Skipping what a relay holds for a moment would leave it in the trash."""
    task_id = trashed_days_ago(owner, 1)
    with transaction.atomic():
        Task.objects.select_for_update(no_key=True).get(pk=task_id)
        emptying = start(lambda: api.delete(TRASH))

    assert emptying.result(10).status_code == 204
    assert left() == set()


@pytest.mark.django_db(transaction=True)
def test_of_a_restore_and_a_purge_one_wins(api: APIClient) -> None:
    for _ in range(5):
        assert race(api, create_trashed(api)) in ([200, 404], [204, 404])


def race(api: APIClient, task_id: int) -> list[int]:
    calls = iter(
        [(api.post, f"{TASKS}{task_id}/restore/"), (api.delete, f"{TRASH}{task_id}/")]
    )

    def call() -> int:
        send, path = next(calls)
        return int(send(path).status_code)

    return sorted(run_at_once(2, call))


def test_beat_knows_the_job() -> None:
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert "tasks.purge_trash" in scheduled <= set(app.tasks)
    app.tasks["tasks.purge_trash"]()


@pytest.mark.parametrize("rows", [1, 100])
def test_its_queries_are_counted(
    api: APIClient, owner: User, rows: int, django_assert_num_queries: Any
) -> None:
    """Six that work: lock, look up, unlink bells, delete, event, forget."""
    for _ in range(rows):
        task_id = trashed_days_ago(owner, 1)

    with django_assert_num_queries(8):
        api.delete(f"{TRASH}{task_id}/")
    trashed_days_ago(owner, 1)
    with django_assert_num_queries(8 + 2):
        api.delete(TRASH)
