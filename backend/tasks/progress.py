"""What a person got done, day by day, and what is still open."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from common.replica import read_connection

DAYS = 84
LABELS = 12
# The youngest age that an open task of each name no longer has.
AGES = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "quarter": timedelta(days=90),
}
OLDER = "older"
AGE_NAMES = [*AGES, OLDER]

# One statement, so that all counts are of one moment. The days come from the index
# `tasks_task_done` and the ages from `tasks_task_open`, without the table. The tallies
# know the labels, but not on how many open tasks each is: those tasks are read.
PROGRESS = """
    WITH done AS (
        SELECT width_bucket(completed_at, %(days)s::timestamptz[]) AS day, count(*)
        FROM tasks_task
        WHERE user_id = %(user)s AND deleted_at IS NULL AND completed_at >= %(since)s
        GROUP BY day
    ), aged AS (
        SELECT width_bucket(created_at, %(ages)s::timestamptz[]) AS age, count(*)
        FROM tasks_task
        WHERE user_id = %(user)s AND deleted_at IS NULL AND completed_at IS NULL
        GROUP BY age
    ), top AS (
        SELECT label, count, row_number() OVER (ORDER BY count DESC, lower(label), id)
        FROM tasks_label_tally WHERE user_id = %(user)s
        ORDER BY row_number LIMIT %(labels)s
    ), labelled AS (
        SELECT label, count(*)
        FROM tasks_task, unnest(labels) AS each (label)
        WHERE user_id = %(user)s AND deleted_at IS NULL AND completed_at IS NULL
            AND label IN (SELECT label FROM top)
        GROUP BY label
    )
    SELECT 'day', day, NULL, count, NULL::bigint FROM done
    UNION ALL SELECT 'age', age, NULL, count, NULL FROM aged
    UNION ALL
    SELECT 'label', row_number, label, top.count, coalesce(labelled.count, 0)
    FROM top LEFT JOIN labelled USING (label)
    UNION ALL
    SELECT 'completed', NULL, NULL, coalesce(sum(count), 0)::bigint, NULL
    FROM tasks_status_tally WHERE user_id = %(user)s AND status = 'completed'
    ORDER BY 1, 2
"""


def progress_of(user_id: int, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """Of a user's tasks that are not in the trash, by the zone's calendar. One query.

    It costs by how many tasks are open, and were completed within those days.
    """
    today = now.astimezone(zone).date()
    days = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    begins = [datetime.combine(day, time.min, zone) for day in days]
    youngest = [OLDER, *reversed(AGES)]
    rows = read_rows(user_id, begins, [now - age for age in reversed(AGES.values())])
    counts = {(kind, place): count for kind, place, _, count, _ in rows}
    open_by_age = {name: counts.get(("age", n), 0) for n, name in enumerate(youngest)}
    return {
        "time_zone": zone.key,
        "completed_per_day": [
            {"date": day, "count": counts.get(("day", n), 0)}
            for n, day in enumerate(days, start=1)
        ],
        "open_by_age": [
            {"name": name, "count": open_by_age[name]} for name in AGE_NAMES
        ],
        "by_label": [
            {"name": label, "open": its_open, "completed": total - its_open}
            for kind, _, label, total, its_open in rows
            if kind == "label"
        ],
        "open_total": sum(open_by_age.values()),
        "completed_total": counts["completed", None],
    }


def read_rows(
    user_id: int, days: list[datetime], ages: list[datetime]
) -> list[tuple[Any, ...]]:
    """(kind, place, label, count, how many of them are open).

    The place of a day or an age is how many of the moments given it does not precede.
    Days are told apart by the moments they begin, which Python knows: PostgreSQL may
    know other time zones.
    """
    values: dict[str, Any] = {"days": days, "since": days[0], "ages": ages}
    with read_connection().cursor() as cursor:
        cursor.execute(PROGRESS, {**values, "user": user_id, "labels": LABELS})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
