import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Session, User
from common.models import IdempotencyKey
from common.tests.threads import run_at_once
from events.models import Event

URL = "/api/auth/register/"
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.django_db


def person(**changes: Any) -> dict[str, Any]:
    return {
        "username": "Maria.Silva",
        "email": "maria@example.org",
        "password": PASSWORD,
        **changes,
    }


def errors_of(response: Any) -> dict[str, str]:
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    return {error["pointer"]: error["code"] for error in response.json()["errors"]}


def test_it_creates_the_person_and_signs_in(anonymous: APIClient) -> None:
    settings = {"time_zone": "Europe/Lisbon", "language": "pt"}
    response = anonymous.post(URL, person(**settings))

    assert response.status_code == 201
    assert response["Cache-Control"] == "no-store"
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    body = response.json()
    assert body["user"] == {
        "id": user.pk,
        "username": "Maria.Silva",
        "email": "maria@example.org",
        "first_name": "",
        "last_name": "",
        "time_zone": "Europe/Lisbon",
        "language": "pt",
        "role": "member",
        "date_joined": body["user"]["date_joined"],
    }
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {body['access']}")
    assert anonymous.get("/api/auth/me/").json() == body["user"]
    refresh = {"refresh": body["refresh"]}
    assert anonymous.post("/api/auth/token/refresh/", refresh).status_code == 200


def test_it_writes_its_events(anonymous: APIClient) -> None:
    anonymous.post(URL, person())

    verbs = Event.objects.order_by("revision").values_list("verb", flat=True)
    assert list(verbs) == ["registered", "session_started"]


def test_the_session_remembers_the_client(anonymous: APIClient) -> None:
    agent = "Firefox" * 100
    anonymous.post(URL, person(), HTTP_USER_AGENT=agent, HTTP_X_REAL_IP="192.0.2.7")

    session = Session.objects.get()
    assert session.user_agent == agent[:255]
    assert session.ip_address == "192.0.2.7"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("not an address", None),
        ("999.1.1.1", None),
        ("2001:db8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_an_odd_address_does_not_stop_anyone(
    anonymous: APIClient, sent: str, kept: str | None
) -> None:
    response = anonymous.post(URL, person(), HTTP_X_REAL_IP=sent)

    assert response.status_code == 201
    assert Session.objects.get().ip_address == kept


def test_in_cookie_mode_the_refresh_token_is_in_no_body(anonymous: APIClient) -> None:
    response = anonymous.post(URL, person(), HTTP_X_AUTH_MODE="cookie")

    assert response.status_code == 201
    assert set(response.json()) == {"access", "user"}
    assert response.cookies["refresh_token"]["httponly"]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"username": "MARIA.SILVA"}, "/username", "unique"),
        ({"email": "Maria@Example.ORG"}, "/email", "unique"),
    ],
)
def test_names_are_unique_ignoring_case(
    anonymous: APIClient, changes: dict[str, str], pointer: str, code: str
) -> None:
    User.objects.create(username="maria.silva", email="maria@example.org")
    free = {"username": "someone", "email": "someone@example.org"}

    response = anonymous.post(URL, person(**{**free, **changes}))

    assert errors_of(response) == {pointer: code}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"username": "a@example.org"}, {"/username": "invalid"}),
        ({"username": "two words"}, {"/username": "invalid"}),
        ({"username": "mariá"}, {"/username": "invalid"}),
        ({"username": "a\n"}, None),
        ({"username": ""}, {"/username": "blank"}),
        ({"username": "a" * 151}, {"/username": "max_length"}),
        ({"username": 5}, {"/username": "invalid"}),
        ({"username": None}, {"/username": "null"}),
        ({"email": "not an address"}, {"/email": "invalid"}),
        ({"email": f"{'a' * 250}@example.org"}, {"/email": "max_length"}),
        ({"email": ["a@example.org"]}, {"/email": "invalid"}),
        ({"password": "12345678901"}, {"/password": "password_entirely_numeric"}),
        ({"password": "TaskManager2026!"}, {"/password": "password_site_name"}),
        ({"password": "my-tasks-example"}, None),
        ({"password": "maria.silva"}, {"/password": "password_too_similar"}),
        ({"password": "x7!"}, {"/password": "password_too_short"}),
        ({"password": "a" * 129}, {"/password": "max_length"}),
        ({"password": True}, {"/password": "invalid"}),
        ({"time_zone": "Mars/Olympus"}, {"/time_zone": "invalid"}),
        ({"time_zone": "../../etc/passwd"}, {"/time_zone": "invalid"}),
        ({"language": "tlh"}, {"/language": "invalid_choice"}),
        ({"language": ["en"]}, {"/language": "invalid_choice"}),
        ({"role": "admin"}, {"/role": "unknown_field"}),
        ({"is_staff": True}, {"/is_staff": "unknown_field"}),
    ],
)
def test_each_rule_is_named(
    anonymous: APIClient, changes: dict[str, Any], expected: dict[str, str] | None
) -> None:
    response = anonymous.post(URL, person(**changes))

    if expected is None:  # trimmed, so it is fine
        assert response.status_code == 201
        return
    assert expected.items() <= errors_of(response).items()
    assert not User.objects.exists()


