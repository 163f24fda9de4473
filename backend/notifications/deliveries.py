"""Moving deliveries from pending to sent: claims, leases, retries.

A claim is one short transaction; the sending happens outside of it. The number of the
attempt is the claim's token: whoever comes back after the lease finds another number
and changes nothing.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from events.log import ACCOUNT, append
from events.wakeup import Waker
from notifications import verbs
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

wake_mail = Waker(MAIL_JOB).wake


def claim_mail() -> Delivery | None:
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
        delivery = (
            mails.select_for_update(skip_locked=True, of=("self",))
            .select_related("notification__recipient")
            .filter(next_attempt_at__lte=Now())
            .order_by("next_attempt_at", "id")
            .first()
        )
        if delivery:
            Delivery.objects.filter(pk=delivery.pk).update(
                state=Delivery.State.SENDING,
                attempts=F("attempts") + 1,
                next_attempt_at=Now() + timedelta(seconds=LEASE_SECONDS),
                changed_at=Now(),
            )
            delivery.attempts += 1
    return delivery


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


def settle(delivery: Delivery, state: str, error: str = "") -> bool:
    """Write how a claimed delivery ended; False if it is no longer ours."""
    return write_outcome(delivery, state=state, last_error=error, next_attempt_at=None)


def postpone(delivery: Delivery, error: str) -> bool:
    """Try again after a pause, or give up after the last attempt."""
    if delivery.attempts >= MAX_ATTEMPTS:
        return settle(delivery, Delivery.State.FAILED, error)
    seconds = PAUSES_SECONDS[delivery.attempts - 1]
    return write_outcome(
        delivery,
        state=Delivery.State.PENDING,
        last_error=error,
        next_attempt_at=Now() + timedelta(seconds=seconds),
    )


def write_outcome(delivery: Delivery, **fields: object) -> bool:
    """Only while the claim is ours: another attempt has another number."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, state=Delivery.State.SENDING, attempts=delivery.attempts
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
