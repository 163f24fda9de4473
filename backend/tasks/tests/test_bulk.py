"""Many tasks at once: all or nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import run_at_once, start
from events.models import Event
from tasks import services
from tasks.models import Task
from tasks.tests.factory import make_task

URL = "/api/tasks/bulk/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(owner: User) -> list[int]:
    return [make_task(owner, title=f"Task {n}").pk for n in range(3)]


def bulk(api: APIClient, ids: list[int], **wanted: Any) -> list[dict[str, Any]]:
    response = api.post(URL, {"ids": ids, **wanted})
    assert response.status_code == 200, response.content
    results: list[dict[str, Any]] = response.json()["results"]
    return results


def changed(results: list[dict[str, Any]]) -> list[bool]:
    return [result["changed"] for result in results]


def errors(response: Any, status: int = 400) -> dict[str, str]:
    assert response.status_code == status, response.content
    return {error["pointer"]: error["code"] for error in response.json()["errors"]}


def events() -> list[tuple[str, int | None, int | None, dict[str, Any]]]:
    rows = Event.objects.filter(stream__kind="tasks").order_by("revision")
    return [(row.verb, row.subject_id, row.version, row.changes) for row in rows]


def read(api: APIClient, ids: list[int]) -> list[dict[str, Any]]:
    return [api.get(f"/api/tasks/{task_id}/").json() for task_id in ids]


def nothing_happened() -> bool:
    return events() == [] and not Task.objects.filter(version__gt=1).exists()


# --- What it does ------------------------------------------------------------------


def test_each_task_gets_the_fields_and_keeps_the_rest(
    api: APIClient, ids: list[int]
) -> None:
    before = read(api, ids)
    fields = {
        "description": "*All*",
        "priority": "high",
        "status": "in_progress",
        "due_date": "2026-03-01",
        "due_time": "09:30",
        "labels": ["home"],
    }

    results = bulk(api, ids[::-1], set=fields)

    assert results == [
        {"id": each, "version": 2, "changed": True} for each in ids[::-1]
    ]
    for task, old in zip(read(api, ids), before, strict=True):
        different = {key for key in task if task[key] != old[key]}
        assert different == {*fields, "version", "updated_at"}
        assert task.items() >= fields.items()


def test_each_change_is_an_event_with_a_revision_of_its_own(
    api: APIClient, ids: list[int]
) -> None:
    Task.objects.filter(pk=ids[1]).update(priority="high", version=7)

    results = bulk(api, ids, set={"priority": "high", "status": "pending"})

    assert changed(results) == [True, False, True]
    assert [result["version"] for result in results] == [2, 7, 2]
    changes = {"priority": ["medium", "high"]}
    assert events() == [
        ("task_updated", ids[0], 2, changes),
        ("task_updated", ids[2], 2, changes),
    ]
    revisions = Event.objects.filter(stream__kind="tasks").values_list("revision")
    assert sorted(revisions) == [(1,), (2,)]


def test_the_change_feed_has_what_changed(api: APIClient, ids: list[int]) -> None:
    bulk(api, ids[:1], set={"title": "x"})
    cursor = api.get("/api/tasks/changes/").json()["cursor"]

    bulk(api, ids[:2], set={"title": "x"})
    page = api.get("/api/tasks/changes/", {"since": cursor}).json()
    assert page["results"] == read(api, ids[1:2])

    bulk(api, ids, action="delete")
    page = api.get("/api/tasks/changes/", {"since": page["cursor"]}).json()
    assert (page["results"], page["gone"]) == ([], ids)


def test_each_history_tells_its_own(api: APIClient, ids: list[int]) -> None:
    bulk(api, ids, set={"title": "Same"})
    bulk(api, ids, action="delete")
    bulk(api, ids, action="restore")

    for number, task_id in enumerate(ids):
        told = api.get(f"/api/tasks/{task_id}/history/").json()["results"]
        assert [entry["verb"] for entry in told] == ["restored", "trashed", "updated"]
        assert told[-1]["changes"] == {"title": [f"Task {number}", "Same"]}
        back = api.post(f"/api/tasks/{task_id}/revert/", {"version": 1}).json()
        assert back["title"] == f"Task {number}"


def test_where_nothing_changes_nothing_is_written(
    api: APIClient, ids: list[int]
) -> None:
    assert changed(bulk(api, ids, set={})) == [False] * 3
    assert changed(bulk(api, ids, set={"labels": [], "due_date": None})) == [False] * 3
    assert nothing_happened()


def test_completion_is_set_once_and_cleared(api: APIClient, ids: list[int]) -> None:
    done = api.patch(f"/api/tasks/{ids[0]}/", {"status": "completed"}).json()

    bulk(api, ids, set={"status": "completed", "priority": "low"})
    first, second, _ = read(api, ids)
    assert first["completed_at"] == done["completed_at"]
    assert second["completed_at"] == second["updated_at"]

    bulk(api, ids, set={"status": "pending"})
    assert {task["completed_at"] for task in read(api, ids)} == {None}


def test_into_the_trash_and_out_of_it(api: APIClient, ids: list[int]) -> None:
    api.delete(f"/api/tasks/{ids[0]}/")
    since = Task.objects.trashed().get().deleted_at

    trashed = bulk(api, ids, action="delete")
    assert changed(trashed) == [False, True, True]
    assert [result["version"] for result in trashed] == [2, 2, 2]
    assert api.get("/api/tasks/").json()["results"] == []
    assert Task.objects.get(pk=ids[0]).deleted_at == since

    assert changed(bulk(api, ids[:2], action="restore")) == [True] * 2
    assert changed(bulk(api, ids[:2], action="restore")) == [False] * 2
    assert [task["version"] for task in read(api, ids[:2])] == [3, 3]
    said = [verb for verb, *_ in events()]
    assert said == ["task_trashed"] * 3 + ["task_restored"] * 2
    assert Task.objects.trashed().count() == 1


# --- What it refuses ---------------------------------------------------------------


def test_what_does_not_go_together_names_the_tasks(
    api: APIClient, owner: User, ids: list[int]
) -> None:
    dated = make_task(owner, due_date="2026-03-01").pk

    response = api.post(
        URL, {"ids": [ids[0], dated, ids[1]], "set": {"due_time": "09:30"}}
    )

    assert errors(response) == {"/ids/0": "needs_due_date", "/ids/2": "needs_due_date"}
    assert nothing_happened()


@pytest.mark.parametrize(
    "wanted", [{"set": {"title": "x"}}, {"action": "delete"}, {"action": "restore"}]
)
def test_one_that_is_not_mine_stops_all(
    api: APIClient, ids: list[int], other: User, wanted: dict[str, Any]
) -> None:
    theirs = make_task(other).pk

    response = api.post(URL, {"ids": [ids[0], theirs, ids[1], 10**9], **wanted})

    assert errors(response, 404) == {"/ids/1": "not_found", "/ids/3": "not_found"}
    assert response.json()["code"] == "not_found"
    assert nothing_happened()


def test_what_is_in_the_trash_is_not_edited(
    api: APIClient, ids: list[int], owner: User
) -> None:
    trashed = make_task(owner, deleted_at=timezone.now()).pk

    response = api.post(URL, {"ids": [trashed, *ids], "set": {"title": "x"}})

    assert errors(response, 404) == {"/ids/0": "not_found"}
    assert nothing_happened()


def test_staff_change_no_one_elses(
    ids: list[int], staff: User, sign_in: Callable[[User], APIClient]
) -> None:
    response = sign_in(staff).post(URL, {"ids": ids, "action": "delete"})

    assert response.status_code == 404
    assert nothing_happened()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/ids"),
        ({"ids": []}, "/ids"),
        ({"ids": None}, "/ids"),
        ({"ids": 1}, "/ids"),
        ({"ids": "12"}, "/ids"),
        ({"ids": {"a": 1}}, "/ids"),
        ({"ids": [1, 2, 1]}, "/ids"),
        ({"ids": [*range(1, 202)]}, "/ids"),
        ({"ids": ["1"]}, "/ids/0"),
        ({"ids": [1, True]}, "/ids/1"),
        ({"ids": [1.0]}, "/ids/0"),
        ({"ids": [0]}, "/ids/0"),
        ({"ids": [2**63]}, ""),
        ({"ids": [1]}, ""),
        ({"ids": [1], "set": {}, "action": "delete"}, ""),
        ({"ids": [1], "action": "purge"}, "/action"),
        ({"ids": [1], "action": None}, "/action"),
        ({"ids": [1], "set": None}, "/set"),
        ({"ids": [1], "set": []}, "/set"),
        ({"ids": [1], "set": {"colour": "red"}}, "/set/colour"),
        ({"ids": [1], "set": {"version": 1}}, "/set/version"),
        ({"ids": [1], "set": {"deleted_at": None}}, "/set/deleted_at"),
        ({"ids": [1], "set": {"title": ""}}, "/set/title"),
        ({"ids": [1], "set": {"labels": ["a", "A"]}}, "/set/labels"),
        ({"ids": [1], "set": {"labels": [""]}}, "/set/labels/0"),
        ({"ids": [1], "versions": {}}, "/versions"),
    ],
)
def test_an_absurd_body_is_refused(
    api: APIClient, body: dict[str, Any], pointer: str
) -> None:
    response = api.post(URL, body)

    # What is no JSON integer of 64 bits is refused before there are fields.
    found = errors(response) if response.json()["errors"] else {"": ""}
    assert next(iter(found)) == pointer


# --- At once, again, and a lot -----------------------------------------------------


def test_sent_twice_with_a_key_it_happens_once(api: APIClient, ids: list[int]) -> None:
    def send(priority: str = "high") -> Any:
        body = {"ids": ids, "set": {"priority": priority}}
        return api.post(URL, body, HTTP_IDEMPOTENCY_KEY="k")

    first, second = send(), send()

    assert first.content == second.content
    assert second["Idempotency-Replayed"] == "true"
    assert changed(second.json()["results"]) == [True] * 3
    assert len(events()) == 3
    assert send("low").status_code == 422


def test_a_refused_one_gives_its_key_back(api: APIClient, ids: list[int]) -> None:
    def send() -> int:
        body = {"ids": ids, "set": {"title": "x"}}
        return int(api.post(URL, body, HTTP_IDEMPOTENCY_KEY="k").status_code)

    api.delete(f"/api/tasks/{ids[0]}/")
    assert send() == 404
    api.post(f"/api/tasks/{ids[0]}/restore/")
    assert send() == 200


@pytest.mark.django_db(transaction=True)
def test_overlapping_ones_wait_for_each_other(api: APIClient, ids: list[int]) -> None:
    """And not for ever, in whatever order they name their ids."""
    orders = iter([(ids, "low"), (ids[::-1], "high")] * 4)

    def send() -> int:
        order, priority = next(orders)
        body = {"ids": order, "set": {"priority": priority}}
        return int(api.post(URL, body).status_code)

    assert run_at_once(8, send) == [200] * 8
    versions = Task.objects.values_list("version", flat=True)
    assert len(set(versions)) == 1  # each saw all three in the same state
    assert len(events()) == sum(version - 1 for version in versions)


@pytest.mark.django_db(transaction=True)
def test_a_single_edit_meanwhile_is_not_lost(
    api: APIClient, owner: User, ids: list[int]
) -> None:
    with transaction.atomic():
        services.update_task(
            actor_id=owner.pk, task_id=ids[1], fields={"title": "Mine"}
        )
        answer = start(lambda: api.post(URL, {"ids": ids, "set": {"priority": "low"}}))
        assert not answer.done()

    results = answer.result(10).json()["results"]
    assert [result["version"] for result in results] == [2, 3, 2]
    edited = read(api, ids)[1]
    assert (edited["title"], edited["priority"]) == ("Mine", "low")
    assert [(subject, version) for _, subject, version, _ in events()] == [
        (ids[1], 2),
        (ids[0], 2),
        (ids[1], 3),
        (ids[2], 2),
    ]


@pytest.mark.django_db(transaction=True)
def test_one_trashed_meanwhile_stops_all(
    api: APIClient, owner: User, ids: list[int]
) -> None:
    """It waits for who holds the task, and then looks at it as it has become."""
    with transaction.atomic():
        services.trash_task(actor_id=owner.pk, task_id=ids[2])
        answer = start(lambda: api.post(URL, {"ids": ids, "set": {"title": "x"}}))
        assert not answer.done()

    assert errors(answer.result(10), 404) == {"/ids/2": "not_found"}
    assert [verb for verb, *_ in events()] == ["task_trashed"]


@pytest.mark.parametrize("rows", [1, 200])
@pytest.mark.parametrize(
    "wanted",
    [
        {"set": {"status": "completed", "labels": ["x"]}},
        {"set": {"title": "x", "due_date": "2026-03-01"}},
        {"action": "delete"},
    ],
)
def test_it_is_three_queries_however_many(
    api: APIClient,
    owner: User,
    rows: int,
    wanted: dict[str, Any],
    django_assert_num_queries: Any,
) -> None:
    """Lock, change, say so. The other two open and close the test's savepoint."""
    ids = [make_task(owner).pk for _ in range(rows)]

    with django_assert_num_queries(5):
        assert len(bulk(api, ids, **wanted)) == rows


def test_as_many_and_as_long_as_allowed(api: APIClient, owner: User) -> None:
    before, after = "ä" * 20_000, "b" * 20_000
    template = make_task(owner, description=before)
    copies = [template, *(make_task(owner, description=before) for _ in range(199))]
    ids = [task.pk for task in copies]

    results = bulk(api, ids, set={"description": after, "title": "€" * 200})

    assert changed(results) == [True] * 200
    assert Task.objects.filter(description=after).count() == 200
    assert events()[199][3]["description"] == [before, after]
