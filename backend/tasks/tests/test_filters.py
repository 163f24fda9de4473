"""Saved filters: what a list can be asked, kept under a name, in an order."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import run_at_once
from events.models import Event
from tasks.models import SavedFilter
from tasks.services import MAX_FILTERS

URL = "/api/filters/"
QUERY = "status=pending,in_progress&label=home&ordering=due_date"

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


def url_of(saved: dict[str, Any]) -> str:
    return f"{URL}{saved['id']}/"


def add(api: APIClient, name: str, query: str = "", **fields: Any) -> dict[str, Any]:
    response = api.post(URL, {"name": name, "query": query, **fields})
    assert response.status_code == 201, response.content
    saved: dict[str, Any] = response.json()
    return saved


def names(api: APIClient) -> list[str]:
    results = api.get(URL).json()["results"]
    assert [each["position"] for each in results] == list(range(len(results)))
    return [each["name"] for each in results]


def only_error(response: Any) -> tuple[str, str]:
    assert response.status_code == 400, response.content
    (error,) = response.json()["errors"]
    return error["pointer"], error["code"]


# --- What one is ------------------------------------------------------------------


def test_it_is_kept_as_it_was_sent(api: APIClient, owner: User) -> None:
    response = api.post(URL, {"name": "  Next  ", "query": QUERY, "grouping": "label"})

    assert response.status_code == 201
    saved = response.json()
    assert response["Location"] == url_of(saved)
    assert (saved["name"], saved["query"]) == ("Next", QUERY)
    assert (saved["grouping"], saved["position"]) == ("label", 0)
    assert saved["created_at"] == saved["updated_at"]
    assert api.get(url_of(saved)).json() == saved
    assert api.get(URL).json() == {"results": [saved]}
    assert SavedFilter.objects.get().user_id == owner.pk


def test_it_is_grouped_by_due_date_unless_said(api: APIClient) -> None:
    assert add(api, "x")["grouping"] == "due_date"


def test_the_list_takes_it_as_it_is(api: APIClient) -> None:
    for labels in (["home"], ["a,b", "home"], []):
        api.post("/api/tasks/", {"title": "Pay rent", "labels": labels})
    query = "label=%22a%2Cb%22&search=pa+%22rent%22&ordering=-relevance"

    saved = add(api, "x", query)

    assert len(api.get(f"/api/tasks/?{saved['query']}").json()["results"]) == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "status=pending&status=completed",
        "priority=low,high&due=overdue",
        "due_after=2026-01-01&due_before=2026-12-31",
        "created_after=2026-01-01T00%3A00%3A00Z&updated_before=2026-12-31",
        "search=gro&ordering=relevance",
        "label=%C3%BC%20%F0%9F%8F%A0",
        "label=line%0Abreak",
        "ordering=-title",
    ],
)
def test_what_the_list_takes_can_be_saved(api: APIClient, query: str) -> None:
    assert api.get(f"/api/tasks/?{query}").status_code == 200
    assert add(api, "x", query)["query"] == query


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("status=done", "invalid_choice"),
        ("status=", "invalid"),
        ("labels=home", "unknown_parameter"),
        ("?status=pending", "unknown_parameter"),
        ("due=soon", "invalid_choice"),
        ("due=today&due=week", "invalid"),
        ("due_after=2026-02-30", "invalid"),
        ("created_after=1", "invalid"),
        (f"search={'a' * 201}", "max_length"),
        ("ordering=size", "invalid"),
        ("ordering=relevance", "invalid"),
        ("limit=5", "unknown_parameter"),
        ("offset=5", "unknown_parameter"),
        ("cursor=WyJhZnRlciIsMV0", "unknown_parameter"),
        ("user=all", "unknown_parameter"),
        ("search=%00", "invalid"),
        ("search=%ff", "invalid"),
        ("search=%ed%a0%80", "invalid"),
        ("&" * 1_000, "invalid"),
        ("search=a b", "invalid"),
        ("search=ü", "invalid"),
        ("status=pending#", "invalid"),
        ("search=a\nb", "invalid"),
        (f"search=a&{'&' * 1_000}", "max_length"),
        (None, "null"),
        (5, "invalid"),
        ({"status": "pending"}, "invalid"),
    ],
)
def test_what_the_list_refuses_cannot_be_saved(
    staff: User, sign_in: SignIn, query: Any, code: str
) -> None:
    """Not by staff either, who may list everybody's tasks."""
    response = sign_in(staff).post(URL, {"name": "x", "query": query})

    assert only_error(response) == ("/query", code)
    assert not SavedFilter.objects.exists()


