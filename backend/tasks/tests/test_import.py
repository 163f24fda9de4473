"""POST /api/tasks/import/: many at once, all or none, and quietly."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import run_at_once
from events.models import Event
from tasks.models import Task
from tasks.services import EDITABLE, recount_tasks
from tasks.tests.factory import make_task

URL = "/api/tasks/import/"
WHOLE: dict[str, Any] = {
    "title": "Pay rent",
    "description": "    code\n",
    "priority": "high",
    "status": "in_progress",
    "due_date": "2030-01-31",
    "due_time": "17:00",
    "labels": ["home", "Geld"],
}
CREATED, COMPLETED = "2020-02-29T08:00:00.123456Z", "2020-03-01T09:30:00.000000Z"

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


def bring(api: APIClient, *tasks: Any, **headers: str) -> list[dict[str, Any]]:
    response = api.post(URL, {"tasks": tasks}, headers=headers)
    assert response.status_code == 201, response.content
    results: list[dict[str, Any]] = response.json()["results"]
    return results


def errors_of(api: APIClient, *tasks: Any) -> set[tuple[str, str]]:
    response = api.post(URL, {"tasks": tasks})
    assert response.status_code == 400, response.content
    assert not Task.objects.exists()
    assert not Event.objects.filter(stream__kind="tasks").exists()
    return {(each["pointer"], each["code"]) for each in response.json()["errors"]}


# --- What it makes ------------------------------------------------------------------


def test_they_are_as_if_each_had_been_created(api: APIClient) -> None:
    bare, whole = bring(api, {"title": " Bare "}, WHOLE)
    created = [
        api.post("/api/tasks/", each).json() for each in ({"title": "Bare"}, WHOLE)
    ]

    own = {"id", "created_at", "updated_at", "deleted_at"}
    for imported, task in zip((bare, whole), created, strict=True):
        assert imported.pop("deleted_at") is None
        assert imported == api.get(f"/api/tasks/{imported['id']}/").json()
        assert {name: imported[name] for name in imported if name not in own} == {
            name: task[name] for name in task if name not in own
        }
        assert imported["created_at"] == imported["updated_at"]
    assert recount_tasks() == 0


def test_they_come_back_in_the_order_they_were_sent(api: APIClient) -> None:
    titles = [f"Task {n}" for n in range(100)]

    results = bring(api, *({"title": title} for title in titles))

    assert [each["title"] for each in results] == titles
    assert Task.objects.count() == 100


def test_they_can_be_as_old_as_they_are(api: APIClient) -> None:
    old = {"created_at": CREATED, "completed_at": COMPLETED, "status": "completed"}
    (task,) = bring(api, {**WHOLE, **old})

    assert (task["created_at"], task["completed_at"]) == (CREATED, COMPLETED)
    assert task["updated_at"] > CREATED
    assert api.get("/api/tasks/?created_before=2020-02-29").json()["results"]


@pytest.mark.parametrize("fields", [{}, {"completed_at": None}])
def test_what_is_completed_at_no_time_is_completed_now(
    api: APIClient, fields: dict[str, Any]
) -> None:
    (task,) = bring(api, {"title": "x", "status": "completed", **fields})

    assert task["completed_at"] == task["updated_at"]


def test_a_moment_may_have_any_offset(api: APIClient) -> None:
    (task,) = bring(api, {"title": "x", "created_at": "2020-02-29T10:00:00+05:30"})

    assert task["created_at"] == "2020-02-29T04:30:00.000000Z"


def test_what_only_the_server_sets_has_no_effect(api: APIClient, other: User) -> None:
    sent = {"id": 1, "version": 9, "updated_at": CREATED, "user": other.pk}
    (task,) = bring(api, {"title": "x", **sent})

    assert task["version"] == 1
    assert task["updated_at"] != CREATED
    assert task["user"] != other.pk
    assert Task.objects.get().pk == task["id"]


# --- What an export has -------------------------------------------------------------


def test_an_export_is_taken_as_it_is(
    api: APIClient, owner: User, other: User, sign_in: SignIn
) -> None:
    now = timezone.now()
    make_task(owner, description="x" * 200, labels=["a", "b"])
    make_task(owner, status="completed", completed_at=now - timedelta(days=3))
    make_task(owner, created_at=now - timedelta(days=400), deleted_at=now)
    theirs = sign_in(other)

    tasks = exported(api)
    bring(theirs, *tasks)

    kept = [*EDITABLE, "created_at", "completed_at"]
    assert [[task[name] for name in kept] for task in exported(theirs)] == [
        [task[name] for name in kept] for task in tasks
    ]
    assert [task["deleted_at"] is None for task in exported(theirs)] == [
        task["deleted_at"] is None for task in tasks
    ]


def exported(api: APIClient) -> list[dict[str, Any]]:
    response = api.get("/api/auth/me/export/")
    tasks: list[dict[str, Any]] = json.loads(response.getvalue())["tasks"]
    return tasks


def test_what_was_in_the_trash_is_there_again(api: APIClient) -> None:
    (task,) = bring(api, {**WHOLE, "deleted_at": CREATED})

    assert task["deleted_at"] == task["updated_at"]  # so it is kept for 30 days
    assert task["version"] == 2
    assert api.get("/api/tasks/trash/").json()["results"] == [task]
    assert api.get("/api/tasks/").json()["results"] == []
    restored = api.post(f"/api/tasks/{task['id']}/restore/").json()
    assert (restored["version"], restored["title"]) == (3, "Pay rent")
    history = api.get(f"/api/tasks/{task['id']}/history/").json()["results"]
    assert [(each["verb"], each["version"]) for each in history] == [
        ("restored", 3),
        ("trashed", 2),
        ("created", 1),
    ]
    assert recount_tasks() == 0


# --- All or none --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"title": ""}, "/title", "blank"),
        ({"title": "x" * 201}, "/title", "max_length"),
        ({"title": 5}, "/title", "invalid"),
        ({"title": None}, "/title", "null"),
        ({"description": "x" * 20_001}, "/description", "max_length"),
        ({"priority": "urgent"}, "/priority", "invalid_choice"),
        ({"status": "done"}, "/status", "invalid_choice"),
        ({"due_date": "2030-02-30"}, "/due_date", "invalid"),
        ({"due_time": "25:00"}, "/due_time", "invalid"),
        ({"due_date": None}, "/due_time", "needs_due_date"),
        ({"labels": ["a", "A"]}, "/labels", "duplicate"),
        ({"labels": [""]}, "/labels/0", "blank"),
        ({"labels": "home"}, "/labels", "not_a_list"),
        ({"colour": "red"}, "/colour", "unknown_field"),
        ({"created_at": None}, "/created_at", "null"),
        ({"created_at": "yesterday"}, "/created_at", "invalid"),
        ({"created_at": "2020-02-29"}, "/created_at", "invalid"),
        ({"created_at": "2199-01-01T00:00:00Z"}, "/created_at", "out_of_range"),
        ({"created_at": "1899-12-31T23:59:59Z"}, "/created_at", "out_of_range"),
        ({"created_at": "0001-01-01T00:00:00+14:00"}, "/created_at", None),
        ({"created_at": "9999-12-31T23:59:59-14:00"}, "/created_at", None),
        ({"deleted_at": "2199-01-01T00:00:00Z"}, "/deleted_at", "out_of_range"),
        ({"completed_at": CREATED}, "/completed_at", "not_completed"),
    ],
)
def test_one_that_is_wrong_keeps_all_out(
    api: APIClient, fields: dict[str, Any], pointer: str, code: str | None
) -> None:
    errors = errors_of(api, WHOLE, {"title": "x"}, {**WHOLE, **fields}, WHOLE)

    ((found, its_code),) = errors
    assert found == f"/tasks/2{pointer}"
    assert code is None or its_code == code


def test_each_that_is_wrong_is_named(api: APIClient) -> None:
    tasks = [{"title": ""}, {"title": "x"}, {}, {"title": "x", "status": 1}]

    assert errors_of(api, *tasks) == {
        ("/tasks/0/title", "blank"),
        ("/tasks/2/title", "required"),
        ("/tasks/3/status", "invalid_choice"),
    }


@pytest.mark.parametrize("odd", [None, 5, "x", [], [{"title": "x"}]])
def test_a_task_is_an_object(api: APIClient, odd: Any) -> None:
    errors = errors_of(api, {"title": "x"}, odd)

    assert {pointer for pointer, _ in errors} == {"/tasks/1"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/tasks"),
        ({"tasks": None}, "/tasks"),
        ({"tasks": []}, "/tasks"),
        ({"tasks": {"title": "x"}}, "/tasks"),
        ({"tasks": "x"}, "/tasks"),
        ({"tasks": [{"title": "x"}] * 101}, "/tasks"),
        ({"tasks": [{"title": "x"}], "format": 1}, "/format"),
    ],
)
def test_between_one_and_a_hundred_come_at_once(
    api: APIClient, body: dict[str, Any], pointer: str
) -> None:
    response = api.post(URL, body)

    assert response.status_code == 400
    assert [each["pointer"] for each in response.json()["errors"]] == [pointer]
    assert not Task.objects.exists()


def test_a_body_may_have_64_kib(api: APIClient) -> None:
    response = api.post(
        URL, {"tasks": [{"title": "x", "description": "x" * 19_000}] * 4}
    )

    assert response.status_code == 413
    assert not Task.objects.exists()


# --- Who hears of it ----------------------------------------------------------------


def test_each_is_an_event_and_the_change_feed_brings_it(
    api: APIClient, owner: User
) -> None:
    cursor = api.get("/api/tasks/changes/?since=latest").json()["cursor"]
    one, two = bring(api, WHOLE, {"title": "x", "deleted_at": CREATED})

    events = Event.objects.filter(stream__owner=owner, stream__kind="tasks")
    assert [
        (each.verb, each.subject_id, each.version, each.actor_id)
        for each in events.order_by("revision")
    ] == [
        ("task_created", one["id"], 1, owner.pk),
        ("task_created", two["id"], 1, owner.pk),
        ("task_trashed", two["id"], 2, owner.pk),
    ]
    changes = api.get(f"/api/tasks/changes/?since={cursor}").json()
    assert [each["id"] for each in changes["results"]] == [one["id"]]
    assert changes["gone"] == [two["id"]]


def test_its_history_begins_with_what_was_imported(api: APIClient) -> None:
    (task,) = bring(api, WHOLE)
    url = f"/api/tasks/{task['id']}/"
    api.patch(url, {"title": "Other", "labels": []})

    history = api.get(f"{url}history/").json()["results"]
    assert history[1]["verb"] == "created"
    assert history[1]["changes"] == {name: [None, WHOLE[name]] for name in WHOLE}
    reverted = api.post(f"{url}revert/", {"version": 1}).json()
    assert {name: reverted[name] for name in WHOLE} == WHOLE


# --- Twice --------------------------------------------------------------------------


def test_a_retry_with_its_key_imports_nothing_twice(api: APIClient) -> None:
    key = {"Idempotency-Key": "k"}
    first = bring(api, WHOLE, WHOLE, **key)

    assert bring(api, WHOLE, WHOLE, **key) == first
    assert Task.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_imports_at_once_are_all_whole(api: APIClient) -> None:
    tasks = [{"title": f"{n}"} for n in range(30)]

    assert run_at_once(4, lambda: len(bring(api, *tasks))) == [30] * 4
    events = Event.objects.filter(stream__kind="tasks").order_by("revision")
    assert [each.revision for each in events] == list(range(1, 121))
