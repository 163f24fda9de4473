from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from rest_framework.test import APIClient

from accounts.models import Session, User
from events.models import Event

URL = "/api/auth/token/"
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(owner: User) -> User:
    owner.set_password(PASSWORD)
    owner.save()
    return owner


def answer_to(api: APIClient, **credentials: Any) -> dict[str, Any]:
    response = api.post(URL, credentials)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    body: dict[str, Any] = response.json()
    body.pop("request_id")
    return body


def test_a_new_site_has_no_account() -> None:
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "name", ["owner", "OWNER", "owner@example.org", "Owner@Example.Org", " owner "]
)
def test_username_or_email_signs_in(
    anonymous: APIClient, person: User, name: str
) -> None:
    response = anonymous.post(URL, {"username": name, "password": PASSWORD})

    assert response.status_code == 200
    assert set(response.json()) == {"access", "refresh", "user"}
    assert response.json()["user"]["id"] == person.pk
    assert response["Cache-Control"] == "no-store"


def test_each_sign_in_is_a_session_and_an_event(
    anonymous: APIClient, person: User
) -> None:
    for _ in range(2):
        anonymous.post(URL, {"username": "owner", "password": PASSWORD})

    person.refresh_from_db()
    assert Session.objects.filter(user=person, ended_at=None).count() == 2
    assert Event.objects.filter(verb="session_started").count() == 2
    assert person.last_login is not None


def test_nobody_learns_whether_the_name_or_the_password_was_wrong(
    anonymous: APIClient, person: User
) -> None:
    wrong = answer_to(anonymous, username="owner", password="not my password")
    unknown = answer_to(anonymous, username="nobody", password=PASSWORD)
    person.is_active = False
    person.save()
    inactive = answer_to(anonymous, username="owner", password=PASSWORD)

    assert wrong == unknown == inactive
    assert wrong["code"] == "invalid_credentials"
    assert not Session.objects.exists()


def test_whoever_it_is_an_answer_costs_one_hash(
    anonymous: APIClient,
    person: User,
    make_user: Callable[..., User],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_user("gone", password=person.password, is_active=False)
    make_user("without", password=make_password(None))
    encode = PBKDF2PasswordHasher.encode
    hashed: list[str] = []

    def counted(self: Any, password: str, *args: Any, **kwargs: Any) -> str:
        hashed.append(password)
        return encode(self, password, *args, **kwargs)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    for count, name in enumerate(["nobody", "owner", "gone", "without"], start=1):
        answer_to(anonymous, username=name, password="guess")
        assert len(hashed) == count, name


def test_a_user_without_a_password_cannot_sign_in(
    anonymous: APIClient, owner: User
) -> None:
    owner.set_unusable_password()
    owner.save()

    body = answer_to(anonymous, username="owner", password="!")

    assert body["code"] == "invalid_credentials"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "owner"},
        {"username": "owner", "password": ""},
        {"username": ["owner"], "password": "x"},
        {"username": "owner", "password": {"$ne": ""}},
        {"username": "owner", "password": "x" * 129},
        {"username": "owner", "password": "x", "remember": True},
    ],
)
def test_odd_credentials_are_invalid(anonymous: APIClient, body: Any) -> None:
    response = anonymous.post(URL, body)

    assert response.status_code == 400
    assert response.json()["code"] == "validation_error"


def test_cookie_mode_keeps_the_refresh_token_from_scripts(
    anonymous: APIClient, person: User
) -> None:
    credentials = {"username": "owner", "password": PASSWORD}
    response = anonymous.post(URL, credentials, HTTP_X_AUTH_MODE="cookie")

    assert set(response.json()) == {"access", "user"}
    cookie = response.cookies["refresh_token"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/api/auth/"
    assert cookie["max-age"] == 30 * 24 * 3600
    assert not cookie["secure"]  # the tests' site is http
    assert not cookie["domain"]


def test_an_unknown_mode_is_refused(anonymous: APIClient, person: User) -> None:
    credentials = {"username": "owner", "password": PASSWORD}
    response = anonymous.post(URL, credentials, HTTP_X_AUTH_MODE="local-storage")

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/X-Auth-Mode"
    assert not Session.objects.exists()


def test_an_old_hash_is_upgraded(anonymous: APIClient, person: User) -> None:
    person.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=10)
    person.save()

    response = anonymous.post(URL, {"username": "owner", "password": PASSWORD})

    assert response.status_code == 200
    person.refresh_from_db()
    assert int(person.password.split("$")[1]) > 10


def test_half_a_credential_is_nobody(person: User) -> None:
    assert authenticate(username="owner") is None
    assert authenticate(password=PASSWORD) is None
