"""Mail: at least once, with one Message-ID, whatever the server or the worker does."""

import smtplib
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.smtp import MailServer
from common.tests.threads import run_at_once
from events.log import ACCOUNT, append
from events.models import Event
from events.relay import relay_waiting
from notifications import deliveries, mail
from notifications.jobs import send_mail
from notifications.mail import explain, send_waiting
from notifications.models import Delivery, Preference
from notifications.services import notify

URL = "/api/notifications/"
AWAY = "The mail server is not available (421)."

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailed(owner: User) -> Callable[..., list[Delivery]]:
    """Create tasks whose owner wants mail of them; return the mails, oldest first."""

    def make(*titles: str) -> list[Delivery]:
        Preference.objects.get_or_create(
            user=owner, kind="task_created", channel="email", is_on=True
        )
        made = [task_event(owner, title).pk for title in titles]
        relay_waiting()
        mails = Delivery.objects.filter(channel="email")
        return list(mails.filter(notification__event__in=made))

    return make


def task_event(owner: User, title: str) -> Event:
    with transaction.atomic():
        return append(
            owner_id=owner.pk,
            kind="tasks",
            verb="task_created",
            actor_id=owner.pk,
            changes={"title": [None, title]},
        )


def make_due() -> None:
    """As if the pauses and leases of all had passed."""
    Delivery.objects.filter(next_attempt_at__isnull=False).update(
        next_attempt_at=timezone.now() - timedelta(hours=1)
    )


def claimed() -> list[Delivery]:
    claim = deliveries.claim_mail()
    return claim.parts if claim else []


def state_of(delivery: Delivery) -> tuple[str, int, str]:
    delivery.refresh_from_db()
    return delivery.state, delivery.attempts, delivery.last_error


# --- What is sent -----------------------------------------------------------------


def test_a_mail_says_what_happened_and_where(
    api: APIClient, owner: User, server: MailServer
) -> None:
    api.patch(f"{URL}preferences/", {"kinds": {"task_created": {"email": True}}})
    task = api.post("/api/tasks/", {"title": "Pay <rent> & more"}).json()
    relay_waiting()

    assert send_waiting() == 1

    (message,) = server.inbox
    link = f"http://testserver/tasks?task={task['id']}"
    plain, html = [part.get_content() for part in message.iter_parts()]
    assert message["To"] == owner.email
    assert message["From"] == "Task Manager <noreply@testserver>"
    assert message["Subject"] == "New task: Pay <rent> & more"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "    Pay <rent> & more" in plain
    assert link in plain
    assert "<strong>Pay &lt;rent&gt; &amp; more</strong>" in html
    assert f'<a href="{link}">' in html


def test_a_reused_session_is_mailed_without_being_asked_for(
    owner: User, server: MailServer
) -> None:
    with transaction.atomic():
        append(
            owner_id=owner.pk,
            kind=ACCOUNT,
            verb="session_reused",
            actor_id=None,
            changes={"session": 1, "reason": "reused"},
        )
    relay_waiting()

    assert send_waiting() == 1

    assert server.inbox[0]["Subject"] == "Security: a sign-in of yours was ended"
    body: Any = server.inbox[0].get_body(("plain",))
    assert "http://testserver/notifications" in body.get_content()


def test_a_new_task_is_not_mailed_without_being_asked_for(
    api: APIClient, server: MailServer
) -> None:
    api.post("/api/tasks/", {"title": "x"})
    relay_waiting()

    assert send_waiting() == 0
    assert server.connections == 0


def test_no_title_adds_a_header(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    mailed("a\r\nBcc: other@example.org\u2028\x85b", "ä" * 200)

    assert send_waiting() == 2

    first, second = server.inbox
    assert first["Subject"] == "New task: a Bcc: other@example.org b"
    assert first["Bcc"] is None
    assert second["Subject"].strip() == "New task: " + "ä" * 200


def test_several_go_over_one_connection(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    mailed("a", "b", "c")

    assert send_waiting() == 3

    assert server.connections == 1
    assert [message["Subject"][-1] for message in server.inbox] == ["a", "b", "c"]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_the_job_sends(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    mailed("a")

    send_mail()

    assert len(server.inbox) == 1


def test_one_event_is_one_mail_however_often_it_comes(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    mailed("a")
    send_waiting()
    for _ in range(2):
        notify(Event.objects.get(verb="task_created"))
    Event.objects.update(relayed_at=None)
    relay_waiting()

    assert send_waiting() == 0
    assert len(server.inbox) == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"is_active": False}, "The account is not active."),
        ({"email": ""}, "The account has no e-mail address."),
    ],
)
def test_who_cannot_be_reached_is_skipped(
    mailed: Callable[..., list[Delivery]],
    owner: User,
    server: MailServer,
    fields: dict[str, Any],
    reason: str,
) -> None:
    (delivery,) = mailed("a")
    User.objects.filter(pk=owner.pk).update(**fields)

    assert send_waiting() == 0

    assert state_of(delivery) == ("skipped", 1, reason)
    assert server.connections == 0


