"""Making notifications out of events, and reading them."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from rest_framework.exceptions import NotFound, Throttled

from accounts.services import current_user
from events.log import ACCOUNT, append
from events.models import Event
from notifications import verbs
from notifications.deliveries import wake_mail
from notifications.digest import digest_for
from notifications.metrics import DELIVERIES
from notifications.models import Channel, Delivery, Notification
from notifications.preferences import channels_of
from realtime.publish import publish
from tasks import history

# What an event becomes, by its verb. A test is made where it is asked for.
KINDS = (Notification.Kind.TASK_CREATED.value, Notification.Kind.SESSION_REUSED.value)
TITLES = {
    Notification.Kind.SESSION_REUSED.value: "A sign-in was used from two places",
    Notification.Kind.TEST.value: "This is a test",
}
# The bell says "many" long before, and counting on would cost more with every one.
MAX_UNREAD = 1_000
TESTS_AN_HOUR = 5
BELL_LOCK = 0x6265_6C6C
# More than this many take several transactions, one after another, in the relay.
READ_AT_ONCE = 2_000
ANY_ID = 2**63 - 1

# One statement: the row, whether it is new, and a delivery by each channel. It does not
# wait for a task that somebody is deleting, who may be waiting for the event.
INSERT = """
    WITH rung AS (
        INSERT INTO notifications_notification
            (event_id, recipient_id, kind, title, task_id, created_at, read_at)
        VALUES (%s, %s, %s, %s, (
            SELECT id FROM tasks_task WHERE id = %s FOR KEY SHARE SKIP LOCKED
        ), %s, %s)
        ON CONFLICT (event_id, recipient_id) DO NOTHING
        RETURNING id
    ), told AS (
        INSERT INTO notifications_delivery
            (notification_id, channel, state, attempts, is_collected, next_attempt_at)
        SELECT id, 'in_app', 'sent', 1, false, NULL FROM rung WHERE %s
        UNION ALL
        SELECT id, 'email', 'pending', 0, mail_at IS NOT NULL,
            coalesce(mail_at, statement_timestamp())
        FROM rung, (VALUES (%s::timestamptz)) mail (mail_at) WHERE %s
    )
    SELECT id FROM rung
