from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Mail, User
from accounts.services.mail import send_waiting
from common.tests.smtp import MailServer
from events.models import Event

URL = "/api/auth/me/"

pytestmark = pytest.mark.django_db


def test_it_shows_my_profile_and_no_secret(api: APIClient, owner: User) -> None:
    response = api.get(URL)

    assert response.status_code == 200
    assert response.json() == {
        "id": owner.pk,
        "username": "owner",
        "email": "owner@example.org",
        "first_name": "",
        "last_name": "",
        "time_zone": "UTC",
        "language": "en",
        "role": "member",
        "date_joined": response.json()["date_joined"],
    }
    assert response.json()["date_joined"].endswith("Z")


def test_a_change_is_kept_and_an_event(api: APIClient, owner: User) -> None:
    changes = {"first_name": "Ana", "time_zone": "Asia/Tokyo"}
    response = api.patch(URL, changes)

    assert response.status_code == 200
    assert response.json().items() >= changes.items()
    owner.refresh_from_db()
    assert (owner.first_name, owner.time_zone) == ("Ana", "Asia/Tokyo")
    event = Event.objects.get(verb="profile_updated")
    assert event.changes == {
        "first_name": ["", "Ana"],
        "time_zone": ["UTC", "Asia/Tokyo"],
    }


@pytest.mark.parametrize("body", [{}, {"first_name": ""}, {"time_zone": "UTC"}])
def test_no_change_is_no_event(api: APIClient, body: dict[str, str]) -> None:
    assert api.patch(URL, body).status_code == 200
    assert not Event.objects.filter(verb="profile_updated").exists()


@pytest.mark.parametrize("field", ["id", "username", "role", "date_joined"])
def test_read_only_fields_may_be_sent_back_and_have_no_effect(
    api: APIClient, field: str
) -> None:
    before = api.get(URL).json()

    response = api.patch(URL, {field: "admin", "last_name": "Silva"})

    assert response.status_code == 200
    assert response.json() == {**before, "last_name": "Silva"}
    assert api.get(URL).json() == response.json()


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"is_superuser": True}, "/is_superuser", "unknown_field"),
        ({"password": "new password"}, "/password", "unknown_field"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone", "invalid"),
        ({"time_zone": ""}, "/time_zone", "blank"),
        ({"time_zone": None}, "/time_zone", "null"),
        ({"time_zone": 3}, "/time_zone", "invalid"),
        ({"first_name": "a" * 151}, "/first_name", "max_length"),
        ({"first_name": ["a"]}, "/first_name", "invalid"),
    ],
)
def test_each_rule_is_named(
    api: APIClient, body: dict[str, Any], pointer: str, code: str
) -> None:
    response = api.patch(URL, {"last_name": "Silva", **body})

    assert response.status_code == 400
    errors = response.json()["errors"]
    assert [(error["pointer"], error["code"]) for error in errors] == [(pointer, code)]
    assert api.get(URL).json()["last_name"] == ""


@pytest.mark.parametrize("method", ["get", "patch"])
def test_unknown_parameters_are_refused(api: APIClient, method: str) -> None:
    response = getattr(api, method)(f"{URL}?verbose=1")

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "unknown_parameter"


@pytest.mark.parametrize("method", ["get", "patch"])
def test_who_is_gone_has_no_profile(api: APIClient, owner: User, method: str) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)

    response = getattr(api, method)(URL)

    assert (response.status_code, response.json()["code"]) == (401, "session_ended")


def test_queries_are_counted(api: APIClient, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        api.get(URL)
    with django_assert_num_queries(5):  # savepoint, lock, update, event, release
        api.patch(URL, {"first_name": "Ana"})


# --- A new e-mail address


PASSWORD = "correct horse battery"
NEW_ADDRESS = {"email": "ana@example.org", "password": PASSWORD}


@pytest.fixture
def with_password(owner: User) -> User:
    owner.set_password(PASSWORD)
    owner.save()
    return owner


def test_a_new_address_needs_the_password_and_the_old_one_is_told(
    api: APIClient, with_password: User, server: MailServer
) -> None:
    response = api.patch(URL, NEW_ADDRESS)

    assert response.status_code == 200
    assert response.json()["email"] == "ana@example.org"
    assert "password" not in response.json()
    event = Event.objects.get(verb="profile_updated")
    assert event.changes == {"email": ["owner@example.org", "ana@example.org"]}
    send_waiting()
    (message,) = server.inbox
    assert message["To"] == "owner@example.org"
    assert "ana@example.org" not in message.as_string()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"email": "ana@example.org"}, ("/password", "required")),
        ({**NEW_ADDRESS, "password": "guess"}, ("/password", "wrong_password")),
        ({**NEW_ADDRESS, "email": "ana"}, ("/email", "invalid")),
        ({**NEW_ADDRESS, "email": ""}, ("/email", "blank")),
        ({**NEW_ADDRESS, "email": "OTHER@example.org"}, ("/email", "unique")),
        ({"password": PASSWORD}, ("/password", "unknown_field")),
    ],
)
def test_an_address_that_may_not_be(
    api: APIClient,
    with_password: User,
    other: User,
    body: dict[str, str],
    error: tuple[str, str],
) -> None:
    response = api.patch(URL, {"last_name": "Silva", **body})

    (shown,) = response.json()["errors"]
    assert (shown["pointer"], shown["code"]) == error
    with_password.refresh_from_db()
    assert (with_password.email, with_password.last_name) == ("owner@example.org", "")
    assert not Mail.objects.exists()


def test_a_wrong_password_is_noticed_whatever_else_is_sent(
    api: APIClient, with_password: User
) -> None:
    """Else it would pass for a right one, and let the guessing begin anew."""
    guess = {"email": with_password.email, "password": "guess"}
    codes = [api.patch(URL, guess).status_code for _ in range(11)]

    assert codes == [400] * 10 + [429]


def test_the_same_address_may_be_sent_back(api: APIClient) -> None:
    body = {"email": "owner@example.org", "first_name": "Ana"}

    assert api.patch(URL, body).json()["first_name"] == "Ana"


def test_language_and_time_zone_can_change_together(api: APIClient) -> None:
    changes = {"language": "de", "time_zone": "Europe/Berlin"}
    response = api.patch(URL, changes)

    assert {name: response.json()[name] for name in changes} == changes
    assert api.get(URL).json() == response.json()


def test_a_language_is_one_of_ours(api: APIClient) -> None:
    assert api.patch(URL, {"language": "pt"}).json()["language"] == "pt"
    response = api.patch(URL, {"language": "tlh"})
    assert response.json()["errors"][0]["code"] == "invalid_choice"