# --- When the server fails --------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "answer", "error"),
    [
        ("CONNECT", "421 busy", AWAY),
        ("RCPT", "450 later", "The mail server refused the address (450)."),
        ("MESSAGE", "451 later", "The mail server refused the message (451)."),
        ("MAIL", "550 who", "The mail server is not available (550)."),
        ("CONNECT", "", "The mail server did not answer in time."),
        ("MESSAGE", "", "The mail server did not answer in time."),
    ],
)
def test_a_passing_failure_is_tried_again_with_the_same_message_id(
    mailed: Callable[..., list[Delivery]],
    server: MailServer,
    stage: str,
    answer: str,
    error: str,
) -> None:
    (delivery,) = mailed("a")
    server.answers[stage] = [answer]
    assert send_waiting() == 0
    assert state_of(delivery) == ("pending", 1, error)

    assert send_waiting() == 0  # it is not due yet
    server.answers.clear()
    make_due()

    assert send_waiting() == 1
    assert state_of(delivery) == ("sent", 2, "")
    (message,) = server.inbox
    assert message["Message-ID"] == mail.message_id(delivery)


def test_a_server_that_is_not_there_costs_one_attempt_of_one_mail(
    mailed: Callable[..., list[Delivery]], server: MailServer, settings: Settings
) -> None:
    first, second = mailed("a", "b")
    settings.EMAIL_PORT = 1

    assert send_waiting() == 0

    assert state_of(first) == ("pending", 1, "The mail server could not be reached.")
    assert state_of(second) == ("pending", 0, "")


@pytest.mark.parametrize(
    ("stage", "answer", "error"),
    [
        ("RCPT", "550 nobody", "The mail server refused the address (550)."),
        ("MESSAGE", "554 spam", "The mail server refused the message (554)."),
    ],
)
def test_a_final_refusal_is_not_tried_again_and_holds_up_nobody(
    mailed: Callable[..., list[Delivery]],
    server: MailServer,
    stage: str,
    answer: str,
    error: str,
) -> None:
    first, second = mailed("a", "b")
    server.answers[stage] = [answer, "250 fine"]

    assert send_waiting() == 1

    assert state_of(first) == ("failed", 1, error)
    assert state_of(second) == ("sent", 1, "")


