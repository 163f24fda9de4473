"""Every error has one shape, wherever it comes from."""

import re
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import RequestFactory
from django.urls import path
from psycopg2.errors import LockNotAvailable, QueryCanceled
from pytest_django import Settings
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient
from rest_framework.views import APIView

from common.errors import PROBLEMS
from common.problems import csrf_failure, is_database_away, permission_denied
from config import urls

SECRET = "the password is swordfish"


class RaisingView(APIView):
    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    error: Exception = RuntimeError(SECRET)

    def get(self, request: Request) -> Response:
        raise self.error


def plain_view(request: Any) -> Any:
    raise RaisingView.error


urlpatterns = [
    *urls.urlpatterns,
    path("api/raises/", RaisingView.as_view()),
    path("raises/", plain_view),
]
handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500


def assert_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert (
        body.items()
        >= {
            "type": f"/problems/{code}",
            "title": PROBLEMS[code].title,
            "status": status,
            "code": code,
        }.items()
    )
    assert isinstance(body["detail"], str)
    assert body["detail"]
    assert body["request_id"] == response["X-Request-ID"]
    return body


@pytest.fixture
def lenient() -> APIClient:
    """Answers as a server does, where other clients raise the view's exception."""
    return APIClient(raise_request_exception=False)


@pytest.mark.parametrize(
    "url", ["/nowhere/", "/api/nowhere/", "/api/tasks", "/api/tasks/x/", "/api/", "/"]
)
def test_an_unknown_address(anonymous: APIClient, url: str) -> None:
    body = assert_problem(anonymous.get(url), 404, "not_found")
    assert body["errors"] == []


@pytest.mark.django_db
def test_a_method_that_is_not_there(api: APIClient) -> None:
    response = api.put("/api/tasks/", {})

    assert_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*"])
def test_a_representation_that_is_not_there(api: APIClient, accept: str) -> None:
    assert_problem(api.get("/api/tasks/", HTTP_ACCEPT=accept), 406, "not_acceptable")


@pytest.mark.django_db
def test_a_format_parameter_is_as_unknown_as_any(api: APIClient) -> None:
    for value in ("json", "xml"):
        response = api.get(f"/api/tasks/?format={value}")
        assert_problem(response, 400, "validation_error")


@pytest.mark.parametrize("host", ["evil.example", "testserver:x", "a b", "", "[::1"])
def test_a_host_that_is_not_ours(anonymous: APIClient, host: str) -> None:
    response = anonymous.get("/api/tasks/", HTTP_HOST=host)

    assert_problem(response, 400, "bad_request")


def test_nobody_signed_in(anonymous: APIClient) -> None:
    response = anonymous.get("/api/tasks/")

    assert_problem(response, 401, "not_authenticated")
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.django_db
def test_invalid_fields_are_pointed_at(api: APIClient) -> None:
    response = api.post("/api/tasks/", {"title": "x", "labels": ["ok", ""]})

    body = assert_problem(response, 400, "validation_error")
    assert body["errors"] == [
        {
            "pointer": "/labels/1",
            "code": "blank",
            "detail": "This field may not be blank.",
        }
    ]


@pytest.mark.parametrize("url", ["/raises/", "/api/raises/"])
@pytest.mark.urls(__name__)
def test_a_crash_tells_nothing_but_the_requests_id(
    lenient: APIClient, url: str
) -> None:
    response = lenient.get(url)

    assert_problem(response, 500, "error")
    text = response.content.decode()
    assert SECRET not in text
    assert "Traceback" not in text
    assert "RuntimeError" not in text


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("server closed the connection unexpectedly"),
        InterfaceError("connection already closed"),
    ],
)
@pytest.mark.urls(__name__)
def test_a_database_that_is_away_is_worth_another_try(
    lenient: APIClient, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RaisingView, "error", error)

    response = lenient.get("/api/raises/")

    assert_problem(response, 503, "service_unavailable")
    assert response["Retry-After"] == "1"
    assert str(error) not in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_before_the_list_is_worth_another_try(
    api: APIClient,
) -> None:
    """The driver's own error, of preparing a statement, would be a crash."""
    api.raise_request_exception = False
    connection.close()  # so that the next one has prepared nothing
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    parameters = connection.get_connection_params()
    with closing(psycopg2.connect(**parameters)) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])

    lost = api.get("/api/tasks/")

    assert_problem(lost, 503, "service_unavailable")
    assert lost["Retry-After"] == "1"
    connection.close()  # as the next request's health check does
    assert api.get("/api/tasks/").status_code == 200


@pytest.mark.urls(__name__)
def test_a_database_that_refuses_is_a_crash(
    lenient: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RaisingView, "error", DatabaseError("syntax error"))

    assert_problem(lenient.get("/api/raises/"), 500, "error")


@pytest.mark.parametrize("cause", [LockNotAvailable(), QueryCanceled()])
def test_a_timeout_in_the_database_is_worth_another_try(cause: Exception) -> None:
    error = DatabaseError("canceling statement")
    error.__cause__ = cause

    assert is_database_away(error)
    assert not is_database_away(ValueError())


def test_django_s_own_403s_have_the_shape_too(rf: RequestFactory) -> None:
    request = rf.post("/admin/")
    for response in (
        csrf_failure(request, "no cookie"),
        permission_denied(request, PermissionError()),
    ):
        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_form_that_is_too_large(client: Any, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/admin/login/", {"username": "x" * 1_000})

    assert response.status_code in (200, 413)


def test_every_code_in_use_has_a_title() -> None:
    from common import errors  # noqa: PLC0415

    codes = {
        value.default_code
        for value in vars(errors).values()
        if isinstance(value, type) and hasattr(value, "default_code")
    } - {"authentication_failed"}
    assert codes <= set(PROBLEMS)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (RequestDataTooBig(), 413, "payload_too_large"),
        (SuspiciousOperation("odd"), 400, "bad_request"),
    ],
)
@pytest.mark.urls(__name__)
def test_what_django_refuses_has_the_shape_too(
    lenient: APIClient,
    error: Exception,
    status: int,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(RaisingView, "error", error)

    for url in ("/raises/", "/api/raises/"):
        assert_problem(lenient.get(url), status, code)


@pytest.mark.parametrize("code", PROBLEMS)
def test_the_type_of_a_problem_leads_to_a_page_about_it(
    anonymous: APIClient, code: str
) -> None:
    page = anonymous.get(f"/problems/{code}")

    assert page.status_code == 200
    html = page.content.decode()
    assert f"<code>{code}</code>" in html
    (stylesheet,) = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', html)
    assert finders.find(stylesheet)


def test_there_is_no_page_about_a_code_that_is_none(anonymous: APIClient) -> None:
    assert_problem(anonymous.get("/problems/unheard_of"), 404, "not_found")
