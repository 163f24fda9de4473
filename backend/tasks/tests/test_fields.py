"""Every rule of every field, by POST, PATCH and in the database itself."""

import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from tasks.models import WHITE_SPACE, Task
from tasks.tests.factory import make_task

URL = "/api/tasks/"
NOW = datetime(2026, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"title": ""}, "/title", "blank"),
    ({"title": "   "}, "/title", "blank"),
    ({"title": "\t\n\u3000"}, "/title", "blank"),
    ({"title": None}, "/title", "null"),
    ({"title": 5}, "/title", "invalid"),
    ({"title": True}, "/title", "invalid"),
    ({"title": ["a"]}, "/title", "invalid"),
    ({"title": {}}, "/title", "invalid"),
    ({"title": "a" * 201}, "/title", "max_length"),
    ({"description": None}, "/description", "null"),
    ({"description": 5}, "/description", "invalid"),
    ({"description": "a" * 20_001}, "/description", "max_length"),
    ({"priority": "urgent"}, "/priority", "invalid_choice"),
    ({"priority": "High"}, "/priority", "invalid_choice"),
    ({"priority": ""}, "/priority", "invalid_choice"),
    ({"priority": None}, "/priority", "null"),
    ({"priority": 1}, "/priority", "invalid_choice"),
    ({"priority": ["low"]}, "/priority", "invalid_choice"),
    ({"priority": {"low": 1}}, "/priority", "invalid_choice"),
    ({"status": "done"}, "/status", "invalid_choice"),
    ({"status": "in progress"}, "/status", "invalid_choice"),
    ({"status": None}, "/status", "null"),
    ({"status": False}, "/status", "invalid_choice"),
    ({"due_date": ""}, "/due_date", "invalid"),
    ({"due_date": "tomorrow"}, "/due_date", "invalid"),
    ({"due_date": "2026-02-29"}, "/due_date", "invalid"),
    ({"due_date": "2026-2-1"}, "/due_date", "invalid"),
    ({"due_date": "20260201"}, "/due_date", "invalid"),
    ({"due_date": "2026-W05-1"}, "/due_date", "invalid"),
    ({"due_date": "2026-02-01T00:00:00Z"}, "/due_date", "invalid"),
    ({"due_date": "٢٠٢٦-02-01"}, "/due_date", "invalid"),
    ({"due_date": "2026-02-01\n"}, "/due_date", "invalid"),
    ({"due_date": 20260201}, "/due_date", "invalid"),
    ({"due_date": "0000-01-01"}, "/due_date", "invalid"),
    ({"due_date": "0001-01-01"}, "/due_date", "out_of_range"),
    ({"due_date": "1899-12-31"}, "/due_date", "out_of_range"),
    ({"due_date": "2201-01-01"}, "/due_date", "out_of_range"),
    ({"due_date": "9999-12-31"}, "/due_date", "out_of_range"),
    ({"due_time": "09:30"}, "/due_time", "needs_due_date"),
    ({"due_date": None, "due_time": "09:30"}, "/due_time", "needs_due_date"),
    ({"due_date": "2026-02-01", "due_time": ""}, "/due_time", "invalid"),
    ({"due_date": "2026-02-01", "due_time": "24:00"}, "/due_time", "invalid"),
    ({"due_date": "2026-02-01", "due_time": "9:30"}, "/due_time", "invalid"),
    ({"due_date": "2026-02-01", "due_time": "09:60"}, "/due_time", "invalid"),
    ({"due_date": "2026-02-01", "due_time": "09:30:15"}, "/due_time", "invalid"),
    ({"due_date": "2026-02-01", "due_time": "09:30Z"}, "/due_time", "invalid"),
    ({"due_date": "2026-02-01", "due_time": 930}, "/due_time", "invalid"),
    ({"labels": None}, "/labels", "null"),
    ({"labels": "home"}, "/labels", "not_a_list"),
    ({"labels": {"home": 1}}, "/labels", "not_a_list"),
    ({"labels": 5}, "/labels", "not_a_list"),
    ({"labels": [""]}, "/labels/0", "blank"),
    ({"labels": ["ok", "  "]}, "/labels/1", "blank"),
    ({"labels": ["ok", None]}, "/labels/1", "null"),
    ({"labels": [5]}, "/labels/0", "invalid"),
    ({"labels": [["nested"]]}, "/labels/0", "invalid"),
    ({"labels": ["a" * 41]}, "/labels/0", "max_length"),
    ({"labels": [f"{n}" for n in range(21)]}, "/labels", "max_length"),
    ({"labels": ["home", "home"]}, "/labels", "duplicate"),
    ({"labels": ["Home", "hOME"]}, "/labels", "duplicate"),
    ({"labels": ["straße", "STRASSE"]}, "/labels", "duplicate"),
    ({"labels": ["home", " home "]}, "/labels", "duplicate"),
    ({"colour": "red"}, "/colour", "unknown_field"),
    ({"deleted_at": None}, "/deleted_at", "unknown_field"),
    ({"user_id": 1}, "/user_id", "unknown_field"),
]

