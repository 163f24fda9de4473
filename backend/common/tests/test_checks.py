from collections.abc import Callable
from typing import Any

import pytest
from django.urls import include, path
from pytest_django import Settings
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from common.checks import (
    forgetful_views,
    posts_happen_once,
    secrets_are_real,
    site_is_declared,
)
from common.idempotency import IdempotentPosts

GOOD = "Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHNlY3JldA"


def ids_of(check: Callable[..., Any]) -> list[str]:
    return [str(message.id) for message in check(None)]


@pytest.fixture(autouse=True)
def _good_settings(settings: Settings) -> None:
    settings.DEBUG = False
    settings.SECRET_KEY = GOOD
    settings.JWT_SIGNING_KEY = GOOD[::-1]
    settings.SITE_URL = "https://tasks.example.org"
    settings.ALLOWED_HOSTS = ["tasks.example.org"]


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
    settings.SECRET_KEY = "ü" * 16

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