def test_every_missing_field_is_named(anonymous: APIClient) -> None:
    assert errors_of(anonymous.post(URL, {})) == {
        "/username": "required",
        "/email": "required",
        "/password": "required",
    }


def test_spaces_belong_to_the_password(anonymous: APIClient) -> None:
    anonymous.post(URL, person(password=" spaces are mine "))

    assert User.objects.get().check_password(" spaces are mine ")


@pytest.mark.parametrize("password", ["x€ 😀" * 32, "lowercase only", "ÜBERGRÖSSE"])
def test_a_password_is_of_any_characters_up_to_128(
    anonymous: APIClient, password: str
) -> None:
    assert anonymous.post(URL, person(password=password)).status_code == 201
    assert User.objects.get().check_password(password)


def test_it_can_be_closed(anonymous: APIClient, settings: Settings) -> None:
    settings.REGISTRATION_OPEN = False

    response = anonymous.post(URL, person())

    assert response.status_code == 403
    assert response.json()["code"] == "registration_closed"
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("same", "pointer"),
    [
        ({"username": "MARIA", "email": "other@example.org"}, "/username"),
        ({"username": "other", "email": "MARIA@example.org"}, "/email"),
    ],
)
def test_who_loses_the_race_for_a_name_is_told_so(
    anonymous: APIClient,
    same: dict[str, str],
    pointer: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name is taken between the check and the insert."""
    taken_meanwhile = {"username": "maria", "email": "maria@example.org"}
    hash_password = User.set_password

    def take_name() -> None:
        User.objects.create(**taken_meanwhile)
        connection.close()

    def slow_hash(user: User, raw: str | None) -> None:
        thread = threading.Thread(target=take_name)
        thread.start()
        thread.join()
        hash_password(user, raw)

    monkeypatch.setattr(User, "set_password", slow_hash)

    assert errors_of(anonymous.post(URL, person(**same))) == {pointer: "unique"}


# --- Sent again


KEY: dict[str, Any] = {"HTTP_IDEMPOTENCY_KEY": "k1"}


def test_a_repeated_registration_signs_in_again(anonymous: APIClient) -> None:
    first = anonymous.post(URL, person(), **KEY)
    again = anonymous.post(URL, person(email="MARIA@example.org"), **KEY)

    assert first.status_code == again.status_code == 201
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert again["Cache-Control"] == "no-store"
    assert again.json()["user"] == first.json()["user"]
    assert again.json()["refresh"] != first.json()["refresh"]
    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, {}),
        ({}, {"HTTP_IDEMPOTENCY_KEY": "k2"}),
        ({"password": "another long password"}, KEY),
        ({"email": "else@example.org"}, KEY),
        ({"username": "Else"}, KEY),
    ],
)
def test_anything_else_is_taken(
    anonymous: APIClient, changes: dict[str, Any], key: dict[str, Any]
) -> None:
    anonymous.post(URL, person(), **KEY)

    response = anonymous.post(URL, person(**changes), **key)

    assert set(errors_of(response).values()) == {"unique"}
    assert Session.objects.count() == 1


def test_after_a_day_it_is_taken(anonymous: APIClient) -> None:
    anonymous.post(URL, person(), **KEY)
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))

    response = anonymous.post(URL, person(), **KEY)

    assert errors_of(response) == {"/username": "unique", "/email": "unique"}


def test_who_was_deactivated_does_not_come_back_by_it(anonymous: APIClient) -> None:
    anonymous.post(URL, person(), **KEY)
    User.objects.update(is_active=False)

    assert anonymous.post(URL, person(), **KEY).status_code == 400


def test_nothing_of_the_password_is_kept_but_its_hash(anonymous: APIClient) -> None:
    rows = []
    for n, password in enumerate([PASSWORD, "another long password"]):
        name = f"p{n}"
        body = person(username=name, email="same@example.org", password=password)
        anonymous.post(URL, body, HTTP_IDEMPOTENCY_KEY="k")
        row = IdempotencyKey.objects.get()
        rows.append((row.fingerprint, bytes(row.body)))
        User.objects.all().delete()
    anonymous.post(
        URL, person(username="p0", email="same@example.org", password=PASSWORD), **KEY
    )

    assert IdempotencyKey.objects.get().fingerprint == rows[0][0]
    assert rows[0][1] == b""


@pytest.mark.parametrize("key", ["", "x" * 256, "é"])
def test_an_odd_key_is_refused(anonymous: APIClient, key: str) -> None:
    response = anonymous.post(URL, person(), HTTP_IDEMPOTENCY_KEY=key)

    assert response.status_code == 400
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_account(db: None) -> None:
    def register() -> int:
        return int(APIClient().post(URL, person(), **KEY).status_code)

    assert run_at_once(3, register) == [201] * 3
    assert User.objects.count() == 1
    assert Session.objects.count() == 3
