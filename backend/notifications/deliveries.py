"""Moving deliveries from pending to sent: claims, leases, retries.

A claim is one short transaction; the sending happens outside of it. The number of the
attempt is the claim's token: whoever comes back after the lease finds another number
and changes nothing.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from accounts.models import User
from events.log import ACCOUNT, append
from events.wakeup import Waker
from notifications import verbs
from notifications.metrics import DELIVERIES
from notifications.models import Channel, Delivery

MAIL_JOB = "notifications.send_mail"
# Above the job's hard time limit: when a lease runs out, its holder is dead.
LEASE_SECONDS = 55
# The pause after each failed attempt; after the last one follows one attempt more.
# Together 20 hours, so that a mail server may be away for a night.
PAUSES_SECONDS = (10, 60, 300, 1_800, 7_200, 21_600, 43_200)
MAX_ATTEMPTS = len(PAUSES_SECONDS) + 1
# Any number that no other program locks in this database.
CLAIM_LOCK = 0x6D61_696C

# In one collected mail; what is beyond goes in another.
MAX_TOGETHER = 1_000

waker = Waker(MAIL_JOB)
wake_mail = waker.wake


@dataclass(frozen=True)
class Mail:
    """What goes out together: one delivery, or the collected ones of one person."""

    parts: list[Delivery]

    @property
    def first(self) -> Delivery:
        return self.parts[0]

    @property
    def recipient(self) -> User:
        return self.first.notification.recipient

    @property
    def attempts(self) -> int:
        return self.first.attempts


def claim_mail() -> Mail | None:
    """Take the mail that has been due longest; None where there is nothing to do.

    One mail is sent at a time, by whichever worker: a mail server that hangs then holds
    up one worker process and never the one that rings bells. The attempt is counted
    here, so that a mail that kills its worker is not tried for ever.
    """
    with transaction.atomic():
        take_turns()
        mails = Delivery.objects.filter(channel=Channel.EMAIL)
        if mails.filter(
            state=Delivery.State.SENDING, next_attempt_at__gt=Now()
        ).exists():
            return None
        due = (
            mails.select_for_update(skip_locked=True, of=("self",))
            .select_related("notification__recipient", "notification__event")
            .defer("notification__event__changes")  # of any size, and not asked for
            .filter(next_attempt_at__lte=Now())
            .order_by("next_attempt_at", "id")
        )
        first = due.first()
        if first is None:
            return None
        parts = list(together_with(first, due)) if first.is_collected else [first]
        Delivery.objects.filter(pk__in=[part.pk for part in parts]).update(
            state=Delivery.State.SENDING,
            attempts=F("attempts") + 1,
            next_attempt_at=Now() + timedelta(seconds=LEASE_SECONDS),
            changed_at=Now(),
        )
        for part in parts:
            part.attempts += 1
    return Mail(parts)


def together_with(first: Delivery, due: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """All of this person's that are due at the same instant, which is only theirs.

    What has gone out together is due again together, and with nothing else: a mail that
    is sent again under the same Message-ID says the same again.
    """
    return due.filter(
        is_collected=True,
        next_attempt_at=first.next_attempt_at,
        attempts=first.attempts,
        notification__recipient=first.notification.recipient_id,
    )[:MAX_TOGETHER]


def take_turns() -> None:
    """Claims wait for each other, for the milliseconds that each takes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])


def give_up_interrupted() -> None:
    """Fail what was cut off in its last attempt. One query."""
    Delivery.objects.filter(
        channel=Channel.EMAIL,
        state=Delivery.State.SENDING,
        next_attempt_at__lte=Now(),
        attempts__gte=MAX_ATTEMPTS,
    ).update(
        state=Delivery.State.FAILED,
        last_error="Sending was cut off.",
        next_attempt_at=None,
        changed_at=Now(),
    )


def settle(mail: Mail, state: str, error: str = "") -> bool:
    """Write how a claimed mail ended; False if it is no longer ours."""
    is_ours = write_outcome(mail, state=state, last_error=error, next_attempt_at=None)
    if is_ours:
        DELIVERIES.labels(Channel.EMAIL, state).inc(len(mail.parts))
    return is_ours


def postpone(mail: Mail, error: str) -> bool:
    """Try again after a pause, or give up after the last attempt."""
    if mail.attempts >= MAX_ATTEMPTS:
        return settle(mail, Delivery.State.FAILED, error)
    seconds = PAUSES_SECONDS[mail.attempts - 1]
    return write_outcome(
        mail,
        state=Delivery.State.PENDING,
        last_error=error,
        next_attempt_at=Now() + timedelta(seconds=seconds),
    )


def write_outcome(mail: Mail, **fields: object) -> bool:
    """Only while the claim is ours: another attempt has another number."""
    ours = Delivery.objects.filter(
        pk__in=[part.pk for part in mail.parts],
        state=Delivery.State.SENDING,
        attempts=mail.attempts,
    )
    return bool(ours.update(changed_at=Now(), **fields))


def retry_delivery(*, delivery_id: int, actor_id: int) -> bool:
    """Send a failed one again, from the first attempt; False if it is not failed."""
    with transaction.atomic():
        failed = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.FAILED)
        retried = failed.update(
            state=Delivery.State.PENDING,
            attempts=0,
            next_attempt_at=Now(),
            changed_at=Now(),
        )
        if not retried:
            return False
        delivery = Delivery.objects.select_related("notification").get(pk=delivery_id)
        append(
            owner_id=delivery.notification.recipient_id,
            kind=ACCOUNT,
            verb=verbs.DELIVERY_RETRIED,
            actor_id=actor_id,
            changes={
                "notification": delivery.notification_id,
                "channel": delivery.channel,
            },
        )
        transaction.on_commit(wake_mail, robust=True)
    return True
