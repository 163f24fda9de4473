"""The change feed: everything that happened to my tasks since a cursor."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, F, Func, QuerySet

from events.log import TASKS
from events.models import Event, Stream
from tasks.models import Task

PAGE_SIZE = 500
MAX_REVISION = 2**63 - 1
MAX_ID_DIGITS = 18


@dataclass(frozen=True)
class FeedCursor:
    """The revision of each stream the reader has seen: {stream id: revision}."""

    revisions: dict[int, int]

    def encode(self) -> str:
        raw = json.dumps(self.revisions, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @classmethod
    def decode(cls, value: str) -> "FeedCursor":
        """Raise ValueError for anything `encode` could not have made."""
        padded = value + "=" * (-len(value) % 4)
        try:
            data = json.loads(base64.b64decode(padded, b"-_", validate=True))
        except (binascii.Error, RecursionError) as error:
            raise ValueError(value) from error
        if not isinstance(data, dict) or len(data) > 1:
            raise ValueError(value)
        return cls({to_id(key): to_revision(seen) for key, seen in data.items()})


def to_id(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) <= MAX_ID_DIGITS):
        raise ValueError(key)
    return int(key)


def to_revision(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MAX_REVISION:
        raise ValueError(value)
    return int(value)


def revision_of(owner: Expression) -> QuerySet[Stream, Any]:
    """Selects the revision of an owner's tasks: it grows with every change to any."""
    stream = Stream.objects.filter(owner_id=owner, kind=TASKS)
    # MAX answers for a person who has no stream yet, too; not as an aggregate of the
    # ORM's, which would group.
    return stream.values_list(Func(F("revision"), function="MAX"))


def revision_of_everybody() -> QuerySet[Stream, Any]:
    """Selects a number that changes with every change to anybody's tasks."""
    return Stream.objects.filter(kind=TASKS).values_list(
        Func(
            F("owner_id"),
            F("revision"),
            template="bit_xor(hashint8extended(%(expressions)s))",
        )
    )


class CursorGoneError(Exception):
    """The cursor is of another history than the database's: start over."""


@dataclass(frozen=True)
class Page:
    tasks: list[Task]
    gone: list[int]
    cursor: FeedCursor
    has_more: bool


def latest_cursor(user_id: int) -> FeedCursor:
    """A cursor that says: everything up to now is known. One query."""
    streams = Stream.objects.filter(owner_id=user_id, kind=TASKS)
    return FeedCursor(dict(streams.values_list("pk", "revision")))


def changes_since(user_id: int, cursor: FeedCursor) -> Page:
    """The next page of changes; each task once, as it is now. Two queries.

    Events are read before tasks: a change between the two shows the newer task now
    and once more on the next page, and is never missed. Raises CursorGoneError.
    """
    rows = list(events_after(user_id, cursor)[: PAGE_SIZE + 1])
    if not rows:
        check_history(user_id, cursor)
    has_more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    ids = {subject for _, _, subject in rows}
    tasks = Task.objects.visible_to(user_id).alive().filter(pk__in=ids)
    found = list(tasks.order_by("id")) if ids else []
    gone = sorted(ids - {task.pk for task in found})
    seen = {stream: revision for stream, revision, _ in rows} or cursor.revisions
    return Page(found, gone, FeedCursor(seen), has_more)


def check_history(user_id: int, cursor: FeedCursor) -> None:
    """Nothing came after the cursor: is it the end, or beyond it? One query at most.

    Beyond it, as when a backup was restored, the feed would stay silent for good.
    """
    known = latest_cursor(user_id).revisions if cursor.revisions else {}
    for stream_id, revision in cursor.revisions.items():
        if revision > known.get(stream_id, -1):
            raise CursorGoneError


def events_after(user_id: int, cursor: FeedCursor) -> Any:
    stream_id, revision = next(iter(cursor.revisions.items()), (None, 0))
    events = Event.objects.filter(
        stream__owner_id=user_id, stream__kind=TASKS, revision__gt=revision
    )
    if stream_id is not None:
        events = events.filter(stream_id=stream_id)
    return events.order_by("revision").values_list(
        "stream_id", "revision", "subject_id"
    )
