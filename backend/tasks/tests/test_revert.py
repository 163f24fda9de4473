"""Reverting: the fields as they were at a version, as a new change."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import run_at_once
from events.models import Event
from tasks import services
from tasks.models import Task
from tasks.tests.factory import make_task

TASKS = "/api/tasks/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(api: APIClient) -> str:
    return f"{TASKS}{api.post(TASKS, {'title': 'Pay rent'}).json()['id']}/"


def fields_of(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in services.EDITABLE}


def revert(api: APIClient, url: str, version: int, **body: Any) -> dict[str, Any]:
    response = api.post(f"{url}revert/", {"version": version, **body})
    assert response.status_code == 200, response.content
    task: dict[str, Any] = response.json()
    return task


def pointers(response: Any) -> dict[str, str]:
    assert response.status_code == 400, response.content
    return {error["pointer"]: error["code"] for error in response.json()["errors"]}


def test_every_field_is_as_it_was(api: APIClient, url: str) -> None:
    first = api.get(url).json()
    api.patch(
        url,
        {
            "title": "Other",
            "description": "*Much* more",
            "priority": "high",
            "status": "in_progress",
            "due_date": "2026-03-01",
            "due_time": "09:30",
            "labels": ["home", "Phone"],
        },
    )
    second = api.get(url).json()

    back = revert(api, url, 1)
    assert fields_of(back) == fields_of(first)
    assert back["version"] == 3

    forth = revert(api, url, 2)
    assert fields_of(forth) == fields_of(second)
    assert forth["version"] == 4
    assert api.get(url).json() == forth


def test_it_is_a_change_of_its_own(api: APIClient, url: str) -> None:
    api.patch(url, {"title": "Other", "priority": "high"})

    response = api.post(f"{url}revert/", {"version": 1})

    assert response["ETag"] == '"3"'
    event = Event.objects.get(verb="task_reverted")
    assert event.version == 3
    entry = api.get(f"{url}history/").json()["results"][0]
    assert (entry["verb"], entry["reverted_to"]) == ("reverted", 1)
    assert entry["changes"] == {
        "title": ["Other", "Pay rent"],
        "priority": ["high", "medium"],
    }


def test_it_can_be_for_named_fields_only(api: APIClient, url: str) -> None:
    api.patch(url, {"title": "Other", "priority": "high"})

    back = revert(api, url, 1, fields=["title", "title"])

    assert (back["title"], back["priority"]) == ("Pay rent", "high")


def test_where_nothing_differs_there_is_no_version(api: APIClient, url: str) -> None:
    api.patch(url, {"title": "Other"})
    api.patch(url, {"title": "Pay rent"})
    before = api.get(url).json()

    assert revert(api, url, 1) == before
    assert revert(api, url, 3) == before
    assert not Event.objects.filter(verb="task_reverted").exists()


def test_completion_follows_the_status(api: APIClient, url: str) -> None:
    done = api.patch(url, {"status": "completed"}).json()

    reopened = revert(api, url, 1)
    assert (reopened["status"], reopened["completed_at"]) == ("pending", None)

    again = revert(api, url, 2)
    assert again["status"] == "completed"
    assert again["completed_at"] == again["updated_at"] > done["completed_at"]


def test_a_stay_in_the_trash_is_no_field(api: APIClient, url: str) -> None:
    api.delete(url)
    api.post(f"{url}restore/")

    back = revert(api, url, 2)

    assert back["version"] == 3
    assert api.get(url).status_code == 200


def test_a_task_in_the_trash_is_restored_first(api: APIClient, url: str) -> None:
    api.patch(url, {"title": "Other"})
    api.delete(url)

    assert api.post(f"{url}revert/", {"version": 1}).status_code == 404


@pytest.mark.parametrize("version", [3, 2**31 - 1])
def test_a_version_that_never_was_is_refused(
    api: APIClient, url: str, version: int
) -> None:
    api.patch(url, {"title": "Other"})

    response = api.post(f"{url}revert/", {"version": version})

    assert pointers(response) == {"/version": "unknown_version"}
    assert api.get(url).json()["version"] == 2


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/version"),
        ({"version": 0}, "/version"),
        ({"version": -1}, "/version"),
        ({"version": 2**31}, "/version"),
        ({"version": "1"}, "/version"),
        ({"version": True}, "/version"),
        ({"version": 1.0}, "/version"),
        ({"version": 1, "fields": []}, "/fields"),
        ({"version": 1, "fields": "title"}, "/fields"),
        ({"version": 1, "fields": None}, "/fields"),
        ({"version": 1, "fields": ["id"]}, "/fields/0"),
        ({"version": 1, "fields": ["title", {}]}, "/fields/1"),
        ({"version": 1, "title": "x"}, "/title"),
    ],
)
def test_an_absurd_body_is_refused(
    api: APIClient, url: str, body: dict[str, Any], pointer: str
) -> None:
    assert [*pointers(api.post(f"{url}revert/", body))] == [pointer]


def test_a_time_is_not_brought_back_without_its_date(api: APIClient, url: str) -> None:
    api.patch(url, {"due_date": "2026-03-01", "due_time": "09:30"})
    api.patch(url, {"due_date": None, "due_time": None})

    alone = api.post(f"{url}revert/", {"version": 2, "fields": ["due_time"]})

    assert pointers(alone) == {"/due_time": "needs_due_date"}
    assert revert(api, url, 2)["due_time"] == "09:30"


def test_a_stale_version_gets_the_current_one(api: APIClient, url: str) -> None:
    api.patch(url, {"title": "Other"})

    stale = api.post(f"{url}revert/", {"version": 1}, HTTP_IF_MATCH='"1"')
    assert stale.status_code == 412
    assert stale.json()["current"] == api.get(url).json()

    fresh = api.post(f"{url}revert/", {"version": 1}, HTTP_IF_MATCH='"2"')
    assert fresh.status_code == 200


def test_sent_twice_with_a_key_it_happens_once(api: APIClient, url: str) -> None:
    api.patch(url, {"title": "Other"})

    def send() -> Any:
        body = {"version": 1}
        return api.post(f"{url}revert/", body, HTTP_IDEMPOTENCY_KEY="k")

    first, second = send(), send()

    assert first.content == second.content
    assert second["Idempotency-Replayed"] == "true"
    assert api.get(url).json()["version"] == 3


def test_a_task_from_before_the_log_has_its_version(
    api: APIClient, owner: User
) -> None:
    task = make_task(owner, version=4)
    url = f"{TASKS}{task.pk}/"

    assert revert(api, url, 2)["version"] == 4


@pytest.mark.django_db(transaction=True)
def test_of_many_reverts_of_one_version_one_wins(api: APIClient, url: str) -> None:
    api.patch(url, {"title": "Other"})

    def send() -> int:
        body = {"version": 1}
        answer = api.post(f"{url}revert/", body, HTTP_IF_MATCH='"2"')
        return int(answer.status_code)

    assert sorted(run_at_once(6, send)) == [200] + [412] * 5
    assert api.get(url).json()["version"] == 3


@pytest.mark.parametrize("changes", [1, 50])
def test_it_is_four_queries_however_long_the_history(
    api: APIClient, url: str, changes: int, django_assert_num_queries: Any
) -> None:
    """Lock, look up, update, event; two open and close the test's savepoint."""
    for n in range(changes):
        api.patch(url, {"title": f"Title {n}"})

    with django_assert_num_queries(6):
        revert(api, url, 1)


