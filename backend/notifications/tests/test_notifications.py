from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import start
from events.models import Event
from events.relay import relay_waiting
from notifications import services
from notifications.models import Notification
from notifications.services import notify
from tasks.models import Task

URL = "/api/notifications/"
SignIn = Callable[[User], APIClient]

pytestmark = pytest.mark.django_db


def ring(api: APIClient, *titles: str) -> list[int]:
    """Create tasks, let the relay run, and return the bells' ids, oldest first."""
    for title in titles:
        assert api.post("/api/tasks/", {"title": title}).status_code == 201
    relay_waiting()
    ids = Notification.objects.order_by("-pk").values_list("pk", flat=True)
    return list(ids[: len(titles)])[::-1]


def rows(api: APIClient, query: str = "") -> list[dict[str, Any]]:
    response = api.get(f"{URL}{query}")
    assert response.status_code == 200, response.content
    results: list[dict[str, Any]] = response.json()["results"]
    return results


def unread(api: APIClient) -> int:
    count: int = api.get(f"{URL}summary/").json()["unread"]
    return count


# --- How they come to be --------------------------------------------------------


def test_a_new_task_rings_its_owners_bell(api: APIClient, other: User) -> None:
    ring(api, "Pay rent")

    (row,) = rows(api)
    task = api.get("/api/tasks/").json()["results"][0]
    assert row == {
        "id": row["id"],
        "kind": "task_created",
        "title": "Pay rent",
        "task": task["id"],
        "read": False,
        "created_at": row["created_at"],
        "deliveries": [
            {
                "channel": "in_app",
                "state": "sent",
                "attempts": 1,
                "last_error": "",
                "at": row["deliveries"][0]["at"],
            }
        ],
    }
    assert row["created_at"].endswith("Z")


def test_it_rings_for_nobody_else(
    api: APIClient, other: User, staff: User, sign_in: SignIn
) -> None:
    ring(api, "Pay rent")

    for user in (other, staff):
        assert rows(sign_in(user)) == []
        assert unread(sign_in(user)) == 0


def test_an_event_rings_once_however_often_it_comes(api: APIClient) -> None:
    ring(api, "Pay rent")
    event = Event.objects.get(verb="task_created")
    for _ in range(2):
        notify(event)
    Event.objects.update(relayed_at=None)
    relay_waiting()

    assert Notification.objects.count() == 1


def test_a_read_one_stays_read_when_its_event_comes_again(api: APIClient) -> None:
    (first,) = ring(api, "Pay rent")
    api.patch(f"{URL}{first}/", {"read": True})
    Event.objects.update(relayed_at=None)
    relay_waiting()

    assert unread(api) == 0


def test_other_events_are_silent(api: APIClient) -> None:
    task = api.post("/api/tasks/", {"title": "x"}).json()
    relay_waiting()
    api.patch(f"/api/tasks/{task['id']}/", {"title": "y"})
    api.delete(f"/api/tasks/{task['id']}/")
    relay_waiting()

    assert len(rows(api)) == 1


def test_what_is_imported_rings_for_nothing(api: APIClient) -> None:
    """By no channel, though its owner wants to hear of new tasks by all of them."""
    api.patch(f"{URL}preferences/", {"kinds": {"task_created": {"email": True}}})
    tasks = [{"title": f"{n}"} for n in range(20)]
    assert api.post("/api/tasks/import/", {"tasks": tasks}).status_code == 201
    relay_waiting()

    assert (rows(api), unread(api)) == ([], 0)
    ring(api, "One of mine")
    assert [each["title"] for each in rows(api)] == ["One of mine"]


def test_it_keeps_the_title_of_then(api: APIClient) -> None:
    task = api.post("/api/tasks/", {"title": "Then"}).json()
    api.patch(f"/api/tasks/{task['id']}/", {"title": "Now"})
    relay_waiting()

    assert rows(api)[0]["title"] == "Then"


def test_a_task_that_is_gone_by_then_is_no_link(api: APIClient) -> None:

    api.post("/api/tasks/", {"title": "Short-lived"})
    Task.objects.all().delete()
    relay_waiting()

    (row,) = rows(api)
    assert (row["title"], row["task"]) == ("Short-lived", None)


def test_it_has_a_name_for_people(api: APIClient, owner: User) -> None:
    ring(api, "Pay rent")

    assert str(Notification.objects.get()) == f"task_created for user {owner.pk}"


# --- Reading them -----------------------------------------------------------------


def test_the_list_is_newest_first_and_can_be_walked(api: APIClient) -> None:
    ids = ring(api, "a", "b", "c")

    first = api.get(f"{URL}?limit=2").json()
    second = api.get(first["next"]).json()

    walked = [row["id"] for row in first["results"] + second["results"]]
    assert walked == ids[::-1]
    assert second["next"] is None


