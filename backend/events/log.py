"""Appending to the event log, always in the transaction of the change it records."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from common.logging import current_request_id
from events import wakeup
from events.models import Event, Stream

TASKS = Stream.Kind.TASKS.value
ACCOUNT = Stream.Kind.ACCOUNT.value

# One statement: take the next revision (which locks the stream) and write the event.
APPEND = """
    WITH stream AS (
        INSERT INTO events_stream AS s (owner_id, kind, revision) VALUES (%s, %s, 1)
        ON CONFLICT (owner_id, kind) DO UPDATE SET revision = s.revision + 1
        RETURNING id, revision
    )
    INSERT INTO events_event
        (stream_id, revision, verb, actor_id, subject_id, version, changes, request_id)
    SELECT id, revision, %s, %s, %s, %s, %s, %s FROM stream
    RETURNING id, stream_id, revision, occurred_at
"""


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

    `changes` is {field: [old, new]} for rows, and whatever subscribers need otherwise.
    Raises RuntimeError outside a transaction: an event without its change is a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("append() belongs in the transaction of the change")
    event = Event(
        verb=verb,
        actor_id=actor_id,
        subject_id=subject_id,
        version=version,
        changes=changes,
        request_id=current_request_id()[:64],
    )
    insert(event, owner_id, kind)
    transaction.on_commit(wakeup.wake_relay, robust=True)
    return event


def insert(event: Event, owner_id: int, kind: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            APPEND,
            [
                owner_id,
                kind,
                event.verb,
                event.actor_id,
                event.subject_id,
                event.version,
                json.dumps(event.changes, cls=DjangoJSONEncoder),
                event.request_id,
            ],
        )
        row = cursor.fetchone()
    event.pk, event.stream_id, event.revision, event.occurred_at = row
