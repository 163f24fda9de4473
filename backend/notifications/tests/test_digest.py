"""Collected mail: once a day, at the person's own hour, whatever the clocks do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.smtp import MailServer
from common.tests.threads import run_at_once
from events.log import ACCOUNT, append
from events.relay import relay_waiting
from notifications import deliveries, digest, mail
from notifications.digest import next_time
from notifications.mail import send_waiting
from notifications.models import Delivery

URL = "/api/notifications/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def collected(api: APIClient) -> Callable[..., list[Delivery]]:
    """Create tasks that wait for the digest; return their mails, oldest first."""
    return collecting(api)


def collecting(api: APIClient, hour: int = 7) -> Callable[..., list[Delivery]]:
    wishes = {"kinds": {"task_created": {"email": True}}, "digest_hour": hour}
    assert api.patch(f"{URL}preferences/", wishes).status_code == 200

    def make(*titles: str) -> list[Delivery]:
        ids = [
            api.post("/api/tasks/", {"title": title}).json()["id"] for title in titles
        ]
        relay_waiting()
        mails = Delivery.objects.filter(channel="email", notification__task__in=ids)
        return list(mails.order_by("pk"))

    return make


def come_due() -> None:
    """As if a day had passed; what is due together stays so."""
    for delivery in Delivery.objects.exclude(next_attempt_at=None):
        assert delivery.next_attempt_at
        earlier = delivery.next_attempt_at - timedelta(days=1)
        Delivery.objects.filter(pk=delivery.pk).update(next_attempt_at=earlier)


def states() -> list[tuple[str, int]]:
    rows = Delivery.objects.filter(channel="email").order_by("pk")
    return list(rows.values_list("state", "attempts"))


def plain(message: Any) -> str:
    text: str = message.get_body(("plain",)).get_content()
    return text


# --- When --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "hour", "now", "expected"),
    [
        ("UTC", 7, "2030-01-15T06:59:59", "2030-01-15T07:00"),
        ("UTC", 7, "2030-01-15T07:00:00", "2030-01-16T07:00"),
        ("UTC", 0, "2030-01-15T12:00:00", "2030-01-16T00:00"),
        ("Asia/Tokyo", 7, "2030-01-15T21:59:59", "2030-01-15T22:00"),
        ("Asia/Tokyo", 7, "2030-01-15T22:00:00", "2030-01-16T22:00"),
        ("Pacific/Kiritimati", 0, "2030-01-15T09:00:00", "2030-01-15T10:00"),
        ("Asia/Kathmandu", 7, "2030-01-15T00:00:00", "2030-01-15T01:15"),
        # Berlin skips 02:00 to 03:00 on 31 March 2030 at 01:00 UTC.
        ("Europe/Berlin", 7, "2030-03-30T12:00:00", "2030-03-31T05:00"),
        ("Europe/Berlin", 2, "2030-03-30T12:00:00", "2030-03-31T01:00"),
        ("Europe/Berlin", 2, "2030-03-31T01:00:00", "2030-04-01T00:00"),
        # and has 02:00 twice on 27 October, at 00:00 and at 01:00 UTC.
        ("Europe/Berlin", 7, "2030-10-26T12:00:00", "2030-10-27T06:00"),
        ("Europe/Berlin", 2, "2030-10-26T12:00:00", "2030-10-27T00:00"),
        ("Europe/Berlin", 2, "2030-10-27T00:00:00", "2030-10-28T01:00"),
        ("Europe/Berlin", 2, "2030-10-27T00:30:00", "2030-10-28T01:00"),
        # Beirut skips midnight.
        ("Asia/Beirut", 0, "2030-03-30T12:00:00", "2030-03-30T22:00"),
    ],
)
def test_it_is_due_when_the_clock_there_next_shows_the_hour(
    zone: str, hour: int, now: str, expected: str
) -> None:
    at = next_time(datetime.fromisoformat(now + "Z"), hour, ZoneInfo(zone))

    assert at.astimezone(UTC) == datetime.fromisoformat(expected + "Z")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Beirut"])
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
def test_a_year_has_one_for_each_date(zone: str, hour: int) -> None:
    now, dates = datetime(2030, 1, 1, 12, tzinfo=UTC), []
    for _ in range(365):
        now = next_time(now, hour, ZoneInfo(zone)).astimezone(UTC)
        dates.append(now.astimezone(ZoneInfo(zone)).date())

    assert dates == [dates[0] + timedelta(days=n) for n in range(365)]


def test_each_waits_for_the_hour_of_its_own_time_zone(
    api: APIClient, owner: User
) -> None:
    api.patch("/api/auth/me/", {"time_zone": "Asia/Tokyo"})
    (delivery,) = collecting(api, hour=7)("a")

    assert delivery.is_collected
    assert delivery.next_attempt_at
    there = delivery.next_attempt_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert (there.hour, there.minute, there.second) == (7, 0, 0)
    assert timedelta() < there - timezone.now() <= timedelta(days=1, minutes=1)


def test_before_its_time_nothing_goes_out(
    collected: Callable[..., list[Delivery]], server: MailServer
) -> None:
    collected("a", "b")

    assert send_waiting() == 0
    assert server.connections == 0


def test_security_and_tests_never_wait(
    api: APIClient, owner: User, server: MailServer
) -> None:
    collecting(api)
    api.patch(f"{URL}preferences/", {"kinds": {"test": {"email": True}}})
    with transaction.atomic():
        append(
            owner_id=owner.pk,
            kind=ACCOUNT,
            verb="session_reused",
            actor_id=None,
            changes={"session": 1},
        )
    relay_waiting()
    api.post(f"{URL}test/")

    assert send_waiting() == 2


def test_a_change_of_the_hour_holds_for_what_happens_after_it(
    api: APIClient, collected: Callable[..., list[Delivery]], server: MailServer
) -> None:
    (waiting,) = collected("a")
    api.patch(f"{URL}preferences/", {"digest_hour": None})
    api.post("/api/tasks/", {"title": "b"})
    relay_waiting()

    assert send_waiting() == 1
    assert server.inbox[0]["Subject"] == "New task: b"
    before = waiting.next_attempt_at
    waiting.refresh_from_db()
    assert waiting.next_attempt_at == before


# --- What --------------------------------------------------------------------------


def test_all_of_a_day_are_one_mail(
    collected: Callable[..., list[Delivery]], owner: User, server: MailServer
) -> None:
    first, second = collected("Pay <rent>", "Call\r\nBcc: x@example.org")
    come_due()

    assert send_waiting() == 1

    (message,) = server.inbox
    text, html = [part.get_content() for part in message.iter_parts()]
    assert message["To"] == owner.email
    assert message["Subject"] == "2 notifications"
    assert message["Message-ID"] == mail.message_id(first)
    for delivery in (first, second):
        link = f"http://testserver/tasks?task={delivery.notification.task_id}"
        assert link in text
        assert f'<a href="{link}">' in html
    assert "Pay <rent>" in text
    assert "Pay &lt;rent&gt;" in html
    assert states() == [("sent", 1), ("sent", 1)]
    assert send_waiting() == 0


def test_a_single_one_is_a_digest_all_the_same(
    collected: Callable[..., list[Delivery]], server: MailServer
) -> None:
    collected("a")
    come_due()
    send_waiting()

    assert server.inbox[0]["Subject"] == "1 notification"


def test_nobody_gets_what_is_somebody_elses(
    api: APIClient,
    other: User,
    sign_in: Callable[[User], APIClient],
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not even where two are due at one instant."""
    monkeypatch.setattr(digest, "SPREAD", 1)
    collecting(api)("mine")
    collecting(sign_in(other))("theirs")
    come_due()

    assert send_waiting() == 2

    said = {message["To"]: plain(message) for message in server.inbox}
    assert "mine" not in said[other.email]
    assert sorted("theirs" in text for text in said.values()) == [False, True]


