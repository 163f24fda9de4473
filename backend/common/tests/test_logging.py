"""Request ids and log lines."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import resolve
from rest_framework.test import APIClient

from common.logging import current_request_id
from devstack.paths import BACKEND

pytestmark = pytest.mark.django_db


def lines_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines as they leave the process."""
    (handler,) = (
        handler
        for handler in logging.getLogger().handlers
        if type(handler) is logging.StreamHandler
    )
    return [handler.format(record) for record in caplog.records]


@pytest.mark.parametrize(
    "sane",
    # pragma: allowlist nextline secret
    ["abcdefgh", "4bf92f3577b34da6a3ce929d0e0e4736", "A.b_c-123", "x" * 64],
)
def test_a_sane_request_id_is_kept(api: APIClient, sane: str) -> None:
    response = api.get("/api/tasks/0/", HTTP_X_REQUEST_ID=sane)

    assert response["X-Request-ID"] == sane
    assert response.json()["request_id"] == sane


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "short",
        "x" * 65,
        "has space",
        "line\nbreak",
        "<script>",
        "é" * 10,
        "a" * 9 + "\n",
    ],
)
@pytest.mark.parametrize("url", ["/api/tasks/0/", "/api/tasks/?x=1", "/nowhere/"])
def test_any_other_is_replaced_everywhere(api: APIClient, odd: str, url: str) -> None:
    response = api.get(url, HTTP_X_REQUEST_ID=odd)

    made_up = response["X-Request-ID"]
    assert made_up != odd
    assert len(made_up) == 32
    assert response.json()["request_id"] == made_up


def test_each_request_gets_its_own(api: APIClient) -> None:
    first, second = (api.get("/api/tasks/")["X-Request-ID"] for _ in range(2))

    assert first != second


def test_a_request_is_one_line_without_secrets(
    owner: Any,
    session_of: Callable[[Any], Any],
    anonymous: APIClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    token = session_of(owner).access
    caplog.set_level(logging.DEBUG)
    response = anonymous.post(
        "/api/tasks/?search=my-illness",
        {"title": "private matter"},
        HTTP_AUTHORIZATION=f"Bearer {token}",
    )

    lines = lines_of(caplog)
    (line,) = (line for line in lines if "request_finished" in line)
    assert response["X-Request-ID"] in line
    assert "POST /api/tasks/" in line
    assert "duration_ms" in line
    for secret in ("my-illness", "private matter", token):
        assert not any(secret in line for line in lines)


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_each_line_says_when_where_and_how_bad(log_format: str) -> None:
    """Ours and the standard library's, as a process of its own writes them."""
    program = (
        "import logging, structlog; from common.logging import logging_config;"
        f"logging_config(log_format={log_format!r}, level='INFO');"
        "structlog.get_logger('ours').warning('odd', what={1, 2}, when=None);"
        "structlog.get_logger('ours').debug('unsaid');"
        "logging.getLogger('theirs').error('bad: %s', 'very');"
        "logging.getLogger('theirs').error({'a': 'dict'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=BACKEND,
        capture_output=True,
        text=True,
        check=True,
    )

    lines = done.stderr.splitlines()
    assert len(lines) == 3
    if log_format == "json":
        ours, theirs, odd = map(json.loads, lines)
        assert (ours["event"], ours["level"], ours["logger"]) == (
            "odd",
            "warning",
            "ours",
        )
        assert (ours["what"], ours["when"]) == ("{1, 2}", None)
        assert (theirs["event"], theirs["level"]) == ("bad: very", "error")
        assert odd["event"] == "{'a': 'dict'}"
        assert all(line["timestamp"].endswith("Z") for line in (ours, theirs, odd))


def test_a_password_is_in_no_line(
    anonymous: APIClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = {"username": "owner", "password": "correct horse battery"}

    anonymous.post("/api/auth/token/", body)

    lines = "\n".join(lines_of(caplog))
    assert "request_finished" in lines
    assert "correct horse battery" not in lines


def facts_of(caplog: pytest.LogCaptureFixture, event: str) -> dict[str, Any]:
    """What the one line about this event says."""
    (facts,) = (
        record.msg
        for record in caplog.records
        if isinstance(record.msg, dict) and record.msg["event"] == event
    )
    return facts


def test_a_crash_leaves_its_traceback_beside_the_request_s_line(
    api: APIClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("nobody thought of this")

    view: Any = resolve("/api/tasks/7/").func
    monkeypatch.setattr(view.cls, "retrieve", crash)
    api.raise_request_exception = False
    caplog.set_level(logging.INFO)
    response = api.get("/api/tasks/7/")

    assert response.status_code == 500
    assert "RuntimeError: nobody thought of this" in "".join(lines_of(caplog))
    failed, finished = (
        facts_of(caplog, f"request_{end}") for end in ("failed", "finished")
    )
    assert finished["code"] == 500
    assert finished["level"] == failed["level"] == "error"
    assert finished["request_id"] == failed["request_id"] == response["X-Request-ID"]


def test_the_line_says_who_asked_and_from_where(
    api: APIClient, owner: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    api.get(
        "/api/tasks/",
        HTTP_X_FORWARDED_FOR="198.51.100.7",
        HTTP_X_REAL_IP="192.0.2.1",
    )

    finished = facts_of(caplog, "request_finished")
    assert (finished["user_id"], finished["ip"]) == (owner.pk, "192.0.2.1")
    assert "198.51.100.7" not in "".join(lines_of(caplog))


def test_what_was_refused_is_a_line_with_who_asked(
    api: APIClient, owner: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert api.get("/api/users/").status_code == 403

    finished = facts_of(caplog, "request_finished")
    assert (finished["code"], finished["user_id"]) == (403, owner.pk)
    assert finished["request"] == "GET /api/users/"


def test_a_failed_sign_in_is_a_line_with_its_address(
    anonymous: APIClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    wrong = {"username": "owner", "password": "not the password"}
    anonymous.post("/api/auth/token/", wrong, HTTP_X_REAL_IP="192.0.2.1")

    finished = facts_of(caplog, "request_finished")
    assert (finished["code"], finished["ip"]) == (401, "192.0.2.1")
    assert finished["request"] == "POST /api/auth/token/"


def test_nothing_of_a_request_is_said_of_the_next(api: APIClient) -> None:
    api.get("/api/tasks/")

    assert current_request_id() == ""