TITLES = st.sampled_from(["Pay rent", "Call", "Größe 😀"])
DUE = st.sampled_from(
    [(None, None), ("2026-03-01", None), ("2026-03-01", "09:30"), ("1900-01-01", None)]
)
STATES = st.fixed_dictionaries(
    {
        "title": TITLES,
        "description": st.sampled_from(["", "    code", "null"]),
        "priority": st.sampled_from(Task.Priority.values),
        "status": st.sampled_from(Task.Status.values),
        "labels": st.lists(st.sampled_from(["home", "Work", "\"'"]), unique=True),
        "due": DUE,
    }
)


@given(
    steps=st.lists(
        st.one_of(STATES, st.just("trash"), st.floats(min_value=0, max_value=1)),
        min_size=1,
        max_size=8,
    )
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_version_can_be_gone_back_to_after_anything(
    api: APIClient, steps: list[Any]
) -> None:
    """Edits, stays in the trash and reverts mixed; every version seen stays true."""
    url = f"{TASKS}{api.post(TASKS, {'title': 'Pay rent'}).json()['id']}/"
    seen = {1: fields_of(api.get(url).json())}

    def note(task: dict[str, Any]) -> None:
        seen[task["version"]] = fields_of(task)

    for step in steps:
        if step == "trash":
            api.delete(url)
            trashed = max(seen) + 1
            note(api.post(f"{url}restore/").json())
            seen[trashed] = seen[trashed + 1]
        elif isinstance(step, float):
            version = 1 + int(step * (max(seen) - 1))
            task = revert(api, url, version)
            assert fields_of(task) == seen[version]
            note(task)
        else:
            date, time = step["due"]
            body = {name: value for name, value in step.items() if name != "due"}
            note(api.patch(url, {**body, "due_date": date, "due_time": time}).json())
    for version, fields in [*seen.items()]:
        assert fields_of(revert(api, url, version)) == fields
