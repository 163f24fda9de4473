"""Writing one task: one transaction, one row, one event."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import NotFound

from common.errors import field_error
from events.log import TASKS, append
from tasks import history, verbs
from tasks.models import Task

EDITABLE = (
    "title",
    "description",
    "priority",
    "status",
    "due_date",
    "due_time",
    "labels",
)


class VersionConflictError(Exception):
    """The task is not at a version the caller allows; it holds the current one."""

    def __init__(self, current: Task) -> None:
        super().__init__(f"task {current.pk} is at version {current.version}")
        self.current = current


def create_task(*, actor_id: int, fields: dict[str, Any]) -> Task:
    now = timezone.now()
    task = Task(user_id=actor_id, created_at=now, updated_at=now, version=1, **fields)
    task.completed_at = completion_time(task, now)
    check_due(task)
    # No savepoint, which an Idempotency-Key's transaction would make two round trips.
    with transaction.atomic(savepoint=False):
        task.save(force_insert=True)
        record(task, verbs.CREATED, actor_id, initial_values(task))
    return task


def update_task(
    *,
    actor_id: int,
    task_id: int,
    fields: dict[str, Any],
    versions: Collection[int] | None = None,
    owner_id: int | None = None,
) -> Task:
    """Set the named fields and nothing else; no change makes no version.

    `versions` are those the caller has seen (If-Match); None takes any. The owner is
    the actor unless said otherwise. Raises NotFound, VersionConflictError and, for a
    time without a date, ValidationError.
    """
    with transaction.atomic():
        task = lock_task(owner_id or actor_id, task_id, versions, is_trashed=False)
        changes = difference(task, fields)
        if not changes:
            return task
        return change(task, verbs.UPDATED, actor_id, changes)


def revert_task(
    *,
    actor_id: int,
    task_id: int,
    version: int,
    names: Collection[str] = EDITABLE,
    versions: Collection[int] | None = None,
) -> Task:
    """Set the named fields as they were at a version, as a new change.

    Nothing is undone in the log: a revert can be reverted. Four queries, however long
    the history. Raises NotFound (a task in the trash, too), VersionConflictError and
    ValidationError: for a version that never was, and for a time without a date.
    """
    with transaction.atomic():
        task = lock_task(actor_id, task_id, versions, is_trashed=False)
        if not 1 <= version <= task.version:
            detail = "The task has never been at this version."
            raise field_error("version", "unknown_version", detail)
        changes = difference(task, history.values_at(task, version, names))
        if not changes:
            return task
        note = {history.REVERTED_TO: version}
        return change(task, verbs.REVERTED, actor_id, changes, note)


def trash_task(
    *, actor_id: int, task_id: int, versions: Collection[int] | None = None
) -> Task:
    """Move to the trash, where it is kept and can be restored.

    A task that is there already stays as it is, whatever version the caller has seen:
    what was asked for is done (RFC 9110 §13.1.1), most likely by the same request sent
    before.
    """
    with transaction.atomic():
        task = lock_task(actor_id, task_id, versions=None, is_trashed=None)
        if task.deleted_at is not None:
            return task
        check_version(task, versions)
        changes = {"deleted_at": [None, timezone.now()]}
        return change(task, verbs.TRASHED, actor_id, changes)


def restore_task(*, actor_id: int, task_id: int) -> Task:
    """Take back out of the trash; a task that is not in it stays as it is."""
    with transaction.atomic():
        task = lock_task(actor_id, task_id, versions=None, is_trashed=None)
        if task.deleted_at is None:
            return task
        changes = {"deleted_at": [task.deleted_at, None]}
        return change(task, verbs.RESTORED, actor_id, changes)


def lock_task(
    owner_id: int,
    task_id: int,
    versions: Collection[int] | None,
    *,
    is_trashed: bool | None,
    is_key_free: bool = True,
) -> Task:
    """The owner's task, locked until commit. Raises NotFound, VersionConflictError.

    Everybody locks the task before the stream, so that two writers never wait for
    each other, and leaves its key free: rows that refer to it need not wait, unless
    it is to be deleted.
    """
    locked = Task.objects.visible_to(owner_id).select_for_update(no_key=is_key_free)
    task = locked.filter(pk=task_id).first()
    if task is None or is_trashed not in (None, task.deleted_at is not None):
        raise NotFound
    check_version(task, versions)
    return task


def check_version(task: Task, versions: Collection[int] | None) -> None:
    if versions is not None and task.version not in versions:
        raise VersionConflictError(task)


def difference(task: Task, fields: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{field: [old, new]} for those of the fields that the task has otherwise."""
    return {
        name: [getattr(task, name), value]
        for name, value in fields.items()
        if getattr(task, name) != value
    }


def change(
    task: Task,
    verb: str,
    actor_id: int,
    changes: dict[str, list[Any]],
    note: Mapping[str, Any] | None = None,
) -> Task:
    """Write the changed columns of a locked task, and the event that says so.

    `note` is what the event says besides.
    """
    apply(task, changes, timezone.now())
    check_due(task)
    task.save(update_fields=[*changes, "completed_at", "version", "updated_at"])
    record(task, verb, actor_id, {**changes, **(note or {})})
    return task


def apply(task: Task, changes: Mapping[str, list[Any]], now: datetime) -> None:
    """Bring the task in memory to its next version."""
    for name, (_, new) in changes.items():
        setattr(task, name, new)
    task.completed_at = completion_time(task, now)
    task.version += 1
    task.updated_at = now


def completion_time(task: Task, now: datetime) -> datetime | None:
    if task.status != Task.Status.COMPLETED:
        return None
    return task.completed_at or now


def lacks_due_date(task: Task) -> bool:
    return task.due_time is not None and task.due_date is None


def check_due(task: Task) -> None:
    if lacks_due_date(task):
        raise field_error("due_time", "needs_due_date", "A time needs a due_date.")


def record(task: Task, verb: str, actor_id: int, changes: dict[str, Any]) -> None:
    append(
        owner_id=task.user_id,
        kind=TASKS,
        verb=verb,
        actor_id=actor_id,
        subject_id=task.pk,
        version=task.version,
        changes=changes,
    )


def initial_values(task: Task) -> dict[str, list[Any]]:
    return {name: [None, getattr(task, name)] for name in EDITABLE}
