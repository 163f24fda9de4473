"""GET /api/tasks/summary/: what a COUNT would say, without counting."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from rest_framework.exceptions import NotFound
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import run_at_once
from tasks import services
from tasks.days import Days
from tasks.models import DueTally, LabelTally, StatusTally, Task
from tasks.tests.factory import make_task

URL = "/api/tasks/summary/"
NOTHING = {
    "total": 0,
    "by_status": {"pending": 0, "in_progress": 0, "completed": 0},
    "by_priority": {"low": 0, "medium": 0, "high": 0},
    "overdue": 0,
    "due_today": 0,
    "due_this_week": 0,
}
# A day apart at every moment.
EAST, WEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"

pytestmark = pytest.mark.django_db


def summary(api: APIClient) -> dict[str, Any]:
    response = api.get(URL)
    assert response.status_code == 200, response.content
    body: dict[str, Any] = response.json()
    return body


def counts(api: APIClient) -> dict[str, Any]:
    body = summary(api)
    del body["today"]
    return body


def counted(user: User, days: Days) -> dict[str, Any]:
    """The same, by looking at every task."""
    tasks = list(Task.objects.visible_to(user.pk).alive())
    due = [t.due_date for t in tasks if t.due_date and t.status != "completed"]
    statuses = Counter(task.status for task in tasks)
    priorities = Counter(task.priority for task in tasks)
    return {
        "total": len(tasks),
        "by_status": {name: statuses[name] for name in Task.Status.values},
        "by_priority": {name: priorities[name] for name in Task.Priority.values},
        "overdue": sum(day < days.today for day in due),
        "due_today": due.count(days.today),
        "due_this_week": sum(days.monday <= day <= days.sunday for day in due),
        "today": days.today.isoformat(),
    }


def complete(task: Task) -> None:
    services.update_task(
        actor_id=task.user_id, task_id=task.pk, fields={"status": "completed"}
    )


# --- What it says -------------------------------------------------------------------


def test_nothing_is_zero(api: APIClient) -> None:
    assert counts(api) == NOTHING


def test_it_counts_by_status_and_priority(api: APIClient) -> None:
    for fields in (
        {},
        {"priority": "high"},
        {"priority": "high", "status": "completed"},
        {"status": "in_progress"},
    ):
        api.post("/api/tasks/", {"title": "x", **fields})

    body = counts(api)
    assert body["total"] == 4
    assert body["by_status"] == {"pending": 2, "in_progress": 1, "completed": 1}
    assert body["by_priority"] == {"low": 0, "medium": 2, "high": 2}


def test_what_is_due_is_not_completed(api: APIClient, owner: User) -> None:
    days = Days.now_in(ZoneInfo("UTC"))
    for due in (days.today, days.today - timedelta(days=1)):
        make_task(owner, due_date=due)
        complete(make_task(owner, due_date=due))

    body = counts(api)
    assert (body["overdue"], body["due_today"]) == (1, 1)


@pytest.mark.parametrize("time_zone", [EAST, WEST])
def test_days_are_those_of_the_persons_time_zone(
    make_user: Any, sign_in: Any, time_zone: str
) -> None:
    user = make_user("far", time_zone=time_zone)
    today = Days.now_in(ZoneInfo(time_zone)).today
    for day in range(-8, 9):
        make_task(user, due_date=today + timedelta(days=day))

    assert summary(sign_in(user)) == counted(user, Days(today))


def test_two_people_have_two_days(make_user: Any, sign_in: Any) -> None:
    east, west = (
        summary(sign_in(make_user(zone[-4:], time_zone=zone))) for zone in (EAST, WEST)
    )

    assert date.fromisoformat(east["today"]) > date.fromisoformat(west["today"])


@pytest.mark.parametrize("day", range(14))
def test_a_week_is_monday_to_sunday(day: int) -> None:
    days = Days(date(2026, 11, 23) + timedelta(days=day))  # the 23rd is a Monday

    assert days.monday == date(2026, 11, 23 if day < 7 else 30)
    assert days.sunday - days.monday == timedelta(days=6)


def test_each_number_is_the_length_of_a_list(api: APIClient, owner: User) -> None:
    fill(owner, Random(7), 59)
    make_task(owner, due_date=Days.now_in(ZoneInfo("UTC")).today)
    open_ones = "limit=100&status=pending,in_progress"

    def length(query: str) -> int:
        return len(api.get(f"/api/tasks/?{query}").json()["results"])

    body = summary(api)
    assert body["total"] == length("limit=100") == 60
    assert body["by_status"]["completed"] == length("limit=100&status=completed")
    assert body["by_priority"]["high"] == length("limit=100&priority=high")
    assert body["overdue"] == length("limit=100&due=overdue") > 0
    assert body["due_today"] == length(f"{open_ones}&due=today") > 0
    assert body["due_this_week"] == length(f"{open_ones}&due=week") > 0


def test_another_persons_tasks_do_not_count(
    api: APIClient, staff: User, other: User, sign_in: Any
) -> None:
    make_task(other, due_date=date(2026, 1, 1))

    assert counts(api) == counts(sign_in(staff)) == NOTHING


def test_it_takes_no_parameters(api: APIClient) -> None:
    response = api.get(f"{URL}?user=1")

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "unknown_parameter"


# --- What keeps it right ------------------------------------------------------------


def test_the_trash_does_not_count(api: APIClient, owner: User) -> None:
    task = make_task(owner, due_date=date(2026, 1, 1), labels=["home"])
    before = counts(api)

    services.trash_task(actor_id=owner.pk, task_id=task.pk)
    assert counts(api) == NOTHING
    services.restore_task(actor_id=owner.pk, task_id=task.pk)
    assert counts(api) == before
    services.trash_task(actor_id=owner.pk, task_id=task.pk)
    Task.objects.all().delete()
    assert counts(api) == NOTHING


def test_what_is_rolled_back_does_not_count(api: APIClient, owner: User) -> None:
    with transaction.atomic():
        make_task(owner)
        transaction.set_rollback(True)

    assert counts(api) == NOTHING


def test_what_is_zero_has_no_row(owner: User) -> None:
    task = make_task(owner, due_date=date(2026, 1, 1), labels=["home"])
    Task.objects.filter(pk=task.pk).update(
        status="in_progress", due_date=date(2026, 1, 2), labels=["work"]
    )

    assert [tally.status for tally in StatusTally.objects.all()] == ["in_progress"]
    assert [tally.due_date for tally in DueTally.objects.all()] == [date(2026, 1, 2)]
    assert [tally.label for tally in LabelTally.objects.all()] == ["work"]


STATEMENTS = """
    UPDATE tasks_task SET priority = 'high' WHERE id % 2 = 0;
    UPDATE tasks_task SET due_date = due_date + 1;
    UPDATE tasks_task SET due_date = NULL, due_time = NULL WHERE id % 3 = 0;
    UPDATE tasks_task SET status = 'completed', completed_at = now();
    UPDATE tasks_task SET labels = labels || ARRAY['new']::varchar[];
    UPDATE tasks_task SET deleted_at = now() WHERE priority = 'low';
    UPDATE tasks_task SET user_id = (SELECT max(id) FROM auth_user);
    DELETE FROM tasks_task WHERE id % 2 = 0;
    INSERT INTO tasks_task (user_id, title, priority, status, due_date, labels)
        SELECT user_id, 'x', 'high', 'pending', due_date, labels FROM tasks_task