def test_the_pauses_grow_and_then_it_has_failed(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    (delivery,) = mailed("a")
    server.answers["CONNECT"] = ["421 busy"]
    pauses = []
    for attempt in range(1, deliveries.MAX_ATTEMPTS):
        before = timezone.now()
        send_waiting()
        assert state_of(delivery) == ("pending", attempt, AWAY)
        assert delivery.next_attempt_at is not None
        pauses.append(round((delivery.next_attempt_at - before).total_seconds()))
        make_due()
    send_waiting()

    assert pauses == list(deliveries.PAUSES_SECONDS)
    assert state_of(delivery) == ("failed", deliveries.MAX_ATTEMPTS, AWAY)
    assert send_waiting() == 0


def test_what_the_server_says_is_not_passed_on(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    (delivery,) = mailed("a")
    server.answers["RCPT"] = ["550 db01.internal knows no password=hunter2"]
    send_waiting()

    assert state_of(delivery)[2] == "The mail server refused the address (550)."


def test_an_address_that_cannot_be_written_has_failed(
    mailed: Callable[..., list[Delivery]], owner: User, server: MailServer
) -> None:
    (delivery,) = mailed("a")
    User.objects.filter(pk=owner.pk).update(email="a@b\nc")
    send_waiting()

    assert state_of(delivery) == ("failed", 1, "The e-mail address cannot be used.")


def test_a_server_that_never_says_good_bye_has_had_the_mail(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    (delivery,) = mailed("a")
    server.answers["QUIT"] = [""]

    assert send_waiting() == 1
    assert state_of(delivery)[0] == "sent"


@pytest.mark.parametrize(
    ("error", "reason", "goes_on"),
    [
        (
            smtplib.SMTPAuthenticationError(535, b"no"),
            "The mail server refused this site's credentials.",
            False,
        ),
        (SoftTimeLimitExceeded(), "The mail server did not answer in time.", False),
        (RuntimeError("secret"), "Something went wrong here.", True),
    ],
)
def test_other_failures_are_tried_again(
    error: Exception, reason: str, goes_on: bool
) -> None:
    failure = explain(error)

    assert failure.reason == reason
    assert not failure.is_final
    assert failure.is_server_away is not goes_on


# --- When workers die or meet ------------------------------------------------------


class Killed(BaseException):
    """What no handler catches: the process dies."""


def test_a_mail_whose_worker_died_is_sent_when_the_lease_is_over(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    (delivery,) = mailed("a")
    assert claimed() == [delivery]

    assert send_waiting() == 0
    assert state_of(delivery)[0] == "sending"
    make_due()

    assert send_waiting() == 1
    assert state_of(delivery) == ("sent", 2, "")


def test_a_death_after_the_server_took_it_sends_the_same_message_id_again(
    mailed: Callable[..., list[Delivery]],
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (delivery,) = mailed("a")

    def die(*args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "settle", die)
        with pytest.raises(Killed):
            send_waiting()
    make_due()
    send_waiting()

    first, second = server.inbox
    assert first["Message-ID"] == second["Message-ID"]
    assert state_of(delivery) == ("sent", 2, "")


def test_a_mail_that_kills_every_worker_is_given_up(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    (delivery,) = mailed("a")
    for _ in range(deliveries.MAX_ATTEMPTS):
        assert claimed() == [delivery]
        make_due()

    assert send_waiting() == 0

    count = deliveries.MAX_ATTEMPTS
    assert state_of(delivery) == ("failed", count, "Sending was cut off.")
    assert server.connections == 0


def test_who_comes_back_after_the_lease_changes_nothing(
    mailed: Callable[..., list[Delivery]],
) -> None:
    (delivery,) = mailed("a")
    late = deliveries.claim_mail()
    make_due()
    current = deliveries.claim_mail()
    assert late is not None
    assert current is not None

    assert not deliveries.settle(late, "sent")
    assert not deliveries.postpone(late, "x")
    assert state_of(delivery) == ("sending", 2, "")
    assert deliveries.settle(current, "sent")
    assert not deliveries.settle(current, "sent")


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_mail_once_and_one_at_a_time(
    mailed: Callable[..., list[Delivery]], server: MailServer
) -> None:
    mailed(*"abcdefghij")
    run_at_once(4, send_waiting)
    send_waiting()

    subjects = sorted(message["Subject"][-1] for message in server.inbox)
    assert subjects == list("abcdefghij")
    steps = [stage for stage in server.stages if stage in ("MAIL", "MESSAGE")]
    assert steps == ["MAIL", "MESSAGE"] * 10


@pytest.mark.django_db(transaction=True)
def test_two_that_claim_at_once_take_turns(
    mailed: Callable[..., list[Delivery]],
) -> None:
    """The one that waited sees that a mail is being sent, and takes none."""
    first, _ = mailed("a", "b")
    taken: list[Delivery] = []

    def claim() -> None:
        taken.extend(claimed())
        connection.close()

    thread = threading.Thread(target=claim)
    with transaction.atomic():
        assert claimed() == [first]
        thread.start()
        wait_for_turn(thread)
    thread.join(10)

    assert taken == []


def wait_for_turn(thread: threading.Thread) -> None:
    """Until the other one waits, or is through without waiting."""
    waiting = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    )
    while thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone() == (1,):
                return


def test_a_delivery_is_waiting_or_settled_never_both(
    mailed: Callable[..., list[Delivery]],
) -> None:
    (delivery,) = mailed("a")
    row = Delivery.objects.filter(pk=delivery.pk)

    for fields in (
        {"state": "sent"},
        {"next_attempt_at": None},
        {"channel": "pigeon"},
        {"state": "lost", "next_attempt_at": None},
        {"attempts": -1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(
            notification_id=delivery.notification_id,
            channel="email",
            state="pending",
            next_attempt_at=timezone.now(),
        )
