"""GET /api/auth/me/export/: all that is mine, whole, and in small pieces."""

import json
from collections.abc import Callable
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.api_tokens import recall
from accounts.models import User
from accounts.services import create_api_token
from export import document
from export.document import head_of, pieces_of, task_ids_of
from tasks import services
from tasks.models import Task
from tasks.tests.factory import make_task

URL = "/api/auth/me/export/"

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


def export(api: APIClient) -> dict[str, Any]:
    response = api.get(URL)
    assert response.status_code == 200, response.content
    body: dict[str, Any] = json.loads(response.getvalue())
    return body


def make_many(owner: User, count: int, **fields: Any) -> None:
    times = {"created_at": timezone.now(), "updated_at": timezone.now()}
    new = (
        Task(user=owner, title=f"Task {n}", **{**times, **fields}) for n in range(count)
    )
    Task.objects.bulk_create(new, batch_size=1_000)


# --- What is in it ------------------------------------------------------------------


def test_it_has_everything_as_the_api_shows_it(api: APIClient, owner: User) -> None:
    odd = 'Zeile\n"2" \\ </script> \u2028 🏠'
    labels = ["home", 'a "b", c']
    make_task(owner, title="Odd", description=odd, labels=labels)
    fields = {"due_date": date(2030, 1, 31), "due_time": time(17)}
    make_task(owner, **fields)
    make_task(owner, status="completed", completed_at=timezone.now())
    make_task(owner, title="Trashed", deleted_at=timezone.now())
    api.post("/api/filters/", {"name": "Today", "query": "due=today"})
    url = "/api/notifications/preferences/"
    api.patch(url, {"kinds": {"test": {"email": True}}, "digest_hour": 7})

    body = export(api)

    assert next(iter(body)) == "format"
    assert body["format"] == 1
    assert body["profile"] == api.get("/api/auth/me/").json()
    assert body["notification_preferences"] == api.get(url).json()
    assert body["saved_filters"] == api.get("/api/filters/").json()["results"]
    *alive, trashed = body["tasks"]
    for task in alive:
        assert task.pop("deleted_at") is None
        assert task == api.get(f"/api/tasks/{task['id']}/").json()
    assert (alive[0]["description"], alive[0]["labels"]) == (odd, labels)
    assert [trashed] == api.get("/api/tasks/trash/").json()["results"]


def test_somebody_new_gets_what_there_is(api: APIClient) -> None:
    body = export(api)

    assert (body["tasks"], body["saved_filters"]) == ([], [])


def test_nobody_elses_is_in_it(
    staff: User, owner: User, other: User, sign_in: SignIn
) -> None:
    make_task(owner)
    make_task(other, deleted_at=timezone.now())
    sign_in(other).post("/api/filters/", {"name": "x", "query": ""})

    body = export(sign_in(staff))

    assert body["profile"]["username"] == "staff"
    assert (body["tasks"], body["saved_filters"]) == ([], [])


def test_an_api_token_that_may_read_may_read_all(owner: User) -> None:
    token = create_api_token(user_id=owner.pk, name="Backup", scope="read")
    bearer = APIClient(headers={"authorization": f"Bearer {recall(token)}"})
    assert export(bearer)["profile"]["id"] == owner.pk


# --- How it comes -------------------------------------------------------------------


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_it_is_a_file_of_the_persons_day(
    api: APIClient, owner: User, zone: str
) -> None:
    User.objects.filter(pk=owner.pk).update(time_zone=zone)
    make_many(owner, 3)
    response = api.get(URL)

    day = timezone.now().astimezone(ZoneInfo(zone)).date()
    attachment = f'attachment; filename="tasks-{day}.json"'
    assert response["Content-Disposition"] == attachment
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Task-Count"] == "3"
    assert "ETag" not in response


def test_each_task_has_a_line_so_that_they_can_be_counted(
    api: APIClient, owner: User
) -> None:
    make_many(owner, 7, description="two\nlines")
    response = api.get(URL)

    head, *lines, end = response.getvalue().decode().splitlines()
    assert head.endswith('"tasks": [')
    assert len(lines) == int(response["X-Task-Count"]) == 7
    assert [json.loads(line.rstrip(","))["title"] for line in lines] == [
        f"Task {n}" for n in range(7)
    ]
    assert end == "]}"


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 8])
def test_pieces_fit_together(
    api: APIClient, owner: User, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(document, "TASKS_AT_ONCE", 4)
    make_many(owner, count)

    titles = [task["title"] for task in export(api)["tasks"]]

    assert titles == [f"Task {n}" for n in range(count)]


def test_no_piece_is_large_however_many_tasks(
    owner: User, django_assert_num_queries: Any
) -> None:
    make_many(owner, 2_000, description="x" * 100)
    ids = task_ids_of(owner.pk)

    with django_assert_num_queries(8):
        sizes = [len(piece) for piece in pieces_of(head_of_nobody(), ids)]

    assert len(sizes) == 10
    assert max(sizes) < 250 * 600
    assert ids.itemsize * len(ids) == 16_000


def head_of_nobody() -> dict[str, Any]:
    return {"format": 1}


def test_what_is_deleted_for_good_meanwhile_is_left_out(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "TASKS_AT_ONCE", 2)
    make_many(owner, 6)
    pieces = pieces_of(head_of(owner), task_ids_of(owner.pk))
    written = next(pieces) + next(pieces)
    Task.objects.exclude(title="Task 4").delete()
    make_task(owner)

    titles = [each["title"] for each in json.loads(written + "".join(pieces))["tasks"]]

    assert titles == ["Task 0", "Task 1", "Task 4"]


def test_a_task_that_moves_to_the_trash_meanwhile_comes_once(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "TASKS_AT_ONCE", 1)
    make_many(owner, 3)
    first, second, _ = ids = list(task_ids_of(owner.pk))
    pieces = pieces_of(head_of(owner), ids)
    written = next(pieces) + next(pieces)
    for task_id in (first, second):
        services.trash_task(actor_id=owner.pk, task_id=task_id)

    tasks = json.loads(written + "".join(pieces))["tasks"]

    assert [task["id"] for task in tasks] == ids
    assert [task["deleted_at"] is None for task in tasks] == [True, False, True]


def test_a_head_reads_no_task(
    api: APIClient, owner: User, django_assert_num_queries: Any
) -> None:
    make_many(owner, 3)
    with django_assert_num_queries(2):
        response = api.head(URL)
        assert response.getvalue() == b""
    assert response["X-Task-Count"] == "3"


def test_it_takes_no_parameters(api: APIClient) -> None:
    error = api.get(f"{URL}?user=1").json()["errors"][0]

    assert error["code"] == "unknown_parameter"


# --- How often ----------------------------------------------------------------------


def test_it_has_a_limit_of_its_own(api: APIClient, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "export": (2, 3_600)}

    answers = [api.get(URL) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[2].json()["code"] == "throttled"
    assert int(answers[2]["Retry-After"]) > 3_000
    assert answers[0]["RateLimit-Policy"] == '"export";q=2;w=3600'
    assert api.get("/api/tasks/").status_code == 200
