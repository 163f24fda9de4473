"""How many tasks there are of each kind, read from the tallies."""

from collections import Counter
from typing import Any

from common.replica import read_connection
from tasks.days import Days
from tasks.models import Task

# One statement, so that all counts are of one moment. It reads a row for each status
# and priority, and one for each day that something is overdue since or due by Sunday.
SUMMARY = """
    WITH due AS (
        SELECT
            sum(count) FILTER (WHERE due_date < %(today)s) AS overdue,
            sum(count) FILTER (WHERE due_date = %(today)s) AS today,
            sum(count) FILTER (WHERE due_date >= %(monday)s) AS week
        FROM tasks_due_tally WHERE user_id = %(user)s AND due_date <= %(sunday)s
    )
    SELECT overdue, today, week, status, priority, count
    FROM due LEFT JOIN tasks_status_tally ON user_id = %(user)s
"""


def summary_of(user_id: int, days: Days) -> dict[str, Any]:
    """Counts of a user's tasks that are not in the trash. One query.

    It costs the same however many tasks there are.
    """
    week = {"today": days.today, "monday": days.monday, "sunday": days.sunday}
    with read_connection().cursor() as cursor:
        cursor.execute(SUMMARY, {**week, "user": user_id})
        rows = cursor.fetchall()
    by_status = Counter(dict.fromkeys(Task.Status.values, 0))
    by_priority = Counter(dict.fromkeys(Task.Priority.values, 0))
    for *_, status, priority, count in rows:
        if count is not None:
            by_status[status] += count
            by_priority[priority] += count
    overdue, due_today, due_this_week = (int(count or 0) for count in rows[0][:3])
    return {
        "total": by_status.total(),
        "by_status": by_status,
        "by_priority": by_priority,
        "overdue": overdue,
        "due_today": due_today,
        "due_this_week": due_this_week,
        "today": days.today,
    }
