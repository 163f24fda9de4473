"""Keyset pages, seen through the list of tasks."""

import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from rest_framework.test import APIClient

URL = "/api/tasks/"
MOMENT = "2026-01-02T03:04:05+00:00"

pytestmark = pytest.mark.django_db


def cursor_of(data: Any) -> str:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.fixture
def ids(api: APIClient) -> list[int]:
    """Seven tasks, newest first."""
    made = [api.post(URL, {"title": f"{n}"}).json()["id"] for n in range(7)]
    return made[::-1]


def page(api: APIClient, url: str = f"{URL}?limit=3") -> dict[str, Any]:
    response = api.get(url)
    assert response.status_code == 200, response.content
    body: dict[str, Any] = response.json()
    assert list(body) == ["next", "previous", "results"]
    return body


def ids_on(body: dict[str, Any]) -> list[int]:
    return [row["id"] for row in body["results"]]


def walk(api: APIClient, direction: str, start: dict[str, Any]) -> list[list[int]]:
    seen = [ids_on(start)]
    while start[direction]:
        start = page(api, start[direction])
        seen.append(ids_on(start))
    return seen


def test_a_walk_forward_sees_each_row_once(api: APIClient, ids: list[int]) -> None:
    assert walk(api, "next", page(api)) == [ids[:3], ids[3:6], ids[6:]]


def test_a_walk_back_sees_the_same_pages(api: APIClient, ids: list[int]) -> None:
    last = page(api, page(api, page(api)["next"])["next"])

    assert walk(api, "previous", last) == [ids[6:], ids[3:6], ids[:3]]


def test_ends_have_no_further_page(api: APIClient, ids: list[int]) -> None:
    first = page(api)
    assert first["previous"] is None
    second = page(api, first["next"])
    back = page(api, second["previous"])
    assert (back["previous"], ids_on(back)) == (None, ids[:3])
    last = page(api, second["next"])
    assert last["next"] is None


def test_a_list_that_fills_its_page_exactly_has_no_next(
    api: APIClient, ids: list[int]
) -> None:
    assert page(api, f"{URL}?limit=7")["next"] is None
    assert page(api, f"{URL}?limit=6")["next"] is not None