TAKEN: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"title": "a" * 200}, {}),
    ({"title": "  " + "😀" * 200 + "  "}, {"title": "😀" * 200}),
    ({"title": "two\nlines"}, {}),
    ({"description": "a" * 20_000}, {}),
    ({"description": ""}, {}),
    ({"description": "    code block\n"}, {}),
    ({"description": "<script>alert(1)</script>"}, {}),
    ({"priority": "low"}, {}),
    ({"status": "in_progress"}, {}),
    ({"due_date": "1900-01-01"}, {}),
    ({"due_date": "2200-12-31"}, {}),
    ({"due_date": "2028-02-29", "due_time": "00:00"}, {}),
    ({"due_date": "2028-02-29", "due_time": "23:59"}, {}),
    ({"due_date": None, "due_time": None}, {}),
    ({"labels": []}, {}),
    ({"labels": [f"{n}" for n in range(20)]}, {}),
    ({"labels": ["a" * 40, "b"]}, {}),
    ({"labels": ["zebra", "Apple", "käse", "a,b", '"{}\\']}, {}),
    ({"labels": [" home "]}, {"labels": ["home"]}),
    ({"id": 99, "version": 9, "user": 99}, {"version": 1}),
]


def errors_of(response: Any) -> list[tuple[str, str]]:
    assert response.status_code == 400, response.content
    assert response.json()["code"] == "validation_error"
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]


@pytest.mark.parametrize(("fields", "pointer", "code"), REFUSED)
def test_a_broken_rule_is_named_on_create(
    api: APIClient, fields: dict[str, Any], pointer: str, code: str
) -> None:
    response = api.post(URL, {"title": "x", **fields})

    assert errors_of(response) == [(pointer, code)]
    assert not Task.objects.exists()


@pytest.mark.parametrize(("fields", "pointer", "code"), REFUSED)
def test_a_broken_rule_is_named_on_change(
    api: APIClient, owner: User, fields: dict[str, Any], pointer: str, code: str
) -> None:
    task = make_task(owner)

    response = api.patch(f"{URL}{task.pk}/", fields)

    assert errors_of(response) == [(pointer, code)]
    assert Task.objects.get().version == 1


@pytest.mark.parametrize(("fields", "kept"), TAKEN)
def test_what_the_rules_allow_is_kept(
    api: APIClient, fields: dict[str, Any], kept: dict[str, Any]
) -> None:
    response = api.post(URL, {"title": "x", **fields})

    assert response.status_code == 201, response.content
    read_only = {"id", "user", "version"}
    expected = {key: fields[key] for key in fields if key not in read_only} | kept
    assert response.json().items() >= expected.items()
    assert api.get(response["Location"]).json() == response.json()


def test_all_broken_rules_are_named_at_once(api: APIClient) -> None:
    body = {"title": "", "priority": "x", "due_date": "x", "labels": ["", 5]}

    assert errors_of(api.post(URL, body)) == [
        ("/title", "blank"),
        ("/priority", "invalid_choice"),
        ("/due_date", "invalid"),
        ("/labels/0", "blank"),
        ("/labels/1", "invalid"),
    ]


@pytest.mark.parametrize("method", ["post", "patch"])
def test_a_refused_task_costs_no_write(
    api: APIClient, owner: User, method: str
) -> None:
    task = make_task(owner)
    url = URL if method == "post" else f"{URL}{task.pk}/"

    with CaptureQueriesContext(connection) as queries:
        getattr(api, method)(url, {"title": ""})

    assert len(queries) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "   "},
        {"title": None},
        {"title": "a" * 201},
        {"title": "a "},
        {"title": "\u3000"},
        {"title": "\x1fa"},
        {"description": "a" * 20_001},
        {"description": None},
        {"priority": "urgent"},
        {"priority": None},
        {"status": "done"},
        {"due_time": "09:30"},
        {"due_date": "1899-12-31"},
        {"due_date": "2201-01-01"},
        {"status": "completed", "completed_at": None},
        {"status": "pending", "completed_at": NOW},
        {"labels": [""]},
        {"labels": [f"{n}" for n in range(21)]},
        {"labels": None},
        {"labels": ["a", " "]},
        {"labels": ["\xa0a"]},
        {"labels": ["a", "b", "A"]},
        {"labels": ["a", None]},
        {"version": 0},
        {"version": None},
        {"user_id": None},
        {"created_at": None},
        {"updated_at": None},
    ],
)
def test_the_database_holds_the_rules_too(owner: User, fields: dict[str, Any]) -> None:
    task = make_task(owner)

    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**fields)


def test_the_database_refuses_a_long_label(owner: User) -> None:
    """In plain SQL, because Django casts arrays and a cast cuts silently."""
    make_task(owner)
    sql = "UPDATE tasks_task SET labels = ARRAY[repeat('a', %s)]"

    with connection.cursor() as cursor:
        cursor.execute(sql, [40])
        with pytest.raises(DataError), transaction.atomic():
            cursor.execute(sql, [41])


def test_the_database_refuses_labels_in_rows_and_columns(owner: User) -> None:
    make_task(owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute("UPDATE tasks_task SET labels = '{{a},{b}}'")


def test_the_database_takes_all_the_api_takes(api: APIClient) -> None:
    """Letters that one knows and the other does not, and every kind of space."""
    new_letters = ["\U00010d50", "\U00010d70", "\u1c89", "\u1c8a", "\ua7dc", "\u019b"]
    labels = [f"a{space}b" for space in WHITE_SPACE[:10]]
    body = {"title": f"{WHITE_SPACE}x{WHITE_SPACE}", "labels": labels + new_letters}

    response = api.post("/api/tasks/", body)

    assert response.status_code == 201, response.content
    assert response.json()["title"] == "x"
    assert response.json()["labels"] == body["labels"]


def test_white_space_is_what_python_strips() -> None:
    every = map(chr, range(sys.maxunicode + 1))

    assert "".join(each for each in every if each.isspace()) == WHITE_SPACE
