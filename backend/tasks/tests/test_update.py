"""PUT and PATCH: safe writes, and no more than what they name."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import run_at_once
from events.models import Event
from tasks.models import Task
from tasks.tests.factory import make_task

FULL: dict[str, Any] = {
    "title": "Call the plumber",
    "description": "Before *noon*",
    "priority": "high",
    "status": "in_progress",
    "due_date": "2026-03-01",
    "due_time": "09:30",
    "labels": ["home", "Phone"],
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(owner: User) -> Task:
    return make_task(owner, title="Pay rent", labels=["home"], priority="low")


@pytest.fixture
def url(task: Task) -> str:
    return f"/api/tasks/{task.pk}/"


def events_of(task: Task) -> list[Event]:
    return list(Event.objects.filter(subject_id=task.pk).order_by("revision"))


def pointers(response: Any) -> dict[str, str]:
    assert response.status_code == 400, response.content
    return {error["pointer"]: error["code"] for error in response.json()["errors"]}


def test_put_replaces_every_field(api: APIClient, url: str, task: Task) -> None:
    response = api.put(url, FULL, HTTP_IF_MATCH='"1"')

    assert response.status_code == 200
    assert response["ETag"] == '"2"'
    assert response.json().items() >= {**FULL, "version": 2}.items()
    assert api.get(url).json() == response.json()
    (event,) = events_of(task)
    assert (event.verb, event.version) == ("task_updated", 2)
    assert set(event.changes) == set(FULL)
    assert event.changes["title"] == ["Pay rent", "Call the plumber"]
    assert event.changes["due_date"] == [None, "2026-03-01"]


def test_put_needs_to_know_what_it_replaces(api: APIClient, url: str) -> None:
    response = api.put(url, FULL)

    assert response.status_code == 428
    assert response.json()["code"] == "precondition_required"
    assert api.get(url).json()["title"] == "Pay rent"


@pytest.mark.parametrize("name", FULL)
def test_put_names_the_field_that_is_missing(
    api: APIClient, url: str, name: str
) -> None:
    body = {key: value for key, value in FULL.items() if key != name}

    response = api.put(url, body, HTTP_IF_MATCH="*")

    assert pointers(response) == {f"/{name}": "required"}


def test_put_names_all_that_is_missing_at_once(api: APIClient, url: str) -> None:
    response = api.put(url, {}, HTTP_IF_MATCH="*")

    assert pointers(response) == {f"/{name}": "required" for name in FULL}


def test_what_was_read_can_be_put_back(api: APIClient, url: str, task: Task) -> None:
    seen = api.get(url)

    response = api.put(url, seen.json(), HTTP_IF_MATCH=seen["ETag"])

    assert response.status_code == 200
    assert response.json() == seen.json()
    assert events_of(task) == []


@pytest.mark.parametrize("name", FULL)
def test_patch_changes_what_it_names_and_nothing_else(
    api: APIClient, url: str, task: Task, name: str
) -> None:
    body = {name: FULL[name]}
    if name == "due_time":
        body["due_date"] = FULL["due_date"]
    before = api.get(url).json()

    after = api.patch(url, body).json()

    changed = {key for key in after if after[key] != before[key]}
    assert changed == {*body, "version", "updated_at"}
    assert {key: after[key] for key in body} == body
    (event,) = events_of(task)
    assert set(event.changes) == set(body)


@pytest.mark.parametrize(
    "body", [{}, {"title": "Pay rent"}, {"title": " Pay rent "}, {"labels": ["home"]}]
)
def test_no_change_makes_no_version(
    api: APIClient, url: str, task: Task, body: dict[str, Any]
) -> None:
    before = api.get(url).json()

    response = api.patch(url, body)

    assert (response.status_code, response["ETag"]) == (200, '"1"')
    assert response.json() == before
    assert events_of(task) == []


@pytest.mark.parametrize(
    "name", ["id", "user", "version", "created_at", "updated_at", "completed_at"]
)
def test_read_only_fields_have_no_effect(
    api: APIClient, url: str, other: User, name: str
) -> None:
    before = api.get(url).json()

    response = api.patch(url, {name: other.pk})

    assert response.status_code == 200
    assert response.json() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("tag", ['"2"', '"0"', 'W/"1"', '"abc"', "1", '"1'])
def test_a_stale_version_gets_the_current_one(
    api: APIClient, url: str, method: str, tag: str
) -> None:
    response = getattr(api, method)(url, FULL, HTTP_IF_MATCH=tag)

    assert response.status_code == 412
    assert response["Content-Type"] == "application/problem+json"
    assert response["ETag"] == '"1"'
    body = response.json()
    assert body["code"] == "precondition_failed"
    assert body["current"] == api.get(url).json()


@pytest.mark.parametrize("tag", ['"1"', "*", '"9", "1"'])
def test_the_current_version_may_be_changed(api: APIClient, url: str, tag: str) -> None:
    response = api.patch(url, {"title": "Paid"}, HTTP_IF_MATCH=tag)

    assert (response.status_code, response["ETag"]) == (200, '"2"')


def test_completion_sets_and_clears_its_time(api: APIClient, url: str) -> None:
    done = api.patch(url, {"status": "completed"}).json()
    assert done["completed_at"] == done["updated_at"]

    renamed = api.patch(url, {"title": "Paid"}).json()
    assert renamed["completed_at"] == done["completed_at"]

    reopened = api.patch(url, {"status": "pending"}).json()
    assert reopened["completed_at"] is None


def test_a_time_does_not_outlive_its_date(api: APIClient, url: str) -> None:
    api.patch(url, {"due_date": "2026-03-01", "due_time": "09:30"})

    alone = api.patch(url, {"due_date": None})
    both = api.patch(url, {"due_date": None, "due_time": None})

    assert pointers(alone) == {"/due_time": "needs_due_date"}
    assert both.status_code == 200


def test_a_refused_change_changes_nothing(api: APIClient, url: str, task: Task) -> None:
    before = api.get(url).json()

    api.patch(url, {"title": "Other", "due_time": "09:30"})
    api.patch(url, {"title": "Other", "priority": "urgent"})

    assert api.get(url).json() == before
    assert events_of(task) == []


def test_an_unknown_field_is_refused(api: APIClient, url: str) -> None:
    response = api.patch(url, {"title": "Other", "colour": "red"})

    assert pointers(response) == {"/colour": "unknown_field"}


@pytest.mark.django_db(transaction=True)
def test_of_many_writers_of_one_version_one_wins(api: APIClient, url: str) -> None:
    def write() -> int:
        title = {"title": "Mine"}
        return int(api.patch(url, title, HTTP_IF_MATCH='"1"').status_code)

    assert sorted(run_at_once(8, write)) == [200] + [412] * 7
    assert api.get(url).json()["version"] == 2


@pytest.mark.django_db(transaction=True)
def test_many_writers_without_a_version_all_count(
    api: APIClient, url: str, task: Task
) -> None:
    titles = iter("abcdefgh")

    responses = run_at_once(8, lambda: api.patch(url, {"title": next(titles)}))

    assert sorted(response.json()["version"] for response in responses) == [
        *range(2, 10)
    ]
    assert [event.version for event in events_of(task)] == [*range(2, 10)]


@pytest.mark.parametrize("method", ["put", "patch"])
def test_its_queries_are_counted(
    api: APIClient, url: str, method: str, django_assert_num_queries: Any
) -> None:
    """Lock, update, event; the other two open and close the test's savepoint."""
    with django_assert_num_queries(5):
        getattr(api, method)(url, FULL, HTTP_IF_MATCH='"1"')
    with django_assert_num_queries(3):
        getattr(api, method)(url, FULL, HTTP_IF_MATCH='"2"')
