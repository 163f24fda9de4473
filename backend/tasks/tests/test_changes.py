"""The change feed: what a client that was away has missed."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from events.models import Event, Stream
from tasks import feed
from tasks.models import Task

URL = "/api/tasks/changes/"
TASKS = "/api/tasks/"

pytestmark = pytest.mark.django_db


def cursor_of(data: Any) -> str:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def changes(api: APIClient, since: str | None = None) -> dict[str, Any]:
    response = api.get(URL, {} if since is None else {"since": since})
    assert response.status_code == 200, response.content
    body: dict[str, Any] = response.json()
    assert list(body) == ["results", "gone", "cursor", "has_more"]
    return body


def gone(api: APIClient, since: str) -> Any:
    """The body of the 410 that answers this cursor, without its request id."""
    response = api.get(URL, {"since": since})
    assert response.status_code == 410
    body = response.json()
    assert body["code"] == "cursor_gone"
    return {**body, "request_id": ""}


def create(api: APIClient, title: str = "Pay rent") -> int:
    task_id: int = api.post(TASKS, {"title": title}).json()["id"]
    return task_id


def ids(body: dict[str, Any]) -> list[int]:
    return [task["id"] for task in body["results"]]


def test_without_a_cursor_it_begins_at_the_beginning(api: APIClient) -> None:
    first, second = create(api), create(api)
    api.delete(f"{TASKS}{second}/")

    body = changes(api)

    assert (ids(body), body["gone"]) == ([first], [second])
    assert body["has_more"] is False
    assert body["results"][0] == api.get(f"{TASKS}{first}/").json()


def test_a_cursor_is_where_the_next_one_begins(api: APIClient) -> None:
    create(api)
    cursor = changes(api)["cursor"]
    assert changes(api, cursor)["results"] == []

    second = create(api)
    body = changes(api, cursor)

    assert ids(body) == [second]
    assert changes(api, body["cursor"])["cursor"] == body["cursor"]


def test_nothing_yet_is_a_cursor_too(api: APIClient) -> None:
    nothing = changes(api)
    assert nothing["results"] == []
    task = create(api)

    assert ids(changes(api, nothing["cursor"])) == [task]


def test_latest_is_the_cursor_of_now(api: APIClient) -> None:
    create(api)
    latest = changes(api, "latest")
    assert (latest["results"], latest["gone"]) == ([], [])
    task = create(api)

    assert ids(changes(api, latest["cursor"])) == [task]


def test_a_task_that_changed_often_is_told_once_as_it_is_now(api: APIClient) -> None:
    task = create(api)
    for title in "abc":
        api.patch(f"{TASKS}{task}/", {"title": title})

    (row,) = changes(api)["results"]
    assert (row["title"], row["version"]) == ("c", 4)


def test_trashed_is_gone_and_restored_is_back(api: APIClient) -> None:
    task = create(api)
    api.delete(f"{TASKS}{task}/")
    trashed = changes(api)
    api.post(f"{TASKS}{task}/restore/")
    restored = changes(api, trashed["cursor"])

    assert (ids(trashed), trashed["gone"]) == ([], [task])
    assert (ids(restored), restored["gone"]) == ([task], [])


def test_purged_is_gone(api: APIClient) -> None:
    task = create(api)
    Task.objects.all().delete()

    assert changes(api)["gone"] == [task]


def test_long_absence_comes_in_pages(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "PAGE_SIZE", 3)
    made = [create(api) for _ in range(7)]
    seen: list[int] = []
    cursor = None
    pages = 0

    while True:
        body = changes(api, cursor)
        seen += ids(body)
        cursor = body["cursor"]
        pages += 1
        if not body["has_more"]:
            break

    assert (seen, pages) == (made, 3)


def test_a_page_holds_500_changes(api: APIClient) -> None:
    for _ in range(501):
        create(api)

    first = changes(api)
    second = changes(api, first["cursor"])

    assert (len(first["results"]), first["has_more"]) == (500, True)
    assert (len(second["results"]), second["has_more"]) == (1, False)


def test_others_changes_are_theirs(
    api: APIClient, other: User, sign_in: Callable[[User], APIClient]
) -> None:
    stranger = sign_in(other)
    theirs = create(stranger)

    assert changes(api)["results"] == []
    # A cursor made up from the numbers of their stream tells nothing either.
    stream = Stream.objects.get(owner=other, kind="tasks")
    for revision in (0, 1):
        forged = cursor_of({stream.pk: revision})
        unknown = cursor_of({9**15: revision})
        assert gone(api, forged) == gone(api, unknown)
    assert ids(changes(stranger)) == [theirs]


def test_account_events_are_no_task_changes(api: APIClient) -> None:
    api.patch("/api/auth/me/", {"first_name": "Ana"})
    account = Stream.objects.get(kind="account")

    assert gone(api, cursor_of({account.pk: 0}))


@pytest.mark.parametrize(
    "since",
    [
        "",
        "x",
        "LATEST",
        "!!!",
        "é",
        "2026-01-01T00:00:00Z",
        cursor_of(b"\xff"),
        cursor_of(b"[" * 3_000),
        cursor_of(b'{"1":' + b"9" * 5_000 + b"}"),
        cursor_of(None),
        cursor_of([]),
        cursor_of(5),
        cursor_of({"1": 1, "2": 2}),
        cursor_of({"x": 1}),
        cursor_of({"": 1}),
        cursor_of({"-1": 1}),
        cursor_of({"1.0": 1}),
        cursor_of({"\u0661": 1}),
        cursor_of({"9" * 19: 1}),
        cursor_of({"1": -1}),
        cursor_of({"1": 2**63}),
        cursor_of({"1": "1"}),
        cursor_of({"1": True}),
        cursor_of({"1": 1.5}),
        cursor_of({"1": None}),
        cursor_of({"1": [1]}),
    ],
)
def test_an_absurd_cursor_is_refused(api: APIClient, since: str) -> None:
    response = api.get(URL, {"since": since})

    assert response.status_code == 400, response.content
    assert response.json()["errors"][0]["pointer"] == "/since"


@pytest.mark.parametrize("revision", [0, 10**6, 2**63 - 1])
def test_a_stream_that_never_was_says_start_over(api: APIClient, revision: int) -> None:
    assert gone(api, cursor_of({"9" * 18: revision}))


def test_a_cursor_from_before_a_backup_was_restored_says_start_over(
    api: APIClient,
) -> None:
    create(api)
    at_backup = changes(api)["cursor"]
    create(api)
    after_it = changes(api)["cursor"]
    Event.objects.filter(revision=2).delete()
    Stream.objects.filter(kind="tasks").update(revision=1)

    assert gone(api, after_it)
    assert changes(api, at_backup)["results"] == []


@pytest.mark.parametrize("query", ["?limit=1", "?cursor=x", "?status=pending"])
def test_other_parameters_are_refused(api: APIClient, query: str) -> None:
    assert api.get(f"{URL}{query}").status_code == 400


@pytest.mark.parametrize("rows", [1, 100])
def test_it_is_two_queries(
    api: APIClient, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        create(api)

    with django_assert_num_queries(2):
        cursor = changes(api)["cursor"]
    with django_assert_num_queries(2):
        changes(api, cursor)
    with django_assert_num_queries(1):
        changes(api, "latest")
