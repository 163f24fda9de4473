"""Making notifications out of events, and reading them."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from rest_framework.exceptions import NotFound

from events.log import ACCOUNT, append
from events.models import Event
from notifications.models import Notification
from realtime.publish import publish

KINDS = tuple(Notification.Kind.values)
NOTIFICATION_READ = "notification_read"


# One statement: the row, and whether it is new.
INSERT = """
    INSERT INTO notifications_notification
        (event_id, recipient_id, kind, title, task_id, created_at)
    VALUES (%s, %s, %s, %s, (SELECT id FROM tasks_task WHERE id = %s), %s)
    ON CONFLICT (event_id, recipient_id) DO NOTHING
    RETURNING id
"""


def notify(event: Event) -> None:
    """Ring the owner's bell for an event, once however often it is relayed.

    Two queries when it is new: the row, and the count that the bell shows.
    """
    recipient_id = event.stream.owner_id
    notification_id = insert_once(event, recipient_id)
    if notification_id is None:
        return
    push_bell(recipient_id, notification_id)


def insert_once(event: Event, recipient_id: int) -> int | None:
    """The new row's id, or None where this event has rung already."""
    title = str(event.changes.get("title", ["", ""])[1])
    values: list[Any] = [event.pk, recipient_id, event.verb, title]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [*values, event.subject_id, event.occurred_at])
        row = cursor.fetchone()
    return row[0] if row else None


def unread_count(user_id: int) -> int:
    return Notification.objects.filter(recipient=user_id, read_at=None).count()


def set_read(*, user_id: int, notification_id: int, is_read: bool) -> Notification:
    """Mark one; marking it again changes nothing. Raises NotFound."""
    mine = Notification.objects.filter(recipient=user_id, pk=notification_id)
    with transaction.atomic():
        changed = mine.filter(read_at__isnull=is_read).update(
            read_at=timezone.now() if is_read else None
        )
        if changed:
            record_reading(user_id, notification_id)
    notification = mine.first()
    if notification is None:
        raise NotFound
    return notification


def read_all(*, user_id: int, up_to: int | None) -> int:
    """Mark all as read and return how many are left unread.

    `up_to` is the newest id the person has seen: what rang meanwhile stays unread.
    """
    unread = Notification.objects.filter(recipient=user_id, read_at=None)
    seen = unread if up_to is None else unread.filter(pk__lte=up_to)
    with transaction.atomic():
        newest = seen.aggregate(newest=Max("pk"))["newest"]
        if newest:
            seen.filter(pk__lte=newest).update(read_at=timezone.now())
            record_reading(user_id, newest)
    return unread.count()


def record_reading(user_id: int, notification_id: int) -> None:
    """So that the bell in this person's other browsers falls silent, too."""
    append(
        owner_id=user_id,
        kind=ACCOUNT,
        verb=NOTIFICATION_READ,
        actor_id=user_id,
        changes={"notification": notification_id},
    )


def push_unread(event: Event) -> None:
    """A subscriber: tell the owner's sockets how many are unread now."""
    push_bell(event.stream.owner_id, event.changes["notification"])


def push_bell(user_id: int, notification_id: int) -> None:
    """After commit, when the count includes what other relays have committed."""

    def push() -> None:
        unread = unread_count(user_id)
        fact = {"type": "notification", "id": notification_id, "unread": unread}
        publish(user_id, fact)

    transaction.on_commit(push, robust=True)