def test_a_long_day_is_cut_short_and_says_so(
    collected: Callable[..., list[Delivery]],
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mail, "MAX_LINES", 2)
    collected("one", "two", "three", "four", "five")
    come_due()
    send_waiting()

    (message,) = server.inbox
    assert message["Subject"] == "5 notifications"
    assert "two" in plain(message)
    assert "three" not in plain(message)
    assert "and 3 more: http://testserver/notifications" in plain(message)


def test_what_does_not_fit_goes_in_another(
    collected: Callable[..., list[Delivery]],
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deliveries, "MAX_TOGETHER", 2)
    collected("one", "two", "three")
    come_due()

    assert send_waiting() == 2
    subjects = [message["Subject"] for message in server.inbox]
    assert subjects == ["2 notifications", "1 notification"]
    assert set(states()) == {("sent", 1)}


def test_tomorrows_waits_for_tomorrow(
    collected: Callable[..., list[Delivery]], server: MailServer
) -> None:
    collected("today")
    come_due()
    collected("tomorrow")

    assert send_waiting() == 1
    assert "tomorrow" not in plain(server.inbox[0])
    assert states() == [("sent", 1), ("pending", 0)]


# --- When things go wrong ----------------------------------------------------------


class Killed(BaseException):
    """What no handler catches: the process dies."""


