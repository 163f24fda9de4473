"""Pages of other origins: none may, but those that the operator has named."""

from typing import Any

import pytest
from corsheaders.checks import check_settings
from django.conf import settings as site
from pytest_django import Settings
from rest_framework.test import APIClient

TASKS = "/api/tasks/"
NAMED = "https://board.example.org"

pytestmark = pytest.mark.django_db


@pytest.fixture
def _is_named(settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [NAMED]


def preflight(client: APIClient, method: str, headers: str = "", **extra: str) -> Any:
    return client.options(
        extra.get("path", TASKS),
        HTTP_ORIGIN=extra.get("origin", NAMED),
        HTTP_ACCESS_CONTROL_REQUEST_METHOD=method,
        HTTP_ACCESS_CONTROL_REQUEST_HEADERS=headers,
    )


def allowed(response: Any) -> dict[str, str]:
    return {
        name: value
        for name, value in response.items()
        if name.lower().startswith("access-control-")
    }


def names(header: str) -> set[str]:
    return {name.strip().lower() for name in header.split(",")}


def test_it_is_closed_by_default(anonymous: APIClient, api: APIClient) -> None:
    assert site.CORS_ALLOWED_ORIGINS == []

    assert allowed(preflight(anonymous, "POST")) == {}
    assert allowed(api.get(TASKS, HTTP_ORIGIN=NAMED)) == {}


@pytest.mark.usefixtures("_is_named")
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_named_origin_may_send_what_clients_send(
    anonymous: APIClient, method: str
) -> None:
    asked = "authorization,content-type,idempotency-key,if-match,if-none-match"
    asked += ",x-auth-mode,x-request-id"
    response = preflight(anonymous, method, asked)

    assert response.status_code == 200
    assert response.content == b""
    assert response["Access-Control-Allow-Origin"] == NAMED
    assert response["Access-Control-Allow-Credentials"] == "true"
    assert method.lower() in names(response["Access-Control-Allow-Methods"])
    assert names(asked) <= names(response["Access-Control-Allow-Headers"])
    assert "origin" in names(response["Vary"])


@pytest.mark.usefixtures("_is_named")
def test_a_named_origin_may_read_what_clients_read(
    api: APIClient, anonymous: APIClient
) -> None:
    created = api.post(TASKS, {"title": "x"}, HTTP_ORIGIN=NAMED)
    refused = anonymous.get(TASKS, HTTP_ORIGIN=NAMED)

    assert (created.status_code, refused.status_code) == (201, 401)
    for response in (created, refused):
        assert response["Access-Control-Allow-Origin"] == NAMED
        assert "origin" in names(response["Vary"])
        assert names(response["Access-Control-Expose-Headers"]) == {
            "content-disposition",
            "etag",
            "idempotency-replayed",
            "location",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
            "x-request-id",
            "x-task-count",
        }


@pytest.mark.usefixtures("_is_named")
@pytest.mark.parametrize(
    "origin",
    [
        "https://board.example.org.evil.example",
        "https://evil.example",
        "http://board.example.org",
        "https://board.example.org:8443",
        "https://sub.board.example.org",
        "null",
        "https://[",
        "",
    ],
)
def test_no_other_may(api: APIClient, anonymous: APIClient, origin: str) -> None:
    assert allowed(preflight(anonymous, "POST", origin=origin)) == {}
    assert allowed(api.get(TASKS, HTTP_ORIGIN=origin)) == {}


@pytest.mark.usefixtures("_is_named")
@pytest.mark.parametrize("path", ["/admin/nowhere/", "/health/live/"])
def test_a_named_origin_may_use_the_api_and_nothing_else(
    anonymous: APIClient, path: str
) -> None:
    assert allowed(preflight(anonymous, "POST", path=path)) == {}
    assert allowed(anonymous.get(path, HTTP_ORIGIN=NAMED)) == {}


@pytest.mark.parametrize(
    "origin", ["*", "board.example.org", "https://board.example.org/", "https://"]
)
def test_what_is_no_origin_is_refused_at_the_start(
    settings: Settings, origin: str
) -> None:
    settings.CORS_ALLOWED_ORIGINS = [origin]

    assert check_settings()


@pytest.mark.usefixtures("_is_named")
def test_a_named_origin_may_use_cookie_mode(anonymous: APIClient, owner: Any) -> None:
    response = anonymous.post(
        "/api/auth/token/refresh/",
        {},
        HTTP_ORIGIN=NAMED,
        HTTP_SEC_FETCH_SITE="same-site",
        HTTP_X_AUTH_MODE="cookie",
    )

    assert response.status_code == 401  # there is no cookie; 403 for other origins
    assert response["Access-Control-Allow-Credentials"] == "true"
