from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from events.models import Event
from tasks.models import Task
from tasks.tests.factory import make_task

TRASH = "/api/tasks/trash/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(owner: User) -> Task:
    return make_task(owner, status="in_progress", labels=["home"])


@pytest.fixture
def url(task: Task) -> str:
    return f"/api/tasks/{task.pk}/"


def ids(api: APIClient, url: str) -> list[int]:
    return [row["id"] for row in api.get(url).json()["results"]]


def verbs() -> list[str]:
    of_tasks = Event.objects.filter(stream__kind="tasks").order_by("revision")
    return list(of_tasks.values_list("verb", flat=True))


def test_deleting_moves_to_the_trash(api: APIClient, task: Task, url: str) -> None:
    response = api.delete(url, HTTP_IF_MATCH='"1"')

    assert (response.status_code, response.content) == (204, b"")
    assert api.get(url).status_code == 404
    assert ids(api, "/api/tasks/") == []
    (row,) = api.get(TRASH).json()["results"]
    assert (row["id"], row["version"]) == (task.pk, 2)
    assert row["deleted_at"].endswith("Z")
    assert verbs() == ["task_trashed"]


@pytest.mark.parametrize("headers", [{}, {"HTTP_IF_MATCH": '"1"'}])
def test_deleting_twice_is_as_good_as_once(
    api: APIClient, url: str, headers: dict[str, Any]
) -> None:
    """A proxy may send a DELETE again when it has lost the answer."""
    first, second = (api.delete(url, **headers) for _ in range(2))

    assert first.status_code == second.status_code == 204
    assert verbs() == ["task_trashed"]


def test_deleting_a_newer_version_is_refused(api: APIClient, url: str) -> None:
    api.patch(url, {"title": "Other"})

    assert api.delete(url, HTTP_IF_MATCH='"1"').status_code == 412
    assert verbs() == ["task_updated"]


def test_restoring_brings_it_back_as_it_was(api: APIClient, url: str) -> None:
    before = api.get(url).json()
    api.delete(url)

    response = api.post(f"{url}restore/")

    assert (response.status_code, response["ETag"]) == (200, '"3"')
    after = api.get(url).json()
    assert after == response.json()
    assert {key for key in after if after[key] != before[key]} == {
        "version",
        "updated_at",
    }
    assert ids(api, TRASH) == []
    assert verbs() == ["task_trashed", "task_restored"]


def test_restoring_twice_changes_nothing(api: APIClient, url: str) -> None:
    api.delete(url)
    first, second = (api.post(f"{url}restore/") for _ in range(2))

    assert first.json() == second.json()
    assert verbs() == ["task_trashed", "task_restored"]


def test_restoring_takes_no_fields(api: APIClient, url: str) -> None:
    api.delete(url)

    response = api.post(f"{url}restore/", {"title": "Other"})

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "unknown_field"
    assert verbs() == ["task_trashed"]


def test_nobody_else_can_restore_or_see_it(
    api: APIClient,
    url: str,
    other: User,
    sign_in: Callable[[User], APIClient],
) -> None:
    api.delete(url)
    stranger = sign_in(other)

    assert stranger.post(f"{url}restore/").status_code == 404
    assert ids(stranger, TRASH) == []
    assert ids(api, TRASH) != []


def test_the_trash_is_latest_first_and_can_be_walked(
    api: APIClient, owner: User
) -> None:
    now = timezone.now()
    made = [
        make_task(owner, deleted_at=now - timedelta(hours=age)).pk for age in (2, 0, 1)
    ]
    expected = [made[1], made[2], made[0]]

    first = api.get(f"{TRASH}?limit=2").json()
    second = api.get(first["next"]).json()

    assert [row["id"] for row in first["results"] + second["results"]] == expected
    back = api.get(second["previous"]).json()
    assert back["results"] == first["results"]


def test_the_trash_takes_no_filters(api: APIClient) -> None:
    assert api.get(f"{TRASH}?status=pending").status_code == 400


def test_queries_are_counted(
    api: APIClient, url: str, owner: User, django_assert_num_queries: Any
) -> None:
    """Of the writes' five, two open and close the test's savepoint."""
    with django_assert_num_queries(5):
        api.delete(url)
    for _ in range(30):
        make_task(owner, deleted_at=timezone.now())
    with django_assert_num_queries(1):
        api.get(TRASH)
    with django_assert_num_queries(5):
        api.post(f"{url}restore/")
