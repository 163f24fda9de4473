"""What happened to one task, read from the event log."""

import json
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from events.log import TASKS
from events.models import Event, Stream
from tasks.models import Task

# What an event says besides its changes: of a revert, and of a task that was imported.
REVERTED_TO = "reverted_to"
IMPORTED = "imported"

# The first change of a field after a version holds what the field was at it.
VALUES_AT = """
    SELECT DISTINCT ON (name) name, change -> 0
    FROM events_event, jsonb_each(changes) AS field (name, change)
    WHERE stream_id = (
            SELECT id FROM events_stream WHERE owner_id = %s AND kind = %s
        )
        AND subject_id = %s AND version > %s AND name = ANY(%s)
    ORDER BY name, revision
"""


def events_of(task: Task) -> QuerySet[Event]:
    """Its events with their actors, in one query that the index on history serves."""
    stream = Stream.objects.filter(owner_id=task.user_id, kind=TASKS)
    # As a value and not a join, so that the index also gives the order.
    events = Event.objects.filter(stream_id=stream.values("pk")[:1], subject_id=task.pk)
    fields = ("revision", "verb", "version", "changes", "occurred_at")
    return events.select_related("actor").only(*fields, "actor__username")


def values_at(task: Task, version: int, names: Collection[str]) -> dict[str, Any]:
    """The named fields as they were at a version; those never changed since left out.

    One query. Right for a version from 1 to the task's own, whatever was reverted
    meanwhile: a revert is a change like any other.
    """
    with connection.cursor() as cursor:
        cursor.execute(VALUES_AT, [task.user_id, TASKS, task.pk, version, list(names)])
        rows = cursor.fetchall()
    return {name: to_python(name, json.loads(old)) for name, old in rows}


def to_python(name: str, value: Any) -> Any:
    field: Any = Task._meta.get_field(name)  # noqa: SLF001 - Django's documented API
    return field.to_python(value)