def test_unread_narrows_the_list(api: APIClient) -> None:
    first, second = ring(api, "a", "b")
    api.patch(f"{URL}{first}/", {"read": True})

    assert [row["id"] for row in rows(api, "?unread=true")] == [second]
    assert [row["id"] for row in rows(api, "?unread=false")] == [first]
    assert len(rows(api)) == 2


@pytest.mark.parametrize(
    "query",
    ["unread=1", "unread=True", "unread=", "unread=maybe", "kind=x", "read=true"],
)
def test_what_the_list_does_not_know_is_refused(api: APIClient, query: str) -> None:
    assert api.get(f"{URL}?{query}").status_code == 400


@pytest.mark.parametrize(
    "path", ["summary/", "read-all/", "1/", "test/", "preferences/"]
)
def test_nothing_else_takes_parameters(api: APIClient, path: str) -> None:
    call = api.post if path in ("read-all/", "test/") else api.get

    assert call(f"{URL}{path}?unread=true").status_code == 400


def test_the_count_ends_where_nobody_counts_any_more(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MAX_UNREAD", 2)
    ids = ring(api, "a", "b", "c")

    assert unread(api) == 2
    assert api.post(f"{URL}read-all/", {"up_to": ids[1]}).json() == {"unread": 1}


# --- Marking them -----------------------------------------------------------------


def test_one_can_be_read_and_unread_again(api: APIClient) -> None:
    (first,) = ring(api, "a")

    for is_read in (True, True, False, False):
        response = api.patch(f"{URL}{first}/", {"read": is_read})
        assert response.status_code == 200
        assert response.json()["read"] is is_read
        assert unread(api) == (0 if is_read else 1)


def test_a_patch_that_names_nothing_changes_nothing(api: APIClient) -> None:
    (first,) = ring(api, "a")
    before = api.patch(f"{URL}{first}/", {"read": True}).json()

    after = api.patch(f"{URL}{first}/", {})

    assert (after.status_code, after.json()) == (200, before)


def test_reading_again_keeps_the_first_time(api: APIClient) -> None:
    (first,) = ring(api, "a")
    api.patch(f"{URL}{first}/", {"read": True})
    read_at = Notification.objects.get().read_at
    api.patch(f"{URL}{first}/", {"read": True})

    assert Notification.objects.get().read_at == read_at


@pytest.mark.parametrize(
    "body", [{"read": "true"}, {"read": 1}, {"read": None}, {"read": True, "x": 1}]
)
def test_an_odd_mark_is_refused(api: APIClient, body: dict[str, Any]) -> None:
    (first,) = ring(api, "a")

    assert api.patch(f"{URL}{first}/", body).status_code == 400
    assert unread(api) == 1


def test_one_can_be_asked_for(api: APIClient) -> None:
    ring(api, "a")
    (row,) = rows(api)

    assert api.get(f"{URL}{row['id']}/").json() == row


@pytest.mark.parametrize("method", ["get", "patch"])
def test_anothers_looks_like_a_missing_one(
    api: APIClient, other: User, sign_in: SignIn, method: str
) -> None:
    (theirs,) = ring(sign_in(other), "a")
    body = {"read": True} if method == "patch" else None

    hidden = getattr(api, method)(f"{URL}{theirs}/", body)
    missing = getattr(api, method)(f"{URL}999999999/", body)

    assert hidden.status_code == missing.status_code == 404
    bodies = [response.json() for response in (hidden, missing)]
    assert [body.pop("request_id") for body in bodies]
    assert bodies[0] == bodies[1]
    assert unread(sign_in(other)) == 1


def test_all_can_be_read_at_once(api: APIClient, other: User, sign_in: SignIn) -> None:
    ring(sign_in(other), "theirs")
    ring(api, "a", "b")

    response = api.post(f"{URL}read-all/", {})

    assert (response.status_code, response.json()) == (200, {"unread": 0})
    assert unread(api) == 0
    assert unread(sign_in(other)) == 1


def test_what_rang_after_the_last_seen_stays_unread(api: APIClient) -> None:
    first, second, third = ring(api, "a", "b", "c")

    response = api.post(f"{URL}read-all/", {"up_to": second})

    assert response.json() == {"unread": 1}
    assert [row["id"] for row in rows(api, "?unread=true")] == [third]
    assert [row["id"] for row in rows(api, "?unread=false")] == [second, first]


def test_very_many_are_read_in_several_turns(
    api: APIClient, other: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring(sign_in(other), "theirs")
    *_, last = ring(api, *"abcdefg")
    (later,) = ring(api, "later")
    monkeypatch.setattr(services, "READ_AT_ONCE", 2)

    assert api.post(f"{URL}read-all/", {"up_to": last}).json() == {"unread": 1}
    assert unread(api) == 8 - 2

    while relay_waiting():
        pass
    assert [row["id"] for row in rows(api, "?unread=true")] == [later]
    assert Event.objects.filter(verb="notification_read").count() == 4
    assert unread(sign_in(other)) == 1


def test_reading_all_again_keeps_the_first_time(api: APIClient) -> None:
    ring(api, "a", "b")
    times = Notification.objects.order_by("pk").values_list("read_at", flat=True)
    api.post(f"{URL}read-all/", {})
    before = list(times)
    api.post(f"{URL}read-all/", {})

    assert list(times) == before
    assert Event.objects.filter(verb="notification_read").count() == 1


@pytest.mark.parametrize("up_to", [0, -1, 2**63, "5", 1.5, True, None, [1], {"id": 1}])
def test_an_odd_last_seen_is_refused(api: APIClient, up_to: object) -> None:
    ring(api, "a")

    response = api.post(f"{URL}read-all/", {"up_to": up_to})

    assert response.status_code == 400
    assert unread(api) == 1


@pytest.mark.parametrize("amount", [1, 100])
def test_queries_are_counted(
    api: APIClient, amount: int, django_assert_num_queries: Any
) -> None:
    ids = ring(api, *("x" * amount))

    with django_assert_num_queries(1):
        assert len(rows(api, "?limit=100&unread=true")) == amount
    with django_assert_num_queries(2):
        assert api.get(f"{URL}{ids[0]}/").status_code == 200
    with django_assert_num_queries(1):
        assert unread(api) == amount
    # Of these, two are the savepoint around a write, in which tests put a transaction.
    with django_assert_num_queries(4 + 2):
        api.patch(f"{URL}{ids[0]}/", {"read": True})
    api.patch(f"{URL}{ids[0]}/", {"read": False})
    with django_assert_num_queries(4 + 2):
        api.post(f"{URL}read-all/", {"up_to": ids[-1]})


@pytest.mark.django_db(transaction=True)
def test_ringing_waits_for_nobody_who_deletes_the_task(api: APIClient) -> None:
    """Who deletes it may be waiting for the event that the relay holds."""
    task_id = api.post("/api/tasks/", {"title": "x"}).json()["id"]
    with transaction.atomic():
        Task.objects.select_for_update().get(pk=task_id)
        assert start(relay_waiting).result(10)

    assert Notification.objects.get().task_id is None


@pytest.mark.django_db(transaction=True)
def test_who_deletes_the_task_waits_for_a_bell_on_its_way(api: APIClient) -> None:
    task_id = api.post("/api/tasks/", {"title": "x"}).json()["id"]
    api.delete(f"/api/tasks/{task_id}/")
    with transaction.atomic():
        relay_waiting()
        answer = start(lambda: api.delete(f"/api/tasks/trash/{task_id}/"))
        assert not answer.done()

    assert answer.result(10).status_code == 204
    assert Notification.objects.get().task_id is None


@pytest.mark.django_db(transaction=True)
def test_nobody_who_edits_the_task_waits_for_its_bell(api: APIClient) -> None:
    path = "/api/tasks/{id}/".format(**api.post("/api/tasks/", {"title": "x"}).json())
    with transaction.atomic():
        relay_waiting()
        answer = start(lambda: api.patch(path, {"title": "y"}))
        assert answer.done()

    assert answer.result().status_code == 200
    assert Notification.objects.get().task_id is not None


def test_a_task_deleted_for_good_takes_its_bell_along(api: APIClient) -> None:
    secret, _ = ring(api, "Secret plan", "Another")
    delete_for_good(api, Notification.objects.get(pk=secret).task_id)
    relay_waiting()

    assert [bell["title"] for bell in rows(api)] == ["Another"]


def test_a_bell_that_has_not_rung_before_it_was_stays_silent(api: APIClient) -> None:
    delete_for_good(api, api.post("/api/tasks/", {"title": "x"}).json()["id"])
    relay_waiting()

    assert not Notification.objects.exists()
    assert not Event.objects.filter(relayed_at=None).exists()


def delete_for_good(api: APIClient, task_id: int | None) -> None:
    assert api.delete(f"/api/tasks/{task_id}/").status_code == 204
    assert api.delete(f"/api/tasks/trash/{task_id}/").status_code == 204


def test_changing_many_tasks_rings_no_bell(api: APIClient) -> None:
    """What one has just done oneself is no news, as with a single task."""
    ring(api, "a", "b")
    ids = [*Task.objects.values_list("pk", flat=True)]

    api.post("/api/tasks/bulk/", {"ids": ids, "set": {"title": "x"}})
    relay_waiting()

    assert not Event.objects.filter(relayed_at=None).exists()
    assert Notification.objects.count() == 2