def test_it_is_said_which_parameter_is_wrong(api: APIClient) -> None:
    response = api.post(URL, {"name": "x", "query": "status=done&sort=title&due=x"})
    errors = response.json()["errors"]
    assert [each["pointer"] for each in errors] == ["/query"]
    assert errors[0]["detail"] == "sort: There is no such parameter."

    response = api.post(URL, {"name": "x", "query": "status=done&due=x"})
    errors = response.json()["errors"]
    assert [each["pointer"] for each in errors] == ["/query", "/query"]
    assert [each["detail"].split(":")[0] for each in errors] == ["due", "status"]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": None}, ("/name", "null")),
        ({"name": ""}, ("/name", "blank")),
        ({"name": " \t\n"}, ("/name", "blank")),
        ({"name": "x" * 61}, ("/name", "max_length")),
        ({"name": 5}, ("/name", "invalid")),
        ({"grouping": "colour"}, ("/grouping", "invalid_choice")),
        ({"grouping": None}, ("/grouping", "null")),
        ({"position": -1}, ("/position", "min_value")),
        ({"position": 50}, ("/position", "max_value")),
        ({"position": "1"}, ("/position", "invalid")),
        ({"position": True}, ("/position", "invalid")),
        ({"colour": "red"}, ("/colour", "unknown_field")),
        ({"user": 1}, ("/user", "unknown_field")),
    ],
)
def test_a_field_has_its_rules(
    api: APIClient, fields: dict[str, Any], error: tuple[str, str]
) -> None:
    body = {"name": "x", "query": "", **fields}
    assert only_error(api.post(URL, body)) == error
    saved = add(api, "y")
    assert only_error(api.patch(url_of(saved), fields)) == error


@pytest.mark.parametrize("missing", ["name", "query"])
def test_name_and_query_are_needed(api: APIClient, missing: str) -> None:
    body = {"name": "x", "query": ""}
    del body[missing]
    assert only_error(api.post(URL, body)) == (f"/{missing}", "required")


def test_what_only_the_server_sets_has_no_effect(api: APIClient) -> None:
    saved = add(api, "x", id=1, created_at="2000-01-01T00:00:00Z", updated_at=None)

    assert not saved["created_at"].startswith("2000")
    assert api.patch(url_of(saved), {"id": 999, "created_at": None}).json() == saved


# --- Names ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "same"), [("Home", "hOME"), ("Über", "ÜBER"), ("x", " x ")]
)
def test_a_name_is_there_once_whatever_its_case(
    api: APIClient, name: str, same: str
) -> None:
    add(api, name)
    saved = add(api, "other")

    assert only_error(api.post(URL, {"name": same, "query": ""})) == ("/name", "unique")
    assert only_error(api.patch(url_of(saved), {"name": same})) == ("/name", "unique")
    assert names(api) == [name, "other"]


def test_its_own_name_can_change_its_case(api: APIClient) -> None:
    saved = add(api, "home")

    assert api.patch(url_of(saved), {"name": "HOME"}).json()["name"] == "HOME"


def test_others_may_have_the_name(api: APIClient, other: User, sign_in: SignIn) -> None:
    add(api, "Home")
    add(sign_in(other), "home")


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_the_name(api: APIClient) -> None:
    body = {"name": "x", "query": ""}
    statuses = run_at_once(4, lambda: api.post(URL, body).status_code)

    assert sorted(statuses) == [201, 400, 400, 400]
    assert names(api) == ["x"]


# --- Changing ---------------------------------------------------------------------


def test_a_patch_changes_what_it_names(api: APIClient) -> None:
    saved = add(api, "x", QUERY)

    changed = api.patch(url_of(saved), {"query": "due=today"}).json()

    assert changed["updated_at"] > saved["updated_at"]
    unchanged = {"query": "due=today", "updated_at": changed["updated_at"]}
    assert changed == {**saved, **unchanged}


def test_the_same_again_is_no_change(api: APIClient) -> None:
    saved = add(api, "x", QUERY)
    events = Event.objects.count()

    assert api.patch(url_of(saved), saved).json() == saved
    assert Event.objects.count() == events


def test_a_query_that_is_changed_is_checked_again(api: APIClient) -> None:
    saved = add(api, "x", QUERY)
    response = api.patch(url_of(saved), {"query": "status=done"})

    assert only_error(response) == ("/query", "invalid_choice")
    assert api.get(url_of(saved)).json() == saved


