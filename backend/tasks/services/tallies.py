"""Counting the tasks anew, to check the tallies that triggers keep."""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

COUNTED = {
    "tasks_status_tally": (
        ("user_id", "status", "priority"),
        "tasks_task WHERE deleted_at IS NULL",
    ),
    "tasks_due_tally": (
        ("user_id", "due_date"),
        """tasks_task
        WHERE deleted_at IS NULL AND due_date IS NOT NULL AND status <> 'completed'
        """,
    ),
    "tasks_label_tally": (
        ("user_id", "label"),
        "tasks_task, unnest(labels) AS labelled (label) WHERE deleted_at IS NULL",
    ),
}
CORRECT = """
    MERGE INTO {table} AS tally
    USING (SELECT {keys}, count(*) FROM {source} GROUP BY {keys}) AS counted
    ON ({tally_keys}) = ({counted_keys})
    WHEN MATCHED AND tally.count <> counted.count THEN
        UPDATE SET count = counted.count
    WHEN NOT MATCHED BY TARGET THEN
        INSERT ({keys}, count) VALUES ({counted_keys}, counted.count)
    WHEN NOT MATCHED BY SOURCE THEN DELETE
"""


def recount_tasks() -> int:
    """Correct every tally that is wrong, and return how many were; may run twice.

    None is, unless somebody wrote around the triggers, such as by restoring data
    without them. Reads all tasks, and lets nobody write one meanwhile.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("LOCK TABLE tasks_task IN SHARE MODE")
        return sum(correct(cursor, table) for table in COUNTED)


def correct(cursor: CursorWrapper, table: str) -> int:
    keys, source = COUNTED[table]
    statement = CORRECT.format(
        table=table,
        source=source,
        keys=", ".join(keys),
        tally_keys=", ".join(f"tally.{key}" for key in keys),
        counted_keys=", ".join(f"counted.{key}" for key in keys),
    )
    cursor.execute(statement)
    return int(cursor.rowcount)