def test_what_was_sent_together_is_sent_again_together_and_with_nothing_else(
    collected: Callable[..., list[Delivery]],
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever has the first mail drops the second, so it must not say more."""

    def die(*args: object) -> None:
        raise Killed

    collected("a", "b")
    come_due()
    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "settle", die)
        with pytest.raises(Killed):
            send_waiting()
    # Committed late, after its day's digest was sent.
    (late,) = collected("late")
    Delivery.objects.filter(pk=late.pk).update(next_attempt_at=timezone.now())
    come_due()

    assert send_waiting() == 2

    first, again, another = sorted(server.inbox, key=lambda each: "late" in plain(each))
    assert first["Message-ID"] == again["Message-ID"] != another["Message-ID"]
    assert plain(first) == plain(again)
    assert "late" in plain(another)
    assert states() == [("sent", 2), ("sent", 2), ("sent", 1)]


def test_a_failed_one_waits_as_a_whole_and_goes_as_a_whole(
    collected: Callable[..., list[Delivery]], server: MailServer
) -> None:
    collected("a", "b")
    come_due()
    server.answers["MESSAGE"] = ["451 later", "250 fine"]

    assert send_waiting() == 0
    assert states() == [("pending", 1), ("pending", 1)]
    come_due()

    assert send_waiting() == 1
    assert states() == [("sent", 2), ("sent", 2)]
    assert len(server.inbox) == 1


def test_a_refused_one_has_failed_as_a_whole(
    collected: Callable[..., list[Delivery]], server: MailServer
) -> None:
    collected("a", "b")
    come_due()
    server.answers["RCPT"] = ["550 nobody"]
    send_waiting()

    assert states() == [("failed", 1), ("failed", 1)]


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_one(
    collected: Callable[..., list[Delivery]], server: MailServer
) -> None:
    collected(*"abcdef")
    come_due()
    run_at_once(4, send_waiting)
    send_waiting()

    assert [message["Subject"] for message in server.inbox] == ["6 notifications"]


def test_a_claim_is_as_many_queries_for_many_as_for_one(
    collected: Callable[..., list[Delivery]], django_assert_num_queries: Any
) -> None:
    collected(*"abcdef")
    come_due()
    # Of these, two are the savepoint around a write, in which tests put a transaction.
    with django_assert_num_queries(5 + 2):
        claim = deliveries.claim_mail()
    assert claim
    assert len(claim.parts) == 6
    with django_assert_num_queries(0):
        mail.compose(claim)