def test_every_write_is_an_event_of_the_account(api: APIClient, owner: User) -> None:
    saved = add(api, "x", "due=today")
    api.patch(url_of(saved), {"name": "y"})
    api.delete(url_of(saved))

    events = Event.objects.filter(stream__owner=owner, stream__kind="account")
    said = events.filter(verb__startswith="filter_").order_by("revision")
    assert [(each.verb, each.actor_id) for each in said] == [
        ("filter_created", owner.pk),
        ("filter_updated", owner.pk),
        ("filter_deleted", owner.pk),
    ]
    assert said[0].changes["query"] == [None, "due=today"]
    assert said[1].changes == {"filter": saved["id"], "name": ["x", "y"]}


def test_an_unchanged_list_is_304(api: APIClient) -> None:
    saved = add(api, "x")
    for url in (URL, url_of(saved)):
        tag = {"If-None-Match": api.get(url)["ETag"]}
        assert api.get(url, headers=tag).status_code == 304
    tag = {"If-None-Match": api.get(URL)["ETag"]}
    api.delete(url_of(saved))
    assert api.get(URL, headers=tag).json() == {"results": []}


# --- Their order ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "position", "order"),
    [
        ("a", 0, "abcd"),
        ("a", 2, "bcad"),
        ("a", 3, "bcda"),
        ("a", 49, "bcda"),
        ("d", 0, "dabc"),
        ("c", 1, "acbd"),
    ],
)
def test_moving_one_moves_those_between(
    api: APIClient, name: str, position: int, order: str
) -> None:
    saved = {each: add(api, each) for each in "abcd"}

    moved = api.patch(url_of(saved[name]), {"position": position}).json()

    assert names(api) == list(order)
    assert moved["position"] == min(position, 3)
    others = SavedFilter.objects.exclude(name=name)
    assert all(each.updated_at == each.created_at for each in others)


def test_a_new_one_is_last_unless_it_says_where(api: APIClient) -> None:
    add(api, "a")
    add(api, "b")
    add(api, "c", position=0)
    add(api, "d", position=2)
    add(api, "e", position=49)

    assert names(api) == ["c", "a", "d", "b", "e"]


def test_one_that_goes_leaves_no_gap(api: APIClient) -> None:
    saved = [add(api, each) for each in "abc"]

    assert api.delete(url_of(saved[1])).status_code == 204
    assert api.delete(url_of(saved[1])).status_code == 404
    assert names(api) == ["a", "c"]


@pytest.mark.django_db(transaction=True)
def test_moves_at_once_leave_an_order(api: APIClient) -> None:
    saved = [add(api, each) for each in "abcdef"]
    moves = [(saved[n], (n * 3 + 2) % 6) for n in range(6)]

    def move() -> int:
        one, position = moves.pop()
        return api.patch(url_of(one), {"position": position}).status_code

    assert set(run_at_once(6, move)) == {200}
    assert sorted(names(api)) == list("abcdef")


# --- How many ---------------------------------------------------------------------


def fill(user: User) -> None:
    SavedFilter.objects.bulk_create(
        SavedFilter(user=user, name=f"{n}", position=n) for n in range(MAX_FILTERS)
    )


def test_there_are_at_most_fifty(
    api: APIClient, owner: User, other: User, sign_in: SignIn
) -> None:
    fill(owner)
    response = api.post(URL, {"name": "x", "query": ""})

    assert only_error(response) == ("", "too_many")
    assert "50" in response.json()["errors"][0]["detail"]
    add(sign_in(other), "x")
    api.delete(url_of(api.get(URL).json()["results"][0]))
    assert add(api, "x")["position"] == MAX_FILTERS - 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_get_past_the_limit(api: APIClient, owner: User) -> None:
    fill(owner)
    SavedFilter.objects.get(position=49).delete()
    bodies = [{"name": f"new {n}", "query": ""} for n in range(4)]

    statuses = run_at_once(4, lambda: api.post(URL, bodies.pop()).status_code)

    assert sorted(statuses) == [201, 400, 400, 400]
    assert SavedFilter.objects.count() == MAX_FILTERS


# --- Whose ------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["other", "staff", "admin"])
def test_to_others_it_does_not_exist(
    api: APIClient, sign_in: SignIn, request: pytest.FixtureRequest, role: str
) -> None:
    saved = add(api, "x")
    stranger = sign_in(request.getfixturevalue(role))

    assert names(stranger) == []
    for method in ("get", "patch", "delete"):
        response = getattr(stranger, method)(url_of(saved))
        assert response.status_code == 404
        assert response.json()["code"] == "not_found"
    assert api.get(url_of(saved)).json() == saved
