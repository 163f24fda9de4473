"""Cookies sign nobody in but at the admin, and its protection against CSRF holds."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_browser(admin: Any, settings: Settings) -> Client:
    settings.STORAGES = {  # the pages' static files need no collecting here
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)
    return browser


def test_the_admin_knows_who_signed_in_by_cookie(admin_browser: Client) -> None:
    page = admin_browser.get("/admin/")

    assert page.status_code == 200
    assert "Vary" in page.headers
    assert page.wsgi_request.user.is_authenticated


@pytest.mark.parametrize("path", ["/api/tasks/", "/api/admin/", "/", "/health/live/"])
def test_nothing_else_looks_at_that_cookie(
    admin_browser: Client, path: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = admin_browser.get(path)

    assert answer.status_code in (200, 401, 404)
    assert not hasattr(answer.wsgi_request, "session")


def test_a_form_of_the_admin_without_its_csrf_token_is_refused(
    admin_browser: Client,
) -> None:
    assert admin_browser.post("/admin/logout/").status_code == 403
    assert admin_browser.get("/admin/").status_code == 200, "still signed in"