"""


@pytest.mark.parametrize("statement", STATEMENTS.split(";"))
def test_any_statement_counts(
    owner: User, other: User, api: APIClient, sign_in: Any, statement: str
) -> None:
    """Whoever writes: the admin's site, a migration, somebody with psql."""
    fill(owner, Random(1), 60)
    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert services.recount_tasks() == 0
    assert summary(api) == counted(owner, Days.now_in(ZoneInfo("UTC")))
    assert summary(sign_in(other)) == counted(other, Days.now_in(ZoneInfo("UTC")))


def test_a_deleted_user_leaves_nothing(owner: User, other: User) -> None:
    fill(owner, Random(1), 20)
    fill(other, Random(2), 20)

    owner.delete()

    assert services.recount_tasks() == 0
    for tallies in (StatusTally, DueTally, LabelTally):
        assert set(tallies.objects.values_list("user_id", flat=True)) == {other.pk}


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_lose_no_count_and_never_wait_for_each_other(
    owner: User, api: APIClient
) -> None:
    fill(owner, Random(0), 40)
    seeds = iter(range(6))

    run_at_once(6, lambda: write_at_random(owner, Random(next(seeds))))

    assert services.recount_tasks() == 0
    assert summary(api) == counted(owner, Days.now_in(ZoneInfo("UTC")))


