"""The e-mail channel: at least once, and told apart by a Message-ID that never changes.

The one window for a second mail is between the server's "250" and our commit. Both
then carry the same Message-ID, by which mail systems drop the second.
"""

import smtplib
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from accounts.models import User
from notifications import deliveries
from notifications.deliveries import Mail
from notifications.models import Delivery, Notification

logger = structlog.get_logger(__name__)

# No mail is begun after this; what is left waits for the next run.
RUN_SECONDS = 20
MAX_LINES = 50  # of a collected mail; how many more there are is told
PERMANENT = 500  # RFC 5321 §4.2.1: 4yz may succeed later, 5yz will not

SUBJECTS = {
    Notification.Kind.TASK_CREATED: "New task: {title}",
    Notification.Kind.SESSION_REUSED: "Security: a sign-in of yours was ended",
    Notification.Kind.TEST: "This is a test",
}


def send_waiting() -> int:
    """Send what is due, one after another, over one connection; return how many went.

    Ends early when the server is away: what waits then keeps its attempts.
    """
    deliveries.give_up_interrupted()
    deadline = time.monotonic() + RUN_SECONDS
    sent = 0
    server: Any = get_connection()
    try:
        while time.monotonic() < deadline:
            mail = deliveries.claim_mail()
            if mail is None:
                break
            failure = deliver(mail, server)
            if failure is None:
                sent += 1
            elif failure.is_server_away:
                break
    finally:
        hang_up(server)
    return sent


@dataclass(frozen=True)
class Failure:
    reason: str
    is_final: bool = False
    is_server_away: bool = False


def deliver(mail: Mail, server: Any) -> Failure | None:
    """Send one claimed mail and write down how it went."""
    reason = reason_to_skip(mail.recipient)
    if reason:
        deliveries.settle(mail, Delivery.State.SKIPPED, reason)
        return Failure(reason, is_final=True)
    try:
        server.open()
        server.send_messages([compose(mail)])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is written down
        failure = explain(error)
        log_failure(mail, error)
        write_down(mail, failure)
        hang_up(server)
        return failure
    deliveries.settle(mail, Delivery.State.SENT)
    for part in mail.parts:  # each follows from a request of its own
        logger.info("mail_sent", **traits_of(part))
    return None


def reason_to_skip(recipient: User) -> str:
    if not recipient.is_active:
        return "The account is not active."
    if not recipient.email:
        return "The account has no e-mail address."
    return ""


def write_down(mail: Mail, failure: Failure) -> None:
    if failure.is_final:
        deliveries.settle(mail, Delivery.State.FAILED, failure.reason)
    else:
        deliveries.postpone(mail, failure.reason)


def log_failure(mail: Mail, error: Exception) -> None:
    """Without the error's text, in which servers quote addresses."""
    name = type(error).__name__
    logger.warning(
        "mail_not_sent", **traits_of(mail.first), attempt=mail.attempts, error=name
    )


def traits_of(part: Delivery) -> dict[str, Any]:
    return {"delivery": part.pk, "request_id": part.notification.event.request_id}


def explain(error: Exception) -> Failure:
    """In words for the recipient; the server's own may tell more than they should."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            code = max(code for code, _ in refused.values())
            reason = f"The mail server refused the address ({code})."
            return Failure(reason, is_final=code >= PERMANENT)
        case smtplib.SMTPDataError(smtp_code=code):
            reason = f"The mail server refused the message ({code})."
            return Failure(reason, is_final=code >= PERMANENT)
        case smtplib.SMTPAuthenticationError():
            reason = "The mail server refused this site's credentials."
        case smtplib.SMTPResponseException(smtp_code=code):
            reason = f"The mail server is not available ({code})."
        case (
            TimeoutError() | smtplib.SMTPServerDisconnected() | SoftTimeLimitExceeded()
        ):
            # smtplib calls it a disconnection when an answer took too long.
            reason = "The mail server did not answer in time."
        case OSError():
            reason = "The mail server could not be reached."
        case ValueError():
            return Failure("The e-mail address cannot be used.", is_final=True)
        case _:
            return Failure("Something went wrong here.")
    return Failure(reason, is_server_away=True)


def hang_up(server: Any) -> None:
    """A server that does not hear our good-bye has had the mails all the same."""
    with suppress(OSError):
        server.close()


def compose(mail: Mail) -> EmailMultiAlternatives:
    template = "digest" if mail.first.is_collected else "mail"
    context = context_of(mail)
    message = EmailMultiAlternatives(
        subject=subject_of(mail),
        body=render_to_string(f"notifications/{template}.txt", context),
        to=[mail.recipient.email],
        headers={
            "Message-ID": message_id(mail.first),
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies
        },
    )
    html = render_to_string(f"notifications/{template}.html", context)
    message.attach_alternative(html, "text/html")
    return message


def context_of(mail: Mail) -> dict[str, Any]:
    notifications = [part.notification for part in mail.parts]
    return {
        "name": mail.recipient.get_short_name() or mail.recipient.username,
        "notification": notifications[0],
        "link": link_to(notifications[0]),
        "lines": [(each, link_to(each)) for each in notifications[:MAX_LINES]],
        "more": len(notifications[MAX_LINES:]),
        "everything": f"{settings.SITE_URL}/notifications",
        "site": settings.SITE_URL,
    }


def subject_of(mail: Mail) -> str:
    """On one line, whatever the title holds: a line break would begin a header."""
    if mail.first.is_collected:
        count = len(mail.parts)
        return f"{count} notification{'s' if count > 1 else ''}"
    notification = mail.first.notification
    template = SUBJECTS[Notification.Kind(notification.kind)]
    return " ".join(template.format(title=notification.title).split())


def link_to(notification: Notification) -> str:
    """The SPA's address of the task, or of all notifications."""
    if notification.task_id is None:
        return f"{settings.SITE_URL}/notifications"
    return f"{settings.SITE_URL}/tasks?task={notification.task_id}"


def message_id(delivery: Delivery) -> str:
    """The same at every attempt, and another after ids were given out anew."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    made = int(delivery.created_at.timestamp() * 1_000_000)
    return f"<delivery.{delivery.pk}.{made}@{host}>"
