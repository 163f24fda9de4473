"""Who changed which field of a task from what to what, newest first."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from events.models import Event
from tasks import services
from tasks.tests.factory import make_task

TASKS = "/api/tasks/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(api: APIClient) -> str:
    body = {"title": "Pay rent", "due_date": "2026-03-01", "due_time": "09:30"}
    return f"{TASKS}{api.post(TASKS, body).json()['id']}/"


def history(api: APIClient, url: str, **params: Any) -> list[dict[str, Any]]:
    response = api.get(f"{url}history/", params)
    assert response.status_code == 200, response.content
    entries: list[dict[str, Any]] = response.json()["results"]
    return entries


def test_it_says_who_changed_what_and_when(
    api: APIClient, url: str, owner: User
) -> None:
    api.patch(url, {"title": "Pay the rent", "labels": ["home"]})

    latest, first = history(api, url)

    assert list(latest) == [
        "revision",
        "verb",
        "actor",
        "version",
        "changes",
        "reverted_to",
        "occurred_at",
    ]
    assert latest["verb"] == "updated"
    assert latest["actor"] == {"id": owner.pk, "username": "owner"}
    assert (latest["version"], latest["reverted_to"]) == (2, None)
    assert latest["changes"] == {
        "title": ["Pay rent", "Pay the rent"],
        "labels": [[], ["home"]],
    }
    assert latest["occurred_at"].endswith("Z")
    assert latest["revision"] > first["revision"]
    assert (first["verb"], first["version"]) == ("created", 1)
    assert first["changes"]["due_date"] == [None, "2026-03-01"]
    assert first["changes"]["due_time"] == [None, "09:30"]


def test_an_administrators_change_bears_their_name(
    api: APIClient, url: str, owner: User, admin: User
) -> None:
    task_id = api.get(url).json()["id"]
    services.update_task(
        actor_id=admin.pk,
        owner_id=owner.pk,
        task_id=task_id,
        fields={"title": "Moderated"},
    )
    assert history(api, url)[0]["actor"] == {"id": admin.pk, "username": "admin"}

    admin.delete()
    assert history(api, url)[0]["actor"] is None


def test_the_trash_has_history_too(api: APIClient, url: str) -> None:
    api.delete(url)

    latest = history(api, url)[0]

    assert latest["verb"] == "trashed"
    was, became = latest["changes"]["deleted_at"]
    assert was is None
    assert became.endswith("Z")


def test_only_this_tasks_changes_are_in_it(api: APIClient, url: str) -> None:
    api.post(TASKS, {"title": "Another"})

    assert [entry["verb"] for entry in history(api, url)] == ["created"]


def test_a_task_without_events_has_an_empty_one(api: APIClient, owner: User) -> None:
    assert history(api, f"{TASKS}{make_task(owner).pk}/") == []


def test_it_is_walked_in_both_directions(api: APIClient, url: str) -> None:
    for n in range(6):
        api.patch(url, {"title": f"Title {n}"})

    page = api.get(f"{url}history/?limit=3").json()
    assert page["previous"] is None
    pages = [page]
    while page["next"]:
        page = api.get(page["next"]).json()
        pages.append(page)

    versions = [[entry["version"] for entry in page["results"]] for page in pages]
    assert versions == [[7, 6, 5], [4, 3, 2], [1]]
    back = api.get(pages[2]["previous"]).json()
    assert back["results"] == pages[1]["results"]
    assert back["next"] == pages[1]["next"]
    front = api.get(back["previous"]).json()
    assert (front["results"], front["previous"]) == (pages[0]["results"], None)


def test_beyond_either_end_there_is_a_way_back(api: APIClient, url: str) -> None:
    (entry,) = history(api, url)
    revision = entry["revision"]

    newer = api.get(f"{url}history/?cursor=newer-{revision}").json()
    older = api.get(f"{url}history/?cursor=older-{revision}").json()

    assert (newer["results"], newer["previous"]) == ([], None)
    assert api.get(newer["next"]).json()["results"] == [entry]
    assert (older["results"], older["next"]) == ([], None)
    assert api.get(older["previous"]).json()["results"] == [entry]


@pytest.mark.parametrize(
    "query",
    [
        "cursor=",
        "cursor=5",
        "cursor=older-",
        "cursor=older--1",
        "cursor=newer-1x",
        "cursor=older-\u0661",
        "cursor=older-9999999999999999999",
        "limit=0",
        "limit=101",
        "status=pending",
        "since=x",
    ],
)
def test_an_absurd_parameter_is_refused(api: APIClient, url: str, query: str) -> None:
    assert api.get(f"{url}history/?{query}").status_code == 400


def test_to_others_it_does_not_exist_and_staff_may_read(
    url: str, other: User, staff: User, admin: User, sign_in: Callable[..., APIClient]
) -> None:
    assert sign_in(other).get(f"{url}history/").status_code == 404
    for person in (staff, admin):
        assert [entry["verb"] for entry in history(sign_in(person), url)] == ["created"]


def test_what_is_gone_is_a_404(api: APIClient) -> None:
    assert api.get(f"{TASKS}999999/history/").status_code == 404


@pytest.mark.parametrize("changes", [1, 50])
def test_it_is_two_queries(
    api: APIClient, url: str, changes: int, django_assert_num_queries: Any
) -> None:
    for n in range(changes):
        api.patch(url, {"title": f"Title {n}"})

    with django_assert_num_queries(2):
        entries = history(api, url, limit=100)
    assert len(entries) == changes + 1 == Event.objects.filter(version__gte=1).count()
