from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import include, path
from pytest_django import Settings
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from common.checks import (
    forgetful_views,
    others_get_no_tracebacks,
    others_sign_in_over_tls,
    posts_happen_once,
    refuse_unsafe_settings,
    secrets_are_real,
    site_is_declared,
)
from common.idempotency import IdempotentPosts

# pragma: allowlist nextline secret
GOOD = "Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHNlY3JldA"


def ids_of(check: Callable[..., Any]) -> list[str]:
    return [str(message.id) for message in check(None)]


@pytest.fixture(autouse=True)
def _good_settings(settings: Settings) -> None:
    settings.DEBUG = False
    settings.SECRET_KEY = GOOD
    settings.JWT_SIGNING_KEY = GOOD[::-1]
    settings.SITE_URL = "https://tasks.example.org"
    settings.IS_HTTPS = True
    settings.ALLOWED_HOSTS = ["tasks.example.org"]
    settings.CORS_ALLOWED_ORIGINS = []


def test_good_settings_pass() -> None:
    assert ids_of(secrets_are_real) == []
    assert ids_of(site_is_declared) == []


@pytest.mark.parametrize("name", ["SECRET_KEY", "JWT_SIGNING_KEY", "JWT_PREVIOUS_KEY"])
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x", "common.E001"),
        ("x" * 31, "common.E001"),
        ("changeme" * 8, "common.E002"),
        ("ChangeThis" * 8, "common.E002"),
        ("django-insecure-" + "x" * 40, "common.E002"),
        ("your-secret-key-goes-here-" + GOOD, "common.E002"),
        ("x" * 64, "common.E002"),
        ("1234567" * 8, "common.E002"),
    ],
)
def test_a_weak_key_is_refused(
    settings: Settings, name: str, value: str, expected: str
) -> None:
    setattr(settings, name, value)

    assert ids_of(secrets_are_real) == [expected]
    (message,) = secrets_are_real(None)
    assert name in str(message.msg)
    assert f"{value}." not in str(message)


def test_a_key_counts_its_bytes(settings: Settings) -> None:
    settings.SECRET_KEY = "äöüßéèçñ" * 2

    assert ids_of(secrets_are_real) == []


def test_one_key_for_both_is_refused(settings: Settings) -> None:
    settings.JWT_SIGNING_KEY = GOOD

    assert ids_of(secrets_are_real) == ["common.E003"]


@pytest.mark.parametrize("url", ["", "tasks.example.org", "ftp://tasks.example.org"])
def test_a_site_needs_an_address(settings: Settings, url: str) -> None:
    settings.SITE_URL = url

    assert ids_of(site_is_declared) == ["common.E004"]


def test_every_host_is_too_many(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    assert ids_of(site_is_declared) == ["common.E005"]


def test_a_developer_may(settings: Settings) -> None:
    settings.DEBUG = True
    settings.SITE_URL = ""
    settings.ALLOWED_HOSTS = ["*"]

    assert ids_of(site_is_declared) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", []),
        ("http://localhost:9000", []),
        ("http://[::1]:9000", []),
        ("http://tasks.localhost", []),
        ("https://tasks.example.org", ["common.E007"]),
        ("http://192.0.2.1", ["common.E007"]),
        ("http://localhost.example.org", ["common.E007"]),
    ],
)
def test_only_oneself_gets_tracebacks(
    settings: Settings, url: str, expected: list[str]
) -> None:
    settings.DEBUG = True
    settings.SITE_URL = url

    assert ids_of(others_get_no_tracebacks) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:9000", []),
        ("http://tasks.example.org", ["common.W001"]),
        ("http://192.168.0.7:9000", ["common.W001"]),
    ],
)
def test_plain_http_for_others_gets_a_word(
    settings: Settings, url: str, expected: list[str]
) -> None:
    settings.SITE_URL = url
    settings.IS_HTTPS = False

    assert ids_of(others_sign_in_over_tls) == expected
    refuse_unsafe_settings()


def test_unsafe_settings_are_refused_with_what_to_set(settings: Settings) -> None:
    refuse_unsafe_settings()
    settings.ALLOWED_HOSTS = ["*"]
    settings.JWT_SIGNING_KEY = GOOD

    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_unsafe_settings()

    assert "ALLOWED_HOSTS accepts every host name. List the names" in str(refused.value)
    assert "JWT_SIGNING_KEY is the same as SECRET_KEY." in str(refused.value)
    assert GOOD not in str(refused.value)


@pytest.mark.parametrize("origin", ["*", "board.example.org", "https://a.example/b"])
def test_an_origin_that_is_none_is_refused(settings: Settings, origin: str) -> None:
    settings.CORS_ALLOWED_ORIGINS = [origin]

    with pytest.raises(ImproperlyConfigured, match="CORS_ALLOWED_ORIGINS"):
        refuse_unsafe_settings()


class Forgetful(APIView):
    def post(self, request: object) -> None: ...


class Mindful(IdempotentPosts):
    def post(self, request: object) -> None: ...


class Public(Forgetful):
    authentication_classes = []


class Ending(Forgetful):
    ends_own_session = True


class Reading(APIView):
    def get(self, request: object) -> None: ...


class Acting(ViewSet):
    def act(self, request: object) -> None: ...


def test_a_post_without_idempotency_key_is_refused() -> None:
    views = [Forgetful, Mindful, Public, Ending, Reading]
    patterns = [path("", view.as_view()) for view in views]
    actions = [path("", Acting.as_view({method: "act"})) for method in ("get", "post")]

    assert ids_of(posts_happen_once) == []
    assert list(forgetful_views([path("", include((patterns, "x")))])) == [Forgetful]
    assert list(forgetful_views(actions)) == [Acting]
