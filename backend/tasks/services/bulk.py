"""Changing many tasks at once: all or nothing, three queries however many."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from rest_framework.exceptions import ErrorDetail, ValidationError

from common.errors import NotFoundAmong
from events.log import TASKS, Entry, append_many
from tasks import verbs
from tasks.models import Task
from tasks.querysets import TaskQuerySet
from tasks.services.tasks import apply, difference, lacks_due_date


class Change(NamedTuple):
    """What became of one task: {field: [old, new]}, empty where it is as it was."""

    task: Task
    changes: dict[str, list[Any]]


def update_tasks(
    *, actor_id: int, ids: Sequence[int], fields: Mapping[str, Any]
) -> list[Change]:
    """Set the named fields of the actor's tasks; in the order of the ids.

    Raises NotFoundAmong for those that are not the actor's or in the trash, and
    ValidationError for a time without a date; both name the places in `ids`.
    """
    with transaction.atomic():
        tasks = lock_tasks(Task.objects.visible_to(actor_id).alive(), ids)
        changes = [Change(task, difference(task, fields)) for task in tasks]
        write(changes, verbs.UPDATED, actor_id, fields)
    return changes


def trash_tasks(*, actor_id: int, ids: Sequence[int]) -> list[Change]:
    """Move to the trash; what is there stays as it is. Raises NotFoundAmong."""
    return move(actor_id, ids, verbs.TRASHED, timezone.now())


def restore_tasks(*, actor_id: int, ids: Sequence[int]) -> list[Change]:
    """Take out of the trash; what is not in it stays as it is. Raises NotFoundAmong."""
    return move(actor_id, ids, verbs.RESTORED, None)


def move(
    actor_id: int, ids: Sequence[int], verb: str, deleted_at: datetime | None
) -> list[Change]:
    with transaction.atomic():
        tasks = lock_tasks(Task.objects.visible_to(actor_id), ids)
        changes = [Change(task, moved(task, deleted_at)) for task in tasks]
        write(changes, verb, actor_id, {"deleted_at": deleted_at})
    return changes


def moved(task: Task, deleted_at: datetime | None) -> dict[str, list[Any]]:
    """In the trash or not is all that counts: what is there stays there since then."""
    is_there = (task.deleted_at is None) == (deleted_at is None)
    return {} if is_there else {"deleted_at": [task.deleted_at, deleted_at]}


def lock_tasks(tasks: TaskQuerySet, ids: Sequence[int]) -> list[Task]:
    """Those of the ids, in their order; locked in one order for everybody."""
    locked = tasks.filter(pk__in=ids).select_for_update(no_key=True).order_by("pk")
    found = {task.pk: task for task in locked}
    missing = [place for place, task_id in enumerate(ids) if task_id not in found]
    if missing:
        raise NotFoundAmong(*(f"/ids/{place}" for place in missing))
    return [found[task_id] for task_id in ids]


def write(
    changes: Sequence[Change], verb: str, actor_id: int, fields: Mapping[str, Any]
) -> None:
    """The changed rows, and an event for each; neither where nothing changed."""
    changed = [change for change in changes if change.changes]
    if not changed:
        return
    now = timezone.now()
    for task, said in changed:
        apply(task, said, now)
    check_due_of([task for task, _ in changes])
    Task.objects.filter(pk__in=[task.pk for task, _ in changed]).update(
        **fields, **completion(fields, now), version=F("version") + 1, updated_at=now
    )
    append_many(
        owner_id=changed[0].task.user_id,
        kind=TASKS,
        actor_id=actor_id,
        entries=[Entry(verb, task.pk, task.version, said) for task, said in changed],
    )


def check_due_of(tasks: Sequence[Task]) -> None:
    detail = "It would have a time without a due_date."
    error = [ErrorDetail(detail, code="needs_due_date")]
    wrong = [place for place, task in enumerate(tasks) if lacks_due_date(task)]
    if wrong:
        raise ValidationError({"ids": {str(place): error for place in wrong}})


def completion(fields: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What a status says of `completed_at`, for tasks with and without one."""
    if "status" not in fields:
        return {}
    is_done = fields["status"] == Task.Status.COMPLETED
    return {"completed_at": Coalesce("completed_at", Value(now)) if is_done else None}
