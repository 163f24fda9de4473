"""Tasks that come from elsewhere: another site, a file, an export of one's own."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from events.log import TASKS, Entry, append_many
from tasks import history, verbs
from tasks.models import Task
from tasks.services.tasks import completion_time, initial_values


def import_tasks(*, actor_id: int, tasks: Sequence[dict[str, Any]]) -> list[Task]:
    """Create all of them or none, in their order; two queries however many.

    Each is an event like any new task, so the change feed and sockets hear of it; but
    one that says so, and no notification rings (see `notifications.services.notify`).
    The fields are what a new task takes, and when it was created, completed, and moved
    to the trash; where it is in the trash for as long as any from now on.
    """
    now = timezone.now()
    new = [imported(actor_id, fields, now) for fields in tasks]
    with transaction.atomic():
        Task.objects.bulk_create(new)
        entries = [entry for task in new for entry in entries_of(task)]
        append_many(owner_id=actor_id, kind=TASKS, actor_id=actor_id, entries=entries)
    return new


def imported(actor_id: int, fields: dict[str, Any], now: datetime) -> Task:
    task = Task(user_id=actor_id, **{"created_at": now, **fields, "updated_at": now})
    task.completed_at = completion_time(task, now)
    task.version = 1
    if task.deleted_at is not None:
        task.deleted_at, task.version = now, 2
    return task


def entries_of(task: Task) -> Iterator[Entry]:
    """As if it had been created, and then perhaps moved to the trash."""
    said = {**initial_values(task), history.IMPORTED: True}
    yield Entry(verbs.CREATED, task.pk, 1, said)
    if task.deleted_at is not None:
        yield Entry(verbs.TRASHED, task.pk, 2, {"deleted_at": [None, task.deleted_at]})
