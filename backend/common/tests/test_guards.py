from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    ["search=%00", "%00=1", "status=a%00b", "a=%ff", "a=%ed%a0%80", "a=%c0%80", "\xff"],
)
def test_a_query_string_the_database_could_not_hold(api: APIClient, query: str) -> None:
    response: Any = api.generic("GET", "/api/tasks/", QUERY_STRING=query)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "bad_request"


@pytest.mark.parametrize("path", ["/api/tasks/%00/", "/%00", "/api/\x00/"])
def test_a_path_with_nul(api: APIClient, path: str) -> None:
    assert api.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/api/tasks/%ff/", "/%ed%a0%80", "/api/%c0%80/"])
def test_a_path_that_is_not_utf8_is_nowhere(api: APIClient, path: str) -> None:
    assert api.get(path).status_code == 404


def test_other_text_passes(api: APIClient) -> None:
    response = api.get("/api/tasks/?gr%C3%B6%C3%9Fe=%F0%9F%98%80")

    assert response.json()["errors"][0]["code"] == "unknown_parameter"


def test_a_call_without_tls_is_refused_where_there_is_tls(
    api: APIClient, settings: Settings
) -> None:
    log, *others = settings.MIDDLEWARE
    settings.MIDDLEWARE = [log, "common.guards.PlainHttpMiddleware", *others]
    settings.SECURE_SSL_REDIRECT = True
    proxied: dict[str, Any] = {"HTTP_X_FORWARDED_PROTO": "https"}

    refused = api.get("/api/tasks/")
    assert refused.status_code == 400
    assert refused.json()["code"] == "bad_request"
    assert api.get("/problems/not_found").status_code == 301
    assert api.get("/api/tasks/", **proxied).status_code == 200
