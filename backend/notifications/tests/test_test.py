"""Sending oneself a test."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.smtp import MailServer
from common.tests.threads import run_at_once
from events.models import Event
from events.relay import relay_waiting
from notifications.mail import send_waiting
from notifications.models import Notification
from notifications.services import TESTS_AN_HOUR, send_test

URL = "/api/notifications/"
TEST = f"{URL}test/"

pytestmark = pytest.mark.django_db


def told(notification: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (each["channel"], each["state"], each["last_error"])
        for each in notification["deliveries"]
    ]


def mail_tests(api: APIClient) -> None:
    body = {"kinds": {"test": {"email": True}}}
    assert api.patch(f"{URL}preferences/", body).status_code == 200


def test_a_test_has_arrived_in_the_app_with_its_answer(api: APIClient) -> None:
    response = api.post(TEST)

    assert response.status_code == 201
    sent = response.json()
    assert (sent["kind"], sent["title"], sent["task"], sent["read"]) == (
        "test",
        "This is a test",
        None,
        False,
    )
    assert told(sent) == [("in_app", "sent", "")]
    assert api.get(response["Location"]).json() == sent
    assert api.get(f"{URL}summary/").json() == {"unread": 1}


def test_its_mail_can_be_watched(api: APIClient, server: MailServer) -> None:
    mail_tests(api)
    server.answers["RCPT"] = ["450 later", "250 fine"]
    response = api.post(TEST)
    assert told(response.json())[1] == ("email", "pending", "")
    url = response["Location"]

    send_waiting()
    error = "The mail server refused the address (450)."
    assert told(api.get(url).json())[1] == ("email", "pending", error)


def test_its_mail_arrives(api: APIClient, server: MailServer) -> None:
    mail_tests(api)
    url = api.post(TEST)["Location"]

    send_waiting()

    assert told(api.get(url).json())[1] == ("email", "sent", "")
    assert server.inbox[0]["Subject"] == "This is a test"


def test_the_relay_rings_for_it_and_makes_no_second(
    api: APIClient, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[tuple[int, int]] = []
    monkeypatch.setattr(
        "notifications.services.push_bell", lambda user, pk: rung.append((user, pk))
    )
    sent = api.post(TEST).json()

    relay_waiting()

    assert rung == [(owner.pk, sent["id"])]
    assert Notification.objects.count() == 1


def test_with_every_channel_off_it_says_so(api: APIClient) -> None:
    api.patch(f"{URL}preferences/", {"kinds": {"test": {"in_app": False}}})

    response = api.post(TEST)

    assert (response.status_code, response.json()["deliveries"]) == (201, [])
    assert api.get(f"{URL}summary/").json() == {"unread": 0}


@pytest.mark.parametrize("body", [{"channel": "email"}, [], "x", 1])
def test_it_takes_no_fields(api: APIClient, body: Any) -> None:
    assert api.post(TEST, body).status_code == 400
    assert not Notification.objects.exists()


def test_a_repeated_key_sends_one(api: APIClient) -> None:
    first, second = (
        api.post(TEST, headers={"idempotency-key": "once"}) for _ in range(2)
    )

    assert first.content == second.content
    assert second["Idempotency-Replayed"] == "true"
    assert second["Location"] == first["Location"]
    assert Notification.objects.count() == 1


def test_so_many_an_hour_and_no_more(api: APIClient) -> None:
    for _ in range(TESTS_AN_HOUR):
        assert api.post(TEST).status_code == 201
    events = Event.objects.count()

    refused = api.post(TEST)

    assert refused.status_code == 429
    assert refused.json()["code"] == "throttled"
    assert 3_500 < int(refused["Retry-After"]) <= 3_600
    assert Event.objects.count() == events
    Notification.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert api.post(TEST).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_exactly_so_many_pass_however_many_ask_at_once(owner: User) -> None:
    def ask() -> bool:
        try:
            send_test(actor_id=owner.pk)
        except Exception as error:  # noqa: BLE001 - only one kind is expected
            assert type(error).__name__ == "Throttled"  # noqa: PT017
            return False
        return True

    passed = run_at_once(TESTS_AN_HOUR * 2, ask)

    assert sum(passed) == TESTS_AN_HOUR
    assert Notification.objects.count() == TESTS_AN_HOUR
