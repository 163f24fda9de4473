"""Whatever is sent to whichever route, the answer is a problem and never a crash."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import TokenPair
from tests.routes import all_routes

ROUTES = [route for route in all_routes() if route.startswith("api/")]
JSON_ROUTES = [route for route in ROUTES if route not in ("api/schema/", "api/docs/")]
WRITES = ("POST", "PUT", "PATCH")

BODIES: dict[str, str | bytes] = {
    "nothing of JSON": "<xml/>",
    "half an object": '{"title": ',
    "a list": '[{"title": "x"}]',
    "a number": "5",
    "null": "null",
    "NaN": '{"title": NaN}',
    "a name twice": '{"title": "x", "title": "y"}',
    "NUL": '{"title": "a\\u0000b"}',
    "a NUL name": '{"\\u0000": 1}',
    "a lone surrogate": '{"title": "\\ud83d"}',
    "latin-1": b'{"title": "\xe9"}',
    "utf-16": '{"title": "x"}'.encode("utf-16"),
    "a huge integer": '{"id": ' + "9" * 4_000 + "}",
    "an integer beyond 64 bits": '{"read": 9223372036854775808}',
    "5,000 lists": '{"title": ' + "[" * 5_000 + "]" * 5_000 + "}",
    "5,000 objects": '{"a":' * 5_000 + "1" + "}" * 5_000,
    "an unknown field": '{"__proto__": {"role": "admin"}}',
    "every odd type": '{"title": {}, "username": [], "refresh": {}, "read": []}',
    "infinity": '{"up_to": 1e999, "title": 1e999, "refresh": 1e999}',
    "too much": '{"title": "' + "x" * 70_000 + '"}',
}
CONTENT_TYPES = ["text/plain", "multipart/form-data", "application/xml", "x" * 2_000]

QUERIES = [
    "unknown=1",
    "%00=1",
    "limit=%00",
    "limit=%ff",
    "cursor=%ed%a0%80",
    "format=xml",
    "limit=1&__proto__=x",
    "a[$ne]=1",
    "&".join(f"a{n}=1" for n in range(1_001)),
    "x" * 8_000 + "=1",
]

HEADERS: list[dict[str, str]] = [
    {"HTTP_ACCEPT": "text/html"},
    {"HTTP_ACCEPT": "x" * 8_000},
    {"HTTP_ACCEPT": "application/json; q=\xff, ;;;,"},
    {"HTTP_ACCEPT": "*/*;version=" + "9" * 5_000},
    {"HTTP_ACCEPT_LANGUAGE": "\xff" * 500},
    {"HTTP_AUTHORIZATION": "Bearer \xff\xfe"},
    {"HTTP_AUTHORIZATION": "Bearer " + "." * 50_000},
    {"HTTP_AUTHORIZATION": "Basic OnN3b3JkZmlzaA=="},
    {"HTTP_COOKIE": "refresh_token=\xff; sessionid=\xff; csrftoken=%00"},
    {"HTTP_COOKIE": "=;;=;\x01" * 500},
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "testserver:99999999999"},
    {"HTTP_IF_MATCH": '"' + "9" * 5_000},
    {"HTTP_IF_MATCH": ""},
    {"HTTP_IF_NONE_MATCH": "W/" * 5_000},
    {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
    {"HTTP_IDEMPOTENCY_KEY": "\xff" * 300},
    {"HTTP_ORIGIN": "http://["},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_RANGE": "bytes=-1-,9-1"},
    {"HTTP_X_AUTH_MODE": "cookie", "HTTP_ORIGIN": "http://["},
    {"HTTP_X_AUTH_MODE": "\xff"},
    {"HTTP_X_FORWARDED_FOR": "' OR 1=1 --"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_PROTO": "gopher"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    {"HTTP_X_REAL_IP": "not an address"},
    {"HTTP_X_REQUEST_ID": "x\r\nSet-Cookie: a=b"},
    {"CONTENT_LENGTH": "-1"},
    {"CONTENT_LENGTH": "nonsense"},
    {"CONTENT_TYPE": "application/json; charset=klingon"},
]

PATHS = [
    "/api/tasks/%00/",
    "/api/tasks/%ff/",
    "/api/tasks/..%2f..%2fetc%2fpasswd/",
    "/api/tasks/../auth/me",
    "/api//tasks/",
    "/api/tasks/1/1/",
    "/api/tasks/1/restore",
    "/api/tasks/99999999999999999999/",
    "/api/tasks/-1/",
    "/api/tasks/1.json",
    "/api/tasks.json",
    "/api/tasks/%E2%80%AE/",
    "/api/labels/%00/",
    "/api/labels/%ff/",
    "/api/labels//",
    "/api/labels/%0a/",
    "/api/labels/..%2f..%2fetc%2fpasswd/",
    "/api/labels/" + "a" * 5_000 + "/",
    "/api/notifications/0/",
    "/api/notifications/NaN/",
    "/api/auth/token/verify/",
    "/api/auth/",
    "/.env",
    "/.git/config",
    "/metrics",
    "/static/../manage.py",
    "/" + "a" * 5_000,
    "/" + "a/" * 2_000,
    "/\u202e",
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_static_manifest(settings: Settings) -> None:
    settings.STORAGES = {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }


@pytest.fixture
def attacker(owner: User, session_of: Callable[[User], TokenPair]) -> APIClient:
    """Signed in, because that reaches further."""
    access = session_of(owner).access
    return APIClient(
        raise_request_exception=False, HTTP_AUTHORIZATION=f"Bearer {access}"
    )


def path_of(route: str, api: APIClient) -> str:
    if "{" not in route:
        return f"/{route}"
    task = api.post("/api/tasks/", {"title": "x", "labels": ["home"]}).json()
    return f"/{route.format(pk=task['id'], name='home')}"


def assert_problem(response: Any, *, may_succeed: bool = False) -> None:
    status = response.status_code
    if may_succeed and status < 400:
        return
    assert 400 <= status < 500, (status, response.content[:500])
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["request_id"] == response["X-Request-ID"]


@pytest.mark.parametrize("route", JSON_ROUTES)
@pytest.mark.parametrize("name", BODIES)
def test_no_body_is_too_odd(attacker: APIClient, route: str, name: str) -> None:
    path, body = path_of(route, attacker), BODIES[name]
    raw: Any = body.encode() if isinstance(body, str) else body
    for method in WRITES:
        response = attacker.generic(
            method, path, raw, content_type="application/json", HTTP_IF_MATCH="*"
        )
        assert_problem(response)


@pytest.mark.parametrize("route", JSON_ROUTES)
def test_no_content_type_is_too_odd(attacker: APIClient, route: str) -> None:
    path = path_of(route, attacker)
    for content_type in CONTENT_TYPES:
        for method in WRITES:
            response = attacker.generic(
                method, path, '{"title": "x"}', content_type, HTTP_IF_MATCH="*"
            )
            assert_problem(response)


@pytest.mark.parametrize("route", JSON_ROUTES)
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:20])
def test_no_query_is_too_odd(attacker: APIClient, route: str, query: str) -> None:
    path = path_of(route, attacker)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        assert_problem(attacker.generic(method, path, QUERY_STRING=query))


@pytest.mark.parametrize("route", ROUTES)
def test_no_header_is_too_odd(attacker: APIClient, route: str) -> None:
    path = path_of(route, attacker)
    for headers in HEADERS:
        for method in ("GET", "POST", "PATCH", "DELETE"):
            extra: dict[str, Any] = headers
            response = attacker.generic(method, path, "{}", **extra)
            assert_problem(response, may_succeed=True)
            assert "Set-Cookie: a=b" not in str(response.headers)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:30])
def test_no_path_is_too_odd(attacker: APIClient, path: str) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        assert_problem(attacker.generic(method, path, "{}"))


@pytest.mark.parametrize("route", JSON_ROUTES)
def test_a_method_that_is_not_there_is_405_whatever_the_query(
    attacker: APIClient, route: str
) -> None:
    path = path_of(route, attacker)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        if attacker.generic(method, path).status_code == 405:
            response = attacker.generic(method, path, QUERY_STRING="limit=1&since=x")
            assert response.status_code == 405


def test_a_host_that_is_not_ours_gets_no_link_to_itself(attacker: APIClient) -> None:
    for _ in range(2):
        attacker.post("/api/tasks/", {"title": "x"})

    page = attacker.get("/api/tasks/?limit=1", HTTP_X_FORWARDED_HOST="evil.example")

    assert page.json()["next"].startswith("http://testserver/")
