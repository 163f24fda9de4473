"""Which kinds reach whom by which channels."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from accounts.models import User
from common.tests.threads import run_at_once
from events.log import ACCOUNT, append
from events.models import Event
from events.relay import relay_waiting
from notifications import preferences
from notifications.models import Delivery, DigestHour, Notification, Preference
from notifications.preferences import update_preferences

URL = "/api/notifications/preferences/"
DEFAULTS = {
    "task_created": {"in_app": True, "email": False},
    "session_reused": {"in_app": True, "email": True},
    "test": {"in_app": True, "email": False},
}
UNCHANGED = {"kinds": DEFAULTS, "digest_hour": None}

pytestmark = pytest.mark.django_db


def change(api: APIClient, kinds: dict[str, Any]) -> dict[str, Any]:
    response = api.patch(URL, {"kinds": kinds})
    assert response.status_code == 200, response.content
    body: dict[str, Any] = response.json()
    assert body == api.get(URL).json()
    return body


def changes_logged() -> list[dict[str, Any]]:
    logged = Event.objects.filter(verb="notification_preferences_updated")
    return list(logged.order_by("pk").values_list("changes", flat=True))


def create_task(api: APIClient) -> None:
    assert api.post("/api/tasks/", {"title": "Pay rent"}).status_code == 201
    relay_waiting()


def test_at_first_everything_rings_and_only_security_is_mailed(
    api: APIClient,
) -> None:
    assert api.get(URL).json() == UNCHANGED
    assert not Preference.objects.exists()


def test_only_what_is_named_changes(
    api: APIClient, other: User, sign_in: Callable[[User], APIClient]
) -> None:
    changed = change(
        api, {"task_created": {"email": True}, "test": {"in_app": False, "email": True}}
    )

    assert changed["kinds"] == {
        **DEFAULTS,
        "task_created": {"in_app": True, "email": True},
        "test": {"in_app": False, "email": True},
    }
    assert sign_in(other).get(URL).json() == UNCHANGED
    assert changes_logged() == [
        {
            "task_created.email": [False, True],
            "test.in_app": [True, False],
            "test.email": [False, True],
        }
    ]


@pytest.mark.parametrize("body", [{}, {"kinds": {}}, {"kinds": {"test": {}}}])
def test_nothing_named_changes_nothing(api: APIClient, body: dict[str, Any]) -> None:
    assert api.patch(URL, body).json() == UNCHANGED
    assert changes_logged() == []


def test_what_is_so_already_is_no_change(api: APIClient) -> None:
    for _ in range(2):
        change(api, {"test": {"email": True, "in_app": True}})

    assert changes_logged() == [{"test.email": [False, True]}]


def test_only_what_departs_from_the_defaults_is_stored(api: APIClient) -> None:
    change(api, {"test": {"email": True}})
    assert Preference.objects.count() == 1

    change(api, {"test": {"email": False}})
    assert Preference.objects.count() == 0


def test_the_hour_of_the_digest_is_kept_and_taken_back(
    api: APIClient, other: User, sign_in: Callable[[User], APIClient]
) -> None:
    for hour in (0, 23, 23, None, None):
        answer = api.patch(URL, {"digest_hour": hour})
        assert answer.status_code == 200
        assert answer.json() == api.get(URL).json()
        assert answer.json() == {**UNCHANGED, "digest_hour": hour}

    assert sign_in(other).get(URL).json() == UNCHANGED
    assert changes_logged() == [
        {"digest_hour": [None, 0]},
        {"digest_hour": [0, 23]},
        {"digest_hour": [23, None]},
    ]


def test_the_hour_and_the_matrix_change_alone_or_together(api: APIClient) -> None:
    api.patch(URL, {"digest_hour": 7})
    assert change(api, {"test": {"email": True}})["digest_hour"] == 7

    answer = api.patch(URL, {"digest_hour": 8, "kinds": {"test": {"email": False}}})

    assert answer.json() == {**UNCHANGED, "digest_hour": 8}
    assert changes_logged()[-1] == {"test.email": [True, False], "digest_hour": [7, 8]}


def test_the_database_knows_the_hours_of_a_day(owner: User) -> None:
    for hour in (24, -1):
        with pytest.raises(IntegrityError), transaction.atomic():
            DigestHour.objects.create(user=owner, hour=hour)


def test_a_kind_of_another_release_is_passed_over(api: APIClient, owner: User) -> None:
    Preference.objects.create(user=owner, kind="gone", channel="email", is_on=True)

    assert api.get(URL).json() == UNCHANGED


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kinds": {"birthday": {"email": True}}}, "/kinds/birthday"),
        ({"kinds": {"test": {"pigeon": True}}}, "/kinds/test/pigeon"),
        ({"kinds": {"test": {"email": "true"}}}, "/kinds/test/email"),
        ({"kinds": {"test": {"email": 1}}}, "/kinds/test/email"),
        ({"kinds": {"test": {"email": None}}}, "/kinds/test/email"),
        ({"kinds": {"test": None}}, "/kinds/test"),
        ({"kinds": {"test": []}}, "/kinds/test"),
        ({"kinds": None}, "/kinds"),
        ({"kinds": "all"}, "/kinds"),
        ({"digest": True}, "/digest"),
        ({"digest_hour": 24}, "/digest_hour"),
        ({"digest_hour": -1}, "/digest_hour"),
        ({"digest_hour": 2**31}, "/digest_hour"),
        ({"digest_hour": "7"}, "/digest_hour"),
        ({"digest_hour": 7.0}, "/digest_hour"),
        ({"digest_hour": True}, "/digest_hour"),
        ({"kinds": {"test": {"email": True}}, "digest_hour": 24}, "/digest_hour"),
    ],
)
def test_what_is_not_in_the_matrix_is_refused(
    api: APIClient, body: dict[str, Any], pointer: str
) -> None:
    response = api.patch(URL, body)

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == pointer
    assert api.get(URL).json() == UNCHANGED


@pytest.mark.django_db(transaction=True)
def test_tabs_that_change_at_once_undo_nothing_of_each_other(
    api: APIClient, owner: User
) -> None:
    cells = [(kind, channel) for kind in DEFAULTS for channel in ("in_app", "email")]
    left = iter(cells)

    def toggle() -> None:
        kind, channel = next(left)
        is_on = not preferences.is_on_by_default(kind, channel)
        update_preferences(actor_id=owner.pk, wishes={kind: {channel: is_on}})

    run_at_once(len(cells), toggle)

    assert api.get(URL).json()["kinds"] == {
        kind: {channel: not is_on for channel, is_on in channels.items()}
        for kind, channels in DEFAULTS.items()
    }


@pytest.mark.django_db(transaction=True)
def test_the_same_change_sent_twice_at_once_is_one_change(
    api: APIClient, owner: User
) -> None:
    run_at_once(
        4,
        lambda: update_preferences(actor_id=owner.pk, wishes={"test": {"email": True}}),
    )

    assert changes_logged() == [{"test.email": [False, True]}]


# --- What they do -------------------------------------------------------------------


def test_mail_that_is_on_is_one_more_delivery(api: APIClient) -> None:
    change(api, {"task_created": {"email": True}})
    create_task(api)

    (row,) = api.get("/api/notifications/").json()["results"]
    told = [(each["channel"], each["state"]) for each in row["deliveries"]]
    assert told == [("in_app", "sent"), ("email", "pending")]
    assert row["read"] is False


def test_a_kind_with_every_channel_off_leaves_no_trace(api: APIClient) -> None:
    change(api, {"task_created": {"in_app": False}})
    create_task(api)

    assert not Notification.objects.exists()


def test_what_is_only_mailed_is_listed_as_read_and_rings_nothing(
    api: APIClient,
) -> None:
    change(api, {"task_created": {"in_app": False, "email": True}})
    create_task(api)

    (row,) = api.get("/api/notifications/").json()["results"]
    assert row["read"] is True
    assert [each["channel"] for each in row["deliveries"]] == ["email"]
    assert api.get("/api/notifications/summary/").json() == {"unread": 0}


def test_a_change_holds_for_what_happens_after_it(api: APIClient) -> None:
    create_task(api)
    change(api, {"task_created": {"email": True}})
    Event.objects.update(relayed_at=None)
    relay_waiting()

    assert Delivery.objects.filter(channel="email").count() == 0


def test_security_can_be_silenced_too(api: APIClient, owner: User) -> None:
    change(api, {"session_reused": {"in_app": False, "email": False}})
    with transaction.atomic():
        append(
            owner_id=owner.pk,
            kind=ACCOUNT,
            verb="session_reused",
            actor_id=None,
            changes={"session": 1},
        )
    relay_waiting()

    assert not Notification.objects.exists()


def test_queries_are_counted(api: APIClient, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        api.get(URL)
    # Of these, two are the savepoint around a write, in which tests put a transaction.
    with django_assert_num_queries(4 + 2):
        api.patch(URL, {"kinds": {"test": {"email": True}}})
