"""Mails that are to leave: queued in the transaction of what they tell of."""

import time
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.letters import letter_for
from accounts.models import Mail
from common.logging import current_request_id
from events.wakeup import Waker

logger = structlog.get_logger(__name__)

KEPT = timedelta(minutes=5)  # a reset in this time is the same as the one before
MAX_ATTEMPTS = 10
LONGEST_BACKOFF_SECONDS = 300
# No mail is begun after this; a job may take 50 s, and a server may be slow to answer.
RUN_SECONDS = 20
MAIL_JOB = "accounts.send_mail"

# One statement: the row of whoever gets it, leased for a minute. A worker that dies
# with it gives it back so.
CLAIM = """
    UPDATE accounts_mail SET attempts = attempts + 1,
        retry_at = statement_timestamp() + interval '1 minute'
    WHERE id = (
        SELECT id FROM accounts_mail
        WHERE sent_at IS NULL AND retry_at <= statement_timestamp()
        ORDER BY retry_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING *
"""

waker = Waker(MAIL_JOB)
wake_mail = waker.wake


def queue_mail(kind: str, address: str) -> None:
    """One statement, the same whoever the address is of."""
    mail = Mail(kind=kind, address=address, request_id=current_request_id()[:64])
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    transaction.on_commit(wake_mail, robust=True)


def send_waiting() -> int:
    """Send what is due and return how many were handled, or tried at last.

    Ends at the first that fails: where the server is away, the others wait as they
    are. May run twice, and at the same time: a mail goes out twice only when a worker
    died between the server's answer and the statement after it.
    """
    forget_settled()
    until = time.monotonic() + RUN_SECONDS
    handled = 0
    while time.monotonic() < until:
        claimed = list(Mail.objects.raw(CLAIM))
        if not claimed:
            break
        handled += 1
        if not send(claimed[0]):
            break
    return handled


def forget_settled() -> None:
    """What was sent a while ago, or cut off in its last attempt. One query."""
    now = timezone.now()
    is_old = Q(sent_at__lt=now - KEPT)
    is_lost = Q(sent_at=None, attempts__gte=MAX_ATTEMPTS, retry_at__lte=now)
    Mail.objects.filter(is_old | is_lost).delete()


def send(mail: Mail) -> bool:
    log = logger.bind(mail=mail.pk, kind=mail.kind, request_id=mail.request_id)
    try:
        letter = letter_for(mail)
        if letter is not None:
            letter.send()
    except Exception as error:  # noqa: BLE001 - whatever it was, the row says when next
        log.warning("mail_not_sent", error=type(error).__name__)
        postpone(mail)
        return False
    log.info("mail_sent" if letter else "mail_has_no_recipient")
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
    return True


def postpone(mail: Mail) -> None:
    this = Mail.objects.filter(pk=mail.pk)
    if mail.attempts >= MAX_ATTEMPTS:
        this.delete()
        return
    seconds = min(5 * 2**mail.attempts, LONGEST_BACKOFF_SECONDS)
    this.update(retry_at=timezone.now() + timedelta(seconds=seconds))
