"""Deleting for good what is in the trash: asked to, or after 30 days."""

import math
import time
from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from events.log import TASKS, Entry, append_many, forget
from tasks import verbs
from tasks.models import Task
from tasks.services.tasks import lock_task

TRASH_DAYS = 30
BATCH_SIZE = 500
OWNERS_AT_ONCE = 100
RUN_SECONDS = 40


def purge_task(
    *, actor_id: int, task_id: int, versions: Collection[int] | None = None
) -> None:
    """Delete one task of the trash. Raises NotFound, VersionConflictError."""
    with transaction.atomic():
        task = lock_task(
            actor_id, task_id, versions, is_trashed=True, is_key_free=False
        )
        purge([task], actor_id)


def empty_trash(*, actor_id: int) -> int:
    """Delete what is in the trash; how many there were.

    In transactions of 500, so that other writes of this person get their turn: cut off
    halfway it has done half, and doing it again does the rest.
    """
    trash = Task.objects.visible_to(actor_id).trashed()
    return purge_all(trash, actor_id, waits=True)


def purge_expired() -> int:
    """Delete what has been in the trash for 30 days; how many tasks.

    May be killed anywhere and run twice at once: each transaction is whole, and what
    somebody else holds (to restore it, perhaps) is left to the next run. It stops below
    the job's time limit, and the next run goes on.
    """
    until = time.monotonic() + RUN_SECONDS
    before = timezone.now() - timedelta(days=TRASH_DAYS)
    expired = Task.objects.trashed().filter(deleted_at__lt=before)
    return sum(
        purge_all(expired.filter(user=owner_id), None, waits=False, until=until)
        for owner_id in owners_of(expired)
    )


def owners_of(tasks: QuerySet[Task]) -> Iterator[int]:
    owner_ids = tasks.order_by("user_id").values_list("user_id", flat=True).distinct()
    latest = 0
    while found := list(owner_ids.filter(user_id__gt=latest)[:OWNERS_AT_ONCE]):
        yield from found
        latest = found[-1]


def purge_all(
    tasks: QuerySet[Task], actor_id: int | None, *, waits: bool, until: float = math.inf
) -> int:
    """One owner's. It `waits` for who holds them, or leaves those where they are."""
    # As the trash is sorted: by id, PostgreSQL could look through everybody's tasks.
    oldest = tasks.order_by("deleted_at", "pk").values_list("pk", flat=True)
    total = 0
    while time.monotonic() < until and (ids := list(oldest[:BATCH_SIZE])):
        purged = purge_batch(tasks.filter(pk__in=ids), actor_id, waits)
        total += purged
        if not (purged or waits):
            break
    return total


def purge_batch(tasks: QuerySet[Task], actor_id: int | None, waits: bool) -> int:
    with transaction.atomic():
        locked = tasks.select_for_update(skip_locked=not waits).order_by("pk")
        batch = list(locked.only("user", "version"))
        if batch:
            purge(batch, actor_id)
    return len(batch)


def purge(tasks: list[Task], actor_id: int | None) -> None:
    """Delete one owner's locked tasks, and what the log says of their content.

    What stays is that somebody purged a task of this id, so that clients which know
    it can forget it.
    """
    owner_id = tasks[0].user_id
    ids = [task.pk for task in tasks]
    Task.objects.filter(pk__in=ids).delete()
    entries = [Entry(verbs.PURGED, task.pk, task.version + 1) for task in tasks]
    append_many(owner_id=owner_id, kind=TASKS, actor_id=actor_id, entries=entries)
    forget(owner_id=owner_id, kind=TASKS, subject_ids=ids)
