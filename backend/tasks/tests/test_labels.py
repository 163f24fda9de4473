"""Labels: which there are, renaming one everywhere, taking one off everywhere."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import run_at_once
from events.models import Event
from tasks import services
from tasks.models import MAX_LABELS, Task
from tasks.services import labels as labels_service
from tasks.tests.factory import make_task

URL = "/api/labels/"
ODD_NAMES = [
    "a/b",
    "/",
    "//x/",
    "50 % off?",
    "a#b&c=d",
    "línea\nbreak",
    '"quoted", comma',
    "Ünï 🏠",
    "..%2f",
    "{curly}",
    "a" * 40,
]

pytestmark = pytest.mark.django_db


def url_of(name: str) -> str:
    return f"{URL}{quote(name, safe='')}/"


def listed(api: APIClient) -> dict[str, int]:
    response = api.get(f"{URL}?limit=100")
    assert response.status_code == 200, response.content
    return {each["name"]: each["count"] for each in response.json()["results"]}


def rename(api: APIClient, name: str, new_name: str) -> Any:
    return api.patch(url_of(name), {"name": new_name})


def labels_of(task: Task) -> list[str]:
    task.refresh_from_db()
    return task.labels


def add(api: APIClient, *labels: str) -> Task:
    response = api.post("/api/tasks/", {"title": "x", "labels": labels})
    assert response.status_code == 201, response.content
    return Task.objects.get(pk=response.json()["id"])


def changes_of_labels() -> list[Event]:
    events = Event.objects.filter(verb="task_updated", changes__has_key="labels")
    return list(events.order_by("revision"))


# --- The list -----------------------------------------------------------------------


def test_it_lists_my_labels_by_name_ignoring_case(api: APIClient) -> None:
    for labels in (["work", "Zoo"], ["Work", "home"], ["work"], []):
        add(api, *labels)

    response = api.get(URL)

    assert response.json() == {
        "next": None,
        "previous": None,
        "results": [
            {"name": "home", "count": 1},
            {"name": "work", "count": 2},
            {"name": "Work", "count": 1},
            {"name": "Zoo", "count": 1},
        ],
    }


def test_the_trash_does_not_count(api: APIClient, owner: User) -> None:
    gone = add(api, "home", "old")
    add(api, "home")

    services.trash_task(actor_id=owner.pk, task_id=gone.pk)

    assert listed(api) == {"home": 1}


def test_another_persons_labels_are_not_there(
    api: APIClient, other: User, staff: User, sign_in: Callable[[User], APIClient]
) -> None:
    make_task(other, labels=["secret"])

    assert listed(api) == listed(sign_in(staff)) == {}


def test_many_labels_come_in_pages(api: APIClient, owner: User) -> None:
    names = [f"{'Ll'[n % 2]}abel {n:02}" for n in range(45)]
    for start in range(0, 45, 15):
        make_task(owner, labels=names[start : start + 15])

    seen, url = [], f"{URL}?limit=20"
    while url:
        page = api.get(url).json()
        seen += [each["name"] for each in page["results"]]
        url = page["next"]

    assert seen == sorted(names, key=str.lower)


def test_an_unchanged_list_is_304(api: APIClient) -> None:
    add(api, "home")
    etag = api.get(URL)["ETag"]

    assert api.get(URL, HTTP_IF_NONE_MATCH=etag).status_code == 304
    rename(api, "home", "house")
    assert api.get(URL, HTTP_IF_NONE_MATCH=etag).status_code == 200


@pytest.mark.parametrize("query", ["ordering=count", "status=pending", "cursor=x"])
def test_what_the_list_does_not_know_is_400(api: APIClient, query: str) -> None:
    assert api.get(f"{URL}?{query}").status_code == 400


def test_labels_are_not_created(api: APIClient) -> None:
    assert api.post(URL, {"name": "home"}).status_code == 405


# --- Renaming -----------------------------------------------------------------------


def test_renaming_changes_every_task_and_says_so(api: APIClient, owner: User) -> None:
    tasks = [add(api, "home"), add(api, "work", "home", "x")]
    untouched = add(api, "work")

    response = rename(api, "home", "house")

    assert (response.status_code, response.json()) == (
        200,
        {"name": "house", "count": 2},
    )
    assert [labels_of(task) for task in tasks] == [["house"], ["work", "house", "x"]]
    assert {task.version for task in tasks} == {2}
    assert tasks[0].updated_at == tasks[1].updated_at > tasks[0].created_at
    assert listed(api) == {"house": 2, "work": 2, "x": 1}
    assert labels_of(untouched) == ["work"]
    one, two = changes_of_labels()
    assert one.changes == {"labels": [["home"], ["house"]]}
    assert two.changes == {"labels": [["work", "home", "x"], ["work", "house", "x"]]}
    assert [one.subject_id, two.subject_id] == [task.pk for task in tasks]
    assert {one.actor_id, two.actor_id} == {owner.pk}
    assert {one.version, two.version} == {2}


def test_a_copy_of_the_tasks_hears_of_it(api: APIClient) -> None:
    task = add(api, "home")
    cursor = api.get("/api/tasks/changes/?since=latest").json()["cursor"]

    rename(api, "home", "house")

    (change,) = api.get(f"/api/tasks/changes/?since={cursor}").json()["results"]
    assert (change["id"], change["labels"]) == (task.pk, ["house"])


def test_it_can_be_undone_by_the_history(api: APIClient) -> None:
    task = add(api, "home")
    rename(api, "home", "house")

    api.post(f"/api/tasks/{task.pk}/revert/", {"version": 1})

    assert labels_of(task) == ["home"]
    assert listed(api) == {"home": 1}


def test_the_trash_is_renamed_too(api: APIClient, owner: User) -> None:
    task = add(api, "home")
    services.trash_task(actor_id=owner.pk, task_id=task.pk)

    assert rename(api, "home", "house").json() == {"name": "house", "count": 0}

    services.restore_task(actor_id=owner.pk, task_id=task.pk)
    assert labels_of(task) == ["house"]
    assert listed(api) == {"house": 1}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["home", "work"], ["work"]),
        (["work", "x", "home"], ["work", "x"]),
        (["Work", "x", "home"], ["work", "x"]),
        (["home", "x", "WORK"], ["work", "x"]),
        (["home", "Home2"], ["work", "Home2"]),
    ],
)
def test_where_both_were_there_is_one(
    api: APIClient, before: list[str], after: list[str]
) -> None:
    task = add(api, *before)

    rename(api, "home", "work")

    assert labels_of(task) == after


def test_equal_but_for_case_means_also_beyond_ascii(api: APIClient) -> None:
    task = add(api, "STRASSE", "weg")

    rename(api, "weg", "Straße")

    assert labels_of(task) == ["Straße"]


def test_a_full_task_stays_full(api: APIClient) -> None:
    names = [f"l{n}" for n in range(MAX_LABELS)]
    task = add(api, *names)

    assert rename(api, "l3", "new").status_code == 200

    assert labels_of(task) == [*names[:3], "new", *names[4:]]


def test_only_the_spelling_may_change(api: APIClient) -> None:
    lower, upper = add(api, "home"), add(api, "Home")

    assert rename(api, "home", "Home").json() == {"name": "Home", "count": 2}

    assert labels_of(lower) == labels_of(upper) == ["Home"]
    upper.refresh_from_db()
    assert upper.version == 1


def test_a_name_goes_by_its_spelling(api: APIClient) -> None:
    add(api, "home")

    assert rename(api, "Home", "x").status_code == 404
    assert listed(api) == {"home": 1}


def test_the_same_name_changes_nothing(api: APIClient) -> None:
    task = add(api, "home")

    assert rename(api, "home", " home ").json() == {"name": "home", "count": 1}

    assert labels_of(task) == ["home"]
    assert changes_of_labels() == []


@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_has_an_address(api: APIClient, name: str) -> None:
    task = add(api, name)

    assert rename(api, name, "plain").status_code == 200
    assert labels_of(task) == ["plain"]
    assert rename(api, "plain", name).json() == {"name": name, "count": 1}
    assert api.delete(url_of(name)).status_code == 204
    assert labels_of(task) == []


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_a_label_that_nobody_of_mine_has_is_404(
    api: APIClient, other: User, method: str
) -> None:
    theirs = make_task(other, labels=["home"])

    response = getattr(api, method)(url_of("home"), {"name": "x"})

    missing = getattr(api, method)(url_of("no such label"), {"name": "x"})
    assert response.status_code == missing.status_code == 404
    assert response.json()["detail"] == missing.json()["detail"]
    assert labels_of(theirs) == ["home"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "   "}, "/name"),
        ({"name": "a" * 41}, "/name"),
        ({"name": 5}, "/name"),
        ({"name": None}, "/name"),
        ({"name": "x", "count": 1}, "/count"),
    ],
)
def test_a_bad_name_is_refused(
    api: APIClient, body: dict[str, Any], pointer: str
) -> None:
    task = add(api, "home")

    response = api.patch(url_of("home"), body)

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == pointer
    assert labels_of(task) == ["home"]


def test_a_patch_that_names_nothing_changes_nothing(api: APIClient) -> None:
    task = add(api, "home")

    response = api.patch(url_of("home"), {})

    assert (response.status_code, response.json()["name"]) == (200, "home")
    assert labels_of(task) == ["home"]
    assert api.patch(url_of("no such label"), {}).status_code == 404


def test_it_takes_no_parameters(api: APIClient) -> None:
    add(api, "home")

    assert api.patch(f"{url_of('home')}?x=1", {"name": "y"}).status_code == 400
    assert api.delete(f"{url_of('home')}?x=1").status_code == 400


# --- Taking one off -----------------------------------------------------------------


def test_taking_a_label_off_every_task(api: APIClient, owner: User) -> None:
    alive, gone = add(api, "home", "work"), add(api, "home")
    services.trash_task(actor_id=owner.pk, task_id=gone.pk)

    response = api.delete(url_of("home"))

    assert (response.status_code, response.content) == (204, b"")
    assert (labels_of(alive), labels_of(gone)) == (["work"], [])
    assert listed(api) == {"work": 1}
    assert [event.changes for event in changes_of_labels()] == [
        {"labels": [["home", "work"], ["work"]]},
        {"labels": [["home"], []]},
    ]
    assert api.delete(url_of("home")).status_code == 404


# --- Many, and at once --------------------------------------------------------------


@pytest.fixture
def many(owner: User, monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """More than one batch, and as many as may be."""
    monkeypatch.setattr(labels_service, "BATCH_SIZE", 10)
    monkeypatch.setattr(labels_service, "MAX_TASKS", 35)
    return [make_task(owner, labels=["home"]) for _ in range(35)]


def test_many_are_changed_in_the_order_of_their_ids(
    api: APIClient, many: list[Task]
) -> None:
    assert rename(api, "home", "house").json()["count"] == 35

    revisions = {event.subject_id: event.revision for event in changes_of_labels()}
    assert [revisions[task.pk] for task in many] == list(range(1, 36))


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_too_many_are_refused_and_none_is_changed(
    api: APIClient, owner: User, many: list[Task], method: str
) -> None:
    make_task(owner, labels=["home"], deleted_at=timezone.now())

    response = getattr(api, method)(url_of("home"), {"name": "house"})

    assert response.status_code == 409
    assert response.json()["code"] == "too_many_tasks"
    assert listed(api) == {"home": 35}
    assert changes_of_labels() == []


@pytest.mark.django_db(transaction=True)
def test_one_of_many_who_rename_at_once_does(api: APIClient, many: list[Task]) -> None:
    names = iter(["a", "b", "c", "d"])

    codes = run_at_once(4, lambda: rename(api, "home", next(names)).status_code)

    assert sorted(codes) == [200, 404, 404, 404]
    ((_, count),) = listed(api).items()
    assert count == 35
    assert len(changes_of_labels()) == 35


@pytest.mark.django_db(transaction=True)
def test_renaming_loses_no_change_made_meanwhile(
    api: APIClient, many: list[Task]
) -> None:
    def edit() -> list[int]:
        return [
            api.patch(f"/api/tasks/{task.pk}/", {"title": "Edited"}).status_code
            for task in reversed(many)
        ]

    def rename_all() -> list[int]:
        return [rename(api, "home", "house").status_code]

    calls = iter([edit, edit, rename_all])

    codes = run_at_once(3, lambda: next(calls)())  # noqa: PLW0108 - each its own

    assert {code for each in codes for code in each} == {200}
    assert {task.title for task in Task.objects.all()} == {"Edited"}
    assert listed(api) == {"house": 35}
    assert services.recount_tasks() == 0
