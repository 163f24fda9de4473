"""How often a password may be tried, with Redis and without."""

from collections import Counter
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from common import attempts
from common.attempts import (
    Limit,
    TooManyAttempts,
    count_attempt,
    forget_attempts,
    login_account,
)
from common.models import Attempts
from common.purging import purge_attempts
from common.tests.redis_away import redis_away
from common.tests.threads import run_at_once

URL = "/api/auth/token/"
PASSWORD = "correct horse battery"
WRONG = "wrong"

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(owner: User) -> User:
    owner.set_password(PASSWORD)
    owner.save()
    return owner


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PER_ACCOUNT", Limit(3, 900))


def sign_in(name: str = "owner", password: str = WRONG, **extra: Any) -> Any:
    return APIClient().post(URL, {"username": name, "password": password}, **extra)


def codes(*answers: Any) -> list[int]:
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize("name", ["owner", "nobody"])
@pytest.mark.parametrize("redis", [nullcontext, redis_away], ids=["with", "without"])
def test_ten_wrong_passwords_and_no_more(person: User, name: str, redis: Any) -> None:
    with redis():
        answers = [sign_in(name) for _ in range(12)]

    assert codes(*answers) == [401] * 10 + [429] * 2
    assert answers[-1].json()["code"] == "throttled"
    assert 0 < int(answers[-1]["Retry-After"]) <= 900


@pytest.mark.usefixtures("three")
def test_then_even_the_right_password_must_wait(person: User) -> None:
    for _ in range(3):
        sign_in()

    assert sign_in(password=PASSWORD).status_code == 429
    assert sign_in("owner@example.org", PASSWORD).status_code == 200


@pytest.mark.usefixtures("three")
def test_the_right_password_starts_anew(person: User) -> None:
    for _ in range(2):
        assert codes(sign_in(), sign_in()) == [401] * 2
        assert sign_in(password=PASSWORD).status_code == 200


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("owner", ["OWNER", " owner ", "Owner"]),
        ("admin", ["ADMIN", "adm\u0131n", "\uff41dmin"]),
        ("kasse", ["KASSE", "ka\u017fse", "kas\u017fe"]),
    ],
)
def test_another_spelling_is_no_new_try(person: User, name: str, others: Any) -> None:
    answers = [sign_in(other) for other in others]

    assert codes(*answers, sign_in(name)) == [401] * 3 + [429]


@pytest.mark.usefixtures("three")
def test_an_account_is_limited_wherever_it_is_tried_from(person: User) -> None:
    answers = [
        sign_in(HTTP_X_REAL_IP=f"192.0.2.{n}", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
        for n in range(5)
    ]

    assert codes(*answers) == [401] * 3 + [429] * 2


def test_an_address_is_limited_whatever_it_tries(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "PER_ADDRESS", Limit(4, 60))
    here = [
        sign_in(f"user{n}", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}")
        for n in range(6)
    ]
    body = {"username": "new", "email": "new@example.org", "password": PASSWORD}
    register = APIClient().post("/api/auth/register/", body, REMOTE_ADDR="192.0.2.1")

    assert codes(*here) == [401] * 4 + [429] * 2
    assert register.status_code == 429
    assert sign_in("user1", REMOTE_ADDR="192.0.2.2").status_code == 401


def test_an_address_over_its_limit_uses_up_no_account(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "PER_ADDRESS", Limit(1, 60))
    for _ in range(20):
        sign_in(REMOTE_ADDR="192.0.2.1")

    assert sign_in(password=PASSWORD, REMOTE_ADDR="192.0.2.2").status_code == 200


@pytest.mark.usefixtures("three")
def test_it_ends_with_its_time(person: User) -> None:
    for _ in range(4):
        sign_in()
    assert sign_in().status_code == 429
    Attempts.objects.update(expires_at=F("expires_at") - timedelta(minutes=15))

    assert codes(*(sign_in() for _ in range(4))) == [401] * 3 + [429]


def test_no_name_is_stored(person: User) -> None:
    sign_in("my password by mistake")

    keys = list(Attempts.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert not any("my" in key or "password" in key for key in keys)


def test_a_request_without_credentials_is_no_attempt(anonymous: APIClient) -> None:
    anonymous.post(URL, {"username": "owner"})

    assert not Attempts.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_exactly_as_many_pass_as_may(person: User) -> None:
    answers = run_at_once(20, lambda: [sign_in().status_code for _ in range(5)])

    assert Counter(code for some in answers for code in some) == {401: 10, 429: 90}


@pytest.mark.django_db(transaction=True)
def test_an_attempt_counts_even_if_the_request_then_fails(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*args: object) -> None:
        raise OSError("killed while it hashed")

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", dies)
    api = APIClient(raise_request_exception=False)
    credentials = {"username": "owner", "password": "wrong"}
    for _ in range(10):
        assert api.post(URL, credentials).status_code == 500
    monkeypatch.undo()

    assert sign_in().status_code == 429


@pytest.mark.django_db(transaction=True)
def test_it_cannot_be_counted_where_it_could_be_taken_back() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        count_attempt(address="192.0.2.1")


def test_one_is_told_the_longer_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PER_ACCOUNT", Limit(1, 900))
    count_attempt(address="192.0.2.1", account="x")
    with pytest.raises(TooManyAttempts) as refused:
        count_attempt(address="192.0.2.1", account="x")

    assert refused.value.wait == 900
    forget_attempts(account="x")
    count_attempt(address="192.0.2.1", account="x")


def test_old_counters_are_purged(person: User) -> None:
    sign_in()
    sign_in("other")
    account = attempts.account_key(login_account("other"))
    Attempts.objects.exclude(pk=account).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )

    assert purge_attempts() == 2
    assert Attempts.objects.get().pk == account
    assert purge_attempts() == 0


@pytest.mark.usefixtures("three")
def test_the_admins_sign_in_is_limited_as_well(admin: User, settings: Settings) -> None:
    settings.STORAGES = {  # the pages' static files need no collecting here
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }
    admin.set_password(PASSWORD)
    admin.save()
    url = "/admin/login/?next=/admin/"

    def enter(password: str) -> Any:
        return Client().post(url, {"username": "admin", "password": password})

    assert codes(enter("no"), enter("no"), enter(PASSWORD)) == [200, 200, 302]
    assert codes(enter("no"), sign_in("ADMIN"), enter("no")) == [200, 401, 200]
    refused = enter(PASSWORD)
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert 0 < int(refused["Retry-After"]) <= 900
    assert Client().get(url).status_code == 200
