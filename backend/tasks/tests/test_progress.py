"""GET /api/tasks/progress/: by the person's calendar, whatever the clocks do."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from tasks import services
from tasks.models import Task
from tasks.progress import DAYS, progress_of
from tasks.tests.factory import make_task

URL = "/api/tasks/progress/"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
AGES = ["day", "week", "month", "quarter", "older"]
# A day apart at every moment.
EAST, WEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"

pytestmark = pytest.mark.django_db


def completed(user: User, *moments: datetime, **fields: Any) -> None:
    for moment in moments:
        make_task(user, status="completed", completed_at=moment, **fields)


def per_day(user: User, zone: str, now: datetime = NOW) -> dict[str, int]:
    """The days on which something was completed."""
    days = progress_of(user.pk, ZoneInfo(zone), now)["completed_per_day"]
    assert len(days) == DAYS
    first = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=DAYS - 1)
    assert [day["date"] for day in days] == [
        first + timedelta(days=n) for n in range(DAYS)
    ]
    return {f"{day['date']}": day["count"] for day in days if day["count"]}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# --- What it says -------------------------------------------------------------------


def test_somebody_without_tasks_has_done_nothing(api: APIClient) -> None:
    body = api.get(URL).json()

    assert body["time_zone"] == "UTC"
    assert len(body["completed_per_day"]) == 84
    today = {"date": timezone.now().date().isoformat(), "count": 0}
    assert body["completed_per_day"][-1] == today
    assert body["open_by_age"] == [{"name": name, "count": 0} for name in AGES]
    assert body["by_label"] == []
    assert (body["open_total"], body["completed_total"]) == (0, 0)


def test_it_goes_with_what_is_done(api: APIClient) -> None:
    task = api.post("/api/tasks/", {"title": "x", "labels": ["home"]}).json()
    url = f"/api/tasks/{task['id']}/"
    body = api.get(URL).json()
    assert (body["open_total"], body["completed_total"]) == (1, 0)
    assert body["open_by_age"][0] == {"name": "day", "count": 1}
    assert body["by_label"] == [{"name": "home", "open": 1, "completed": 0}]

    api.patch(url, {"status": "completed"})
    body = api.get(URL).json()
    assert (body["open_total"], body["completed_total"]) == (0, 1)
    assert body["completed_per_day"][-1]["count"] == 1
    assert body["by_label"] == [{"name": "home", "open": 0, "completed": 1}]

    api.delete(url)
    body = api.get(URL).json()
    assert (body["open_total"], body["completed_total"]) == (0, 0)
    assert body["completed_per_day"][-1]["count"] == 0
    assert body["by_label"] == []


def test_others_tasks_do_not_count(
    api: APIClient, staff: User, other: User, sign_in: Any
) -> None:
    make_task(other, labels=["home"])
    completed(other, timezone.now())

    for client in (api, sign_in(staff)):
        body = client.get(URL).json()
        assert (body["open_total"], body["completed_total"]) == (0, 0)


def test_it_takes_no_parameters(api: APIClient) -> None:
    error = api.get(f"{URL}?user=all").json()["errors"][0]

    assert error["code"] == "unknown_parameter"


def test_unchanged_it_is_304(api: APIClient) -> None:
    tag = {"If-None-Match": api.get(URL)["ETag"]}
    assert api.get(URL, headers=tag).status_code == 304
    api.post("/api/tasks/", {"title": "x"})
    assert api.get(URL, headers=tag).status_code == 200


# --- Days ---------------------------------------------------------------------------


def test_a_day_begins_at_its_first_moment(owner: User) -> None:
    completed(owner, utc("2026-11-24T23:59:59.999999"), utc("2026-11-25T00:00:00"))

    assert per_day(owner, "UTC") == {"2026-11-24": 1, "2026-11-25": 1}


def test_only_the_last_84_days_are_shown(owner: User) -> None:
    completed(owner, utc("2026-09-02T23:59:59"), utc("2026-09-03T00:00:00"), NOW)

    assert per_day(owner, "UTC") == {"2026-09-03": 1, "2026-11-25": 1}
    assert progress_of(owner.pk, ZoneInfo("UTC"), NOW)["completed_total"] == 3


def test_the_same_moment_is_of_another_day_elsewhere(owner: User) -> None:
    completed(owner, utc("2026-11-25T10:30:00"))

    assert per_day(owner, EAST) == {"2026-11-26": 1}
    assert per_day(owner, "UTC") == {"2026-11-25": 1}
    assert per_day(owner, WEST) == {"2026-11-24": 1}


@pytest.mark.parametrize("zone", [EAST, WEST])
def test_it_asks_for_the_persons_time_zone(
    api: APIClient, owner: User, sign_in: Any, zone: str
) -> None:
    User.objects.filter(pk=owner.pk).update(time_zone=zone)
    owner.refresh_from_db()
    body = sign_in(owner).get(URL).json()

    today = timezone.now().astimezone(ZoneInfo(zone)).date().isoformat()
    assert body["time_zone"] == zone
    assert body["completed_per_day"][-1]["date"] == today


def test_the_day_of_25_hours_is_one_day(owner: User) -> None:
    """Berlin, 25 October 2026: from two to three o'clock comes twice."""
    before, after = utc("2026-10-24T21:59:59"), utc("2026-10-25T23:00:00")
    during = [utc(f"2026-10-25T{time}:00") for time in ("00:30", "01:30", "22:59")]
    completed(owner, before, utc("2026-10-24T22:00:00"), *during, after)

    assert per_day(owner, "Europe/Berlin") == {
        "2026-10-24": 1,
        "2026-10-25": 4,
        "2026-10-26": 1,
    }


