"""Changing one label on every task that has it, in the trash as well.

All or nothing, in one transaction, with an event for each task: renaming is history
like any other change, and a task that is restored does not bring the old name back.
"""

from collections.abc import Collection, Sequence

from django.db import connection, transaction
from django.utils import timezone
from rest_framework.exceptions import NotFound

from common.errors import TooManyTasks
from events.log import TASKS, Entry, append_many
from tasks import verbs
from tasks.models import LabelTally, Task

MAX_TASKS = 10_000
BATCH_SIZE = 1_000

# Each label of `old` becomes `new`, or goes where that is null; the first keeps its
# place, so that a label which was there already is not there twice.
RELABEL = """
    UPDATE tasks_task SET version = version + 1, updated_at = %(now)s, labels = ARRAY(
        SELECT label FROM (
            SELECT CASE WHEN each = ANY(%(old)s) THEN %(new)s ELSE each END, min(place)
            FROM unnest(labels) WITH ORDINALITY AS before (each, place) GROUP BY 1
        ) AS after (label, place)
        WHERE label IS NOT NULL ORDER BY place
    )
    WHERE id = ANY(%(ids)s)
    RETURNING id, version, OLD.labels, NEW.labels
"""


def rename_label(*, actor_id: int, name: str, new_name: str) -> LabelTally:
    """Rename a label; where a task has the new one already, the two become one.

    Names are compared as they are spelled, so this is also how a spelling is changed.
    Raises NotFound and TooManyTasks.
    """
    with transaction.atomic():
        tasks = lock_tasks(actor_id, name)
        if new_name != name:
            old = {name, *spellings(new_name, tasks.values())}
            relabel(actor_id, list(tasks), old, new_name)
    return tally_of(actor_id, new_name)


def remove_label(*, actor_id: int, name: str) -> None:
    """Take a label off every task. Raises NotFound and TooManyTasks."""
    with transaction.atomic():
        tasks = lock_tasks(actor_id, name)
        relabel(actor_id, list(tasks), [name], None)


def lock_tasks(owner_id: int, name: str) -> dict[int, list[str]]:
    """The labels of the owner's tasks that have this one, locked in order, by id."""
    labelled = Task.objects.visible_to(owner_id).filter(labels__contains=[name])
    locked = labelled.select_for_update(no_key=True).order_by("pk")
    tasks = dict(locked.values_list("pk", "labels")[: MAX_TASKS + 1])
    if not tasks:
        raise NotFound
    if len(tasks) > MAX_TASKS:
        raise TooManyTasks
    return tasks


def spellings(name: str, labels: Collection[Sequence[str]]) -> set[str]:
    """The labels that differ from this name at most in case."""
    folded = name.casefold()
    return {each for task in labels for each in task if each.casefold() == folded}


def relabel(
    owner_id: int, ids: Sequence[int], old: Collection[str], new: str | None
) -> None:
    """In batches, each within the time one statement may take."""
    now = timezone.now()
    for start in range(0, len(ids), BATCH_SIZE):
        batch = list(ids[start : start + BATCH_SIZE])
        with connection.cursor() as cursor:
            cursor.execute(
                RELABEL, {"ids": batch, "old": list(old), "new": new, "now": now}
            )
            rows = sorted(cursor.fetchall())
        append_many(
            owner_id=owner_id,
            kind=TASKS,
            actor_id=owner_id,
            entries=[entry(*row) for row in rows],
        )


def entry(task_id: int, version: int, old: list[str], new: list[str]) -> Entry:
    return Entry(verbs.UPDATED, task_id, version, {"labels": [old, new]})


def tally_of(owner_id: int, name: str) -> LabelTally:
    """How many tasks have it now: none, where all of them are in the trash."""
    tally = LabelTally.objects.filter(user=owner_id, label=name).first()
    return tally or LabelTally(user_id=owner_id, label=name, count=0)