def test_rows_of_the_same_moment_are_told_apart_by_id(
    api: APIClient, ids: list[int]
) -> None:
    """The fixture's rows share their transaction's time when the database sets it."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("UPDATE tasks_task SET created_at = %s", [MOMENT])

    assert walk(api, "next", page(api)) == [ids[:3], ids[3:6], ids[6:]]


def test_new_rows_do_not_shift_a_walk(api: APIClient, ids: list[int]) -> None:
    first = page(api)
    api.post(URL, {"title": "Newer"})
    api.post(URL, {"title": "Newest"})

    assert walk(api, "next", first) == [ids[:3], ids[3:6], ids[6:]]


def test_deleted_rows_do_not_hide_others(api: APIClient, ids: list[int]) -> None:
    first = page(api)
    for gone in (ids[2], ids[3]):  # the one the cursor names, and the next
        api.delete(f"{URL}{gone}/")

    assert walk(api, "next", first) == [ids[:3], ids[4:]]


def test_back_from_a_page_whose_predecessors_are_gone(
    api: APIClient, ids: list[int]
) -> None:
    """An empty page still knows the way to the rows on its other side."""
    second = page(api, page(api)["next"])
    for gone in ids[:3]:
        api.delete(f"{URL}{gone}/")

    empty = page(api, second["previous"])

    assert (empty["results"], empty["previous"]) == ([], None)
    assert ids_on(page(api, empty["next"])) == ids[3:6]


def test_forward_to_a_page_whose_rows_are_gone(api: APIClient, ids: list[int]) -> None:
    first = page(api)
    for gone in ids[3:]:
        api.delete(f"{URL}{gone}/")

    empty = page(api, first["next"])

    assert (empty["results"], empty["next"]) == ([], None)
    assert ids_on(page(api, empty["previous"])) == ids[:3]


def test_an_empty_list_is_one_page(api: APIClient) -> None:
    assert page(api) == {"next": None, "previous": None, "results": []}


def test_links_keep_the_filters(api: APIClient, ids: list[int]) -> None:
    api.patch(f"{URL}{ids[0]}/", {"status": "completed"})
    body = page(api, f"{URL}?status=pending&status=in_progress&limit=2")

    query = parse_qs(urlsplit(body["next"]).query)
    assert query["status"] == ["pending", "in_progress"]
    assert query["limit"] == ["2"]
    assert ids_on(page(api, body["next"])) == ids[3:5]


def test_the_default_is_twenty(api: APIClient) -> None:
    for n in range(21):
        api.post(URL, {"title": f"{n}"})

    assert len(page(api, URL)["results"]) == 20


@pytest.mark.parametrize("limit", ["1", "100", "007"])
def test_a_limit_from_1_to_100_is_taken(
    api: APIClient, ids: list[int], limit: str
) -> None:
    assert len(page(api, f"{URL}?limit={limit}")["results"]) == min(int(limit), 7)


@pytest.mark.parametrize(
    "limit",
    [
        "0",
        "101",
        "-1",
        "1.5",
        "ten",
        "",
        "1e1",
        "%2B1",
        "%201",
        "1%0A",
        "%D9%A1",
        "9" * 5_000,
    ],
)
def test_any_other_limit_is_refused(api: APIClient, limit: str) -> None:
    response = api.get(f"{URL}?limit={limit}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/limit"


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "!!!!",
        "é",
        "=",
        "A" * 7_000,
        cursor_of(b"\xff\xfe"),
        cursor_of(b"[" * 3_000),
        cursor_of(b"9" * 5_000),
        cursor_of(None),
        cursor_of({}),
        cursor_of([]),
        cursor_of(["after", "-created_at", MOMENT]),
        cursor_of(["after", "-created_at", MOMENT, 1, 1]),
        cursor_of(["beside", "-created_at", MOMENT, 1]),
        cursor_of(["after", "-created_at", "yesterday", 1]),
        cursor_of(["after", "-created_at", "2026-01-02T03:04:05", 1]),
        cursor_of(["after", "-created_at", "2026-01-02T03:04:05+01:00", 1]),
        cursor_of(["after", "-created_at", "0000-01-02T03:04:05+00:00", 1]),
        cursor_of(["after", "-created_at", "99999-01-02T03:04:05+00:00", 1]),
        cursor_of(["after", "-created_at", 5, 1]),
        cursor_of(["after", "created_at", MOMENT, 1]),
        cursor_of(["after", "-due_date", "2026-02-01", 1]),
        cursor_of(["after", ["-created_at"], MOMENT, 1]),
        cursor_of(["after", "-created_at", MOMENT, "1"]),
        cursor_of(["after", "-created_at", MOMENT, -1]),
        cursor_of(["after", "-created_at", MOMENT, 2**63]),
        cursor_of(["after", "-created_at", MOMENT, 1.0]),
        cursor_of(["after", "-created_at", MOMENT, True]),
        cursor_of(["after", "-created_at", MOMENT, None]),
        cursor_of(["after", "-created_at", MOMENT, [1]]),
        cursor_of(["after\x00", "-created_at", MOMENT, 1]),
    ],
)
def test_an_absurd_cursor_is_refused(api: APIClient, cursor: str) -> None:
    response = api.get(URL, {"cursor": cursor})

    assert response.status_code == 400, response.content
    assert response.json()["errors"][0]["pointer"] == "/cursor"


@pytest.mark.parametrize(
    "cursor",
    [
        ["after", "-created_at", "0001-01-01T00:00:00+00:00", 1],
        ["before", "-created_at", "0001-01-01T00:00:00+00:00", 1],
        ["after", "-created_at", "9999-12-31T23:59:59.999999+00:00", 2**63 - 1],
        ["before", "-created_at", "9999-12-31T23:59:59.999999+00:00", 2**63 - 1],
    ],
)
def test_a_cursor_at_the_end_of_time_is_a_page(
    api: APIClient, ids: list[int], cursor: list[Any]
) -> None:
    body = page(api, f"{URL}?cursor={cursor_of(cursor)}")

    assert ids_on(body) in (ids, [])
    for link in (body["next"], body["previous"]):
        assert link is None or page(api, link)


def test_a_cursor_reveals_nothing_of_others(
    api: APIClient, ids: list[int], other: Any, sign_in: Any
) -> None:
    theirs = page(sign_in(other), page(api)["next"])

    assert theirs["results"] == []


@pytest.mark.parametrize("rows", [1, 100])
def test_a_page_is_one_query_at_any_size(
    api: APIClient, rows: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        api.post(URL, {"title": f"{n}"})

    with django_assert_num_queries(1):
        assert len(page(api, f"{URL}?limit=100")["results"]) == rows