def test_the_day_of_23_hours_is_one_day(owner: User) -> None:
    """New York, 8 March 2026: there is no time from two to three o'clock."""
    moments = [
        utc("2026-03-08T04:59:59"),  # the evening before
        utc("2026-03-08T05:00:00"),
        utc("2026-03-09T03:59:59"),
        utc("2026-03-09T04:00:00"),
    ]
    completed(owner, *moments)

    assert per_day(owner, "America/New_York", utc("2026-03-20T12:00:00")) == {
        "2026-03-07": 1,
        "2026-03-08": 2,
        "2026-03-09": 1,
    }


def test_a_day_without_a_midnight_begins_later(owner: User) -> None:
    """Cairo, 24 April 2026: after 23:59 comes one o'clock."""
    completed(owner, utc("2026-04-23T21:59:59"), utc("2026-04-23T22:00:00"))

    assert per_day(owner, "Africa/Cairo", utc("2026-05-01T12:00:00")) == {
        "2026-04-23": 1,
        "2026-04-24": 1,
    }


def test_a_day_that_was_skipped_is_empty(owner: User) -> None:
    """Apia had no 30 December 2011."""
    completed(owner, utc("2011-12-30T09:59:59"), utc("2011-12-30T10:00:00"))

    assert per_day(owner, "Pacific/Apia", utc("2012-01-10T12:00:00")) == {
        "2011-12-29": 1,
        "2011-12-31": 1,
    }


# --- Ages and labels ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "name"),
    [
        (timedelta(0), "day"),
        (timedelta(hours=23, minutes=59), "day"),
        (timedelta(days=1, seconds=1), "week"),
        (timedelta(days=6, hours=23), "week"),
        (timedelta(days=7, seconds=1), "month"),
        (timedelta(days=29, hours=23), "month"),
        (timedelta(days=30, seconds=1), "quarter"),
        (timedelta(days=89, hours=23), "quarter"),
        (timedelta(days=90, seconds=1), "older"),
        (timedelta(days=5_000), "older"),
    ],
)
def test_an_open_task_is_as_old_as_it_was_created(
    owner: User, age: timedelta, name: str
) -> None:
    make_task(owner, status="in_progress", created_at=NOW - age)
    completed(owner, NOW, created_at=NOW - age)

    progress = progress_of(owner.pk, ZoneInfo(WEST), NOW)

    assert progress["open_by_age"] == [
        {"name": each, "count": int(each == name)} for each in AGES
    ]
    assert progress["open_total"] == 1


def test_the_labels_of_most_tasks_come_first(owner: User) -> None:
    for n in range(15):
        make_task(owner, labels=[f"Label {n:02}", "all"])
    completed(owner, NOW, NOW, labels=["label 14", "Label 07"])
    make_task(owner, labels=["Label 03"], deleted_at=NOW)

    labels = progress_of(owner.pk, ZoneInfo("UTC"), NOW)["by_label"]

    assert len(labels) == 12
    assert labels[:3] == [
        {"name": "all", "open": 15, "completed": 0},
        {"name": "Label 07", "open": 1, "completed": 2},
        {"name": "label 14", "open": 0, "completed": 2},
    ]
    assert [each["name"] for each in labels[3:6]] == [
        "Label 00",
        "Label 01",
        "Label 02",
    ]


# --- What keeps it right ------------------------------------------------------------


def test_it_says_what_looking_at_every_task_says(owner: User) -> None:
    random, zone = Random(7), ZoneInfo("America/Sao_Paulo")
    for _ in range(200):
        task = make_task(
            owner,
            created_at=NOW - timedelta(hours=random.randrange(3_000)),
            labels=random.sample(["a", "b", "c", "ü"], random.randrange(4)),
        )
        if random.random() < 0.6:
            services.update_task(
                actor_id=owner.pk, task_id=task.pk, fields={"status": "completed"}
            )
            ago = timedelta(minutes=random.randrange(200_000))
            Task.objects.filter(pk=task.pk).update(completed_at=NOW - ago)
        if random.random() < 0.2:
            services.trash_task(actor_id=owner.pk, task_id=task.pk)

    progress = progress_of(owner.pk, zone, NOW)

    tasks = list(Task.objects.alive())
    days = Counter(
        task.completed_at.astimezone(zone).date() for task in tasks if task.completed_at
    )
    assert progress["completed_per_day"] == [
        {"date": day, "count": days[day]}
        for day in (date(2026, 9, 3) + timedelta(days=n) for n in range(84))
    ]
    is_open = [task for task in tasks if task.completed_at is None]
    assert progress["open_total"] == len(is_open)
    assert progress["completed_total"] == len(tasks) - len(is_open)
    every = Counter(label for task in tasks for label in task.labels)
    opened = Counter(label for task in is_open for label in task.labels)
    assert {each["name"]: each for each in progress["by_label"]} == {
        name: {"name": name, "open": opened[name], "completed": count - opened[name]}
        for name, count in every.items()
    }
