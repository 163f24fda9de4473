"""Appending to the event log, always in the transaction of the change it records."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from common.logging import current_request_id
from events import wakeup
from events.models import Event, Stream

TASKS = Stream.Kind.TASKS.value
ACCOUNT = Stream.Kind.ACCOUNT.value

# One statement: take the next revisions (which locks the stream) and write the events.
APPEND = """
    WITH stream AS (
        INSERT INTO events_stream AS s (owner_id, kind, revision) VALUES (%s, %s, %s)
        ON CONFLICT (owner_id, kind) DO UPDATE
        SET revision = s.revision + excluded.revision
        RETURNING id, revision
    )
    INSERT INTO events_event
        (stream_id, revision, verb, actor_id, subject_id, version, changes, request_id)
    SELECT stream.id, stream.revision - behind, verb, %s, subject_id, version,
        changes, %s
    FROM stream, (VALUES {entries})
        AS entry (behind, verb, subject_id, version, changes)
    RETURNING id, stream_id, revision, occurred_at
"""
ENTRY = "(%s, %s, %s::bigint, %s::integer, %s::jsonb)"


@dataclass(frozen=True)
class Entry:
    """What happened to one row: `changes` is {field: [old, new]}, `version` after it.

    Events about no row leave both out, and `changes` is whatever subscribers need.
    """

    verb: str
    subject_id: int | None = None
    version: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)


def append(
    *,
    owner_id: int,
    kind: str,
    verb: str,
    actor_id: int | None,
    subject_id: int | None = None,
    version: int | None = None,
    changes: dict[str, Any],
) -> Event:
    """Write one event and wake the relay after commit. One query.

    Raises RuntimeError outside a transaction: an event without its change is a lie.
    """
    entry = Entry(verb, subject_id, version, changes)
    (event,) = append_many(
        owner_id=owner_id, kind=kind, actor_id=actor_id, entries=[entry]
    )
    return event


def append_many(
    *, owner_id: int, kind: str, actor_id: int | None, entries: Sequence[Entry]
) -> list[Event]:
    """Write events of one stream under consecutive revisions, in the order given.

    One query, however many; none where there is nothing to say. Raises RuntimeError
    outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append() belongs in the transaction of the change")
    if not entries:
        return []
    events = [unsaved(entry, actor_id) for entry in entries]
    insert(events, owner_id, kind, actor_id)
    transaction.on_commit(wakeup.wake_relay, robust=True)
    return events


def forget(*, owner_id: int, kind: str, subject_ids: Sequence[int]) -> None:
    """Blank what the events of these rows say of their content; one query.

    That they happened, when and by whom stays: revisions have no gaps.
    """
    stream = Stream.objects.filter(owner_id=owner_id, kind=kind)
    # As a value: by a join, Django updates what it looks up in the table once more.
    Event.objects.filter(
        stream_id=stream.values("pk")[:1], subject_id__in=subject_ids
    ).update(changes={})


def unsaved(entry: Entry, actor_id: int | None) -> Event:
    return Event(
        verb=entry.verb,
        actor_id=actor_id,
        subject_id=entry.subject_id,
        version=entry.version,
        changes=entry.changes,
        request_id=current_request_id()[:64],
    )


def insert(events: list[Event], owner_id: int, kind: str, actor_id: int | None) -> None:
    count = len(events)
    values: list[Any] = [owner_id, kind, count, actor_id, events[0].request_id]
    for position, event in enumerate(events, start=1):
        changes = json.dumps(event.changes, cls=DjangoJSONEncoder)
        behind = count - position
        values += [behind, event.verb, event.subject_id, event.version, changes]
    statement = APPEND.format(entries=", ".join([ENTRY] * count))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = sorted(cursor.fetchall(), key=lambda row: row[2])
    for event, row in zip(events, rows, strict=True):
        event.pk, event.stream_id, event.revision, event.occurred_at = row