SWAP = """
    DO $$ BEGIN FOR n IN 1..150 LOOP
        UPDATE tasks_task SET labels = '{b1,b2,b3,b4,b5,b6}' WHERE id = %(id)s;
        COMMIT;
        UPDATE tasks_task SET labels = '{a1,a2,a3,a4,a5,a6}' WHERE id = %(id)s;
        COMMIT;
    END LOOP; END $$
"""


@pytest.mark.django_db(transaction=True)
def test_two_who_swap_do_not_wait_for_each_other(owner: User) -> None:
    """One takes from A and gives to B, the other the reverse, in the same tallies."""
    ids = iter([make_task(owner).pk, make_task(owner).pk])

    run_at_once(2, lambda: connection.cursor().execute(SWAP, {"id": next(ids)}))

    assert services.recount_tasks() == 0


def fill(user: User, random: Random, count: int) -> None:
    for _ in range(count):
        services.create_task(actor_id=user.pk, fields=fields(random))


def fields(random: Random) -> dict[str, Any]:
    day = Days.now_in(ZoneInfo("UTC")).today + timedelta(days=random.randint(-9, 9))
    return {
        "title": "x",
        "status": random.choice(Task.Status.values),
        "priority": random.choice(Task.Priority.values),
        "due_date": random.choice([None, day]),
        "labels": random.sample(["home", "Home2", "work", "a/b"], random.randint(0, 3)),
    }


def write_at_random(user: User, random: Random) -> None:
    for _ in range(40):
        ids = list(Task.objects.visible_to(user.pk).values_list("pk", flat=True))
        task: dict[str, Any] = {"actor_id": user.pk, "task_id": random.choice(ids)}
        match random.randint(0, 6):
            case 0:
                fill(user, random, 1)
            case 1:
                change_many(random.sample(ids, 10), random)
            case 2:
                Task.objects.trashed().filter(pk=task["task_id"]).delete()
            case _:
                change_one(task, random)


def change_one(task: dict[str, Any], random: Random) -> None:
    try:
        match random.randint(0, 3):
            case 0:
                services.trash_task(**task)
            case 1:
                services.restore_task(**task)
            case _:
                services.update_task(**task, fields=fields(random))
    except NotFound:
        pass  # another was faster


def change_many(ids: list[int], random: Random) -> None:
    with transaction.atomic():
        tasks = Task.objects.filter(pk__in=ids)
        list(tasks.select_for_update().order_by("pk"))
        day = Days.now_in(ZoneInfo("UTC")).today
        tasks.update(priority=random.choice(Task.Priority.values), due_date=day)


# --- Counting anew ------------------------------------------------------------------


def test_counting_anew_corrects_what_somebody_broke(
    owner: User, api: APIClient, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(owner, Random(3), 30)
    before = summary(api)
    StatusTally.objects.filter(status="pending").update(count=99)
    DueTally.objects.all().delete()
    LabelTally.objects.create(user=owner, label="never", count=1)
    assert summary(api) != before

    call_command("recount_tasks")

    assert "wrong: 0" not in capsys.readouterr().out
    assert summary(api) == before
    assert services.recount_tasks() == 0