"""


def notify(event: Event) -> None:
    """Tell the stream's owner of an event, once however often it is relayed.

    Four queries when it is new and rings: who wants it how, the rows, a turn at the
    bell, and the count that it shows; one more where it is mailed. None for a task that
    was imported, which would ring a hundred times, or was deleted for good meanwhile:
    its event says nothing any more.
    """
    if event.subject_id is not None and not event.changes:
        return
    if history.IMPORTED in event.changes:
        return
    recipient_id = event.stream.owner_id
    channels = channels_of(recipient_id, event.verb)
    if not channels:
        return
    notification_id = insert_once(event, recipient_id, event.verb, channels)
    if notification_id is not None and Channel.IN_APP in channels:
        push_bell(recipient_id, notification_id)


def insert_once(
    event: Event, recipient_id: int, kind: str, channels: list[str]
) -> int | None:
    """The new row's id, or None where this event has been told already.

    What goes out by other channels only is kept in the list as read: nothing rings.
    """
    title = TITLES.get(kind) or str(event.changes.get("title", ["", ""])[1])
    is_rung, is_mailed = Channel.IN_APP in channels, Channel.EMAIL in channels
    read_at = None if is_rung else event.occurred_at
    mail_at = digest_for(recipient_id, kind) if is_mailed else None
    row: list[Any] = [
        event.pk,
        recipient_id,
        kind,
        title,
        event.subject_id,
        event.occurred_at,
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [*row, read_at, is_rung, mail_at, is_mailed])
        inserted = cursor.fetchone()
    if inserted and is_mailed and mail_at is None:
        transaction.on_commit(wake_mail, robust=True)
    if inserted and is_rung:
        rung = DELIVERIES.labels(Channel.IN_APP, Delivery.State.SENT)
        transaction.on_commit(rung.inc, robust=True)
    return inserted[0] if inserted else None


def forget_task(event: Event) -> None:
    """A subscriber: a task deleted for good takes what was said of it along."""
    said = Notification.objects.filter(
        event__stream=event.stream_id, event__subject_id=event.subject_id
    )
    ids = list(said.values_list("pk", flat=True))
    if ids:
        said.delete()
        push_bell(event.stream.owner_id, ids[-1])


def unread_count(user_id: int) -> int:
    """How many are unread, but never more than MAX_UNREAD. One query."""
    return Notification.objects.visible_to(user_id).unread()[:MAX_UNREAD].count()


def send_test(*, actor_id: int) -> Notification:
    """Send oneself a notification by each channel that is on for tests.

    Counted under the person's row lock, so exactly TESTS_AN_HOUR pass however many
    ask at once. Raises Throttled.
    """
    with transaction.atomic():
        current_user(actor_id, lock=True)
        refuse_too_many_tests(actor_id)
        event = append(
            owner_id=actor_id,
            kind=ACCOUNT,
            verb=verbs.NOTIFICATION_TESTED,
            actor_id=actor_id,
            changes={},
        )
        kind = Notification.Kind.TEST.value
        insert_once(event, actor_id, kind, channels_of(actor_id, kind))
        return Notification.objects.with_deliveries().get(event=event.pk)


def refuse_too_many_tests(user_id: int) -> None:
    hour = timedelta(hours=1)
    now = timezone.now()
    recent = (
        Notification.objects.visible_to(user_id)
        .filter(kind=Notification.Kind.TEST, created_at__gt=now - hour)
        .order_by("-created_at")
        .values_list("created_at", flat=True)[:TESTS_AN_HOUR]
    )
    if len(recent) == TESTS_AN_HOUR:
        wait = recent[TESTS_AN_HOUR - 1] + hour - now
        raise Throttled(wait=wait.total_seconds())


def push_test(event: Event) -> None:
    """A subscriber: ring for a test, which was written by the one who asked."""
    rung = Notification.objects.unread().filter(event=event.pk)
    for notification in rung:
        push_bell(notification.recipient_id, notification.pk)


def set_read(
    *, user_id: int, notification_id: int, is_read: bool | None
) -> Notification:
    """Mark one; marking it again, or as None, changes nothing. Raises NotFound."""
    mine = Notification.objects.visible_to(user_id).filter(pk=notification_id)
    with transaction.atomic():
        changed = is_read is not None and mine.filter(read_at__isnull=is_read).update(
            read_at=timezone.now() if is_read else None
        )
        if changed:
            record_reading(user_id, notification_id)
    notification = mine.with_deliveries().first()
    if notification is None:
        raise NotFound
    return notification


def read_all(*, user_id: int, up_to: int | None) -> int:
    """Mark all as read and return how many are left unread.

    `up_to` is the newest id the person has seen: what rang meanwhile stays unread.
    Takes as long for 100,000 as for READ_AT_ONCE: the relay marks the others.
    """
    last = ANY_ID if up_to is None else up_to
    unread = Notification.objects.visible_to(user_id).unread()
    with transaction.atomic():
        found = unread.aggregate(
            newest=Max("pk", filter=Q(pk__lte=last)),
            left=Count("pk", filter=Q(pk__gt=last)),
        )
        if found["newest"]:
            read_some(user_id, found["newest"])
    return min(int(found["left"]), MAX_UNREAD)


def read_some(user_id: int, up_to: int) -> None:
    """Mark the newest of them, and leave the rest to who relays the event."""
    seen = Notification.objects.visible_to(user_id).unread().filter(pk__lte=up_to)
    newest = seen.order_by("-created_at", "-pk").values_list("pk", flat=True)
    ids = list(newest[:READ_AT_ONCE])
    Notification.objects.unread().filter(pk__in=ids).update(read_at=timezone.now())
    record_reading(user_id, up_to, has_more=len(ids) == READ_AT_ONCE)


def record_reading(
    user_id: int, notification_id: int, *, has_more: bool = False
) -> None:
    """So that the bell in this person's other browsers falls silent, too."""
    append(
        owner_id=user_id,
        kind=ACCOUNT,
        verb=verbs.NOTIFICATION_READ,
        actor_id=user_id,
        changes={
            "notification": notification_id,
            **({"has_more": True} if has_more else {}),
        },
    )


def push_unread(event: Event) -> None:
    """A subscriber: tell the owner's sockets how many are unread now.

    What one transaction was too short for goes on here, and with the event it writes.
    """
    user_id, notification_id = event.stream.owner_id, event.changes["notification"]
    if event.changes.get("has_more"):
        read_some(user_id, notification_id)
    push_bell(user_id, notification_id)


def push_bell(user_id: int, notification_id: int) -> None:
    """After commit, when the count includes what other relays have committed.

    Two relays take turns at one person's bell: else what one has counted before could
    be told after what the other counts now, and stay on the bell.
    """

    def push() -> None:
        with transaction.atomic():
            take_turns(user_id)
            unread = unread_count(user_id)
            fact = {"type": "notification", "id": notification_id, "unread": unread}
            publish(user_id, fact)

    transaction.on_commit(push, robust=True)


def take_turns(user_id: int) -> None:
    """Until the end of the transaction."""
    turn = [BELL_LOCK, user_id % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", turn)
