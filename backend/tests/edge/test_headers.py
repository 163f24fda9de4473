"""Every answer has every security header: each route, each method, each failure."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest

from tasks.models import SavedFilter
from tests.edge.wire import Answer, Site
from tests.routes import METHODS
from tests.security_headers import assert_secure
from tests.test_access_matrix import TABLE

PUBLIC = ("api/schema/", "api/docs/")
"""Below /api/ and the same for everybody."""


@pytest.fixture(scope="module")
def person(site: Site) -> dict[str, str]:
    return site.register()[1]


def new_task(site: Site, person: dict[str, str]) -> int:
    body = {"title": "x", "labels": ["home"]}
    answer = site.ask("POST", "/api/tasks/", headers=person, body=body)
    return int(json.loads(answer.body)["id"])


@pytest.mark.parametrize("route", sorted(TABLE))
def test_on_every_route(site: Site, person: dict[str, str], route: str) -> None:
    signed_in = person if "logout" not in route else site.register()[1]
    for method in METHODS:
        pk = new_task(site, person) if "{" in route else None
        path = f"/{route.format(pk=pk, name='home')}".replace("<slug:code>", "odd")
        for headers in ({}, signed_in):
            body: Any = {} if method in ("POST", "PUT", "PATCH") else None
            answer = site.ask(method, path, headers=headers, body=body)
            assert answer.status < 500
            assert_secure(answer.headers)
            if route.startswith("api/") and route not in PUBLIC:
                assert_private(answer)
    assert site.ask("GET", "/api/auth/me/", headers=person).status == 200


def assert_private(answer: Answer) -> None:
    """No cache may hand it to somebody else, nor a browser show it unasked."""
    said = answer.headers["Cache-Control"]
    assert said in ("private, no-cache", "private, no-store", "no-store"), said


def test_answers_with_tokens_are_stored_nowhere(site: Site) -> None:
    name, person = site.register()
    body = {"username": name, "password": "correct-horse-battery"}
    signed_in = site.ask("POST", "/api/auth/token/", body=body)
    refresh = {"refresh": json.loads(signed_in.body)["refresh"]}
    token = {"name": "x", "scope": "read"}
    answers = [
        signed_in,
        site.ask("POST", "/api/auth/token/refresh/", body=refresh),
        site.ask("POST", "/api/auth/tokens/", headers=person, body=token),
        site.ask("POST", "/api/realtime/ticket/", headers=person),
    ]

    assert [answer.status for answer in answers] == [200, 200, 201, 200]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


PAGES = [
    ("GET", "/", 200),
    ("GET", "/tasks", 200),
    ("HEAD", "/tasks", 200),
    ("GET", "/index.html", 200),
    ("GET", "/assets/app-1a2b3c.js", 200),
    ("GET", "/assets/", 404),
    ("GET", "/assets/gone.js", 404),
    ("GET", "/gone.png", 404),
    ("POST", "/tasks", 405),
    ("TRACE", "/tasks", 405),
    ("GET", "/admin", 308),
    ("GET", "/admin/", 302),
    ("GET", "/admin/login/", 200),
    ("POST", "/admin/login/", 403),
    ("GET", "/admin/none/", 302),
    ("GET", "/problems/not_found", 200),
    ("GET", "/problems/odd", 404),
    ("GET", "/api/none/", 404),
    ("GET", "/api/docs/", 200),
    ("GET", "/static/admin/css/none.css", 404),
    ("GET", "/health/live/", 200),
    ("GET", "/health/ready/", 200),
    ("GET", "/health/", 404),
    ("GET", "/metrics", 404),
    ("GET", "/ws/", 404),
    ("GET", "/.env", 404),
    ("GET", "/api/%ff/", 404),
    ("GET", "/api/tasks/%00/", 400),
    ("GET", f"/api/{'x' * 9_000}", 414),
]


@pytest.mark.parametrize(("method", "path", "status"), PAGES)
def test_on_every_page(site: Site, method: str, path: str, status: int) -> None:
    answer = site.ask(method, path)

    assert answer.status == status
    assert_secure(answer.headers)


def test_on_the_files_of_the_admin_and_the_docs(site: Site) -> None:
    for page in ("/admin/login/", "/api/docs/"):
        body = site.ask("GET", page).body.decode()
        files = {word for word in body.split('"') if word.startswith("/static/")}
        assert files
        for file in files:
            answer = site.ask("GET", file)
            assert answer.status == 200
            assert_secure(answer.headers)


REFUSED: list[tuple[dict[str, str], int]] = [
    ({"Host": "evil.example"}, 400),
    ({"Host": "two words"}, 400),
    ({"Content-Length": "100000"}, 413),
    ({"X-Large": "x" * 9_000}, 431),
    ({f"X-{n}": "many" for n in range(90)}, 431),
    ({"Transfer-Encoding": "odd"}, 501),
]


@pytest.mark.parametrize(
    ("headers", "status"), REFUSED, ids=[str(status) for _, status in REFUSED]
)
def test_on_what_is_refused(site: Site, headers: dict[str, str], status: int) -> None:
    answer = site.ask("POST", "/api/tasks/", headers=headers)

    assert answer.status == status
    assert_secure(answer.headers)


@contextlib.contextmanager
def renamed(site: Site, table: str) -> Iterator[None]:
    """The database without this table."""
    connection = psycopg2.connect(site.stack.environment["DATABASE_URL"])
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} RENAME TO hidden")
            yield
            cursor.execute(f"ALTER TABLE hidden RENAME TO {table}")
    finally:
        connection.close()


def test_on_a_crash(site: Site, person: dict[str, str]) -> None:
    with renamed(site, SavedFilter._meta.db_table):
        answer = site.ask("GET", "/api/filters/", headers=person)

    assert answer.status == 500
    assert json.loads(answer.body)["code"] == "error"
    assert b"savedfilter" not in answer.body
    assert_secure(answer.headers)


def test_without_its_database(site: Site, person: dict[str, str]) -> None:
    site.stack.stop("postgres")
    try:
        answers = [
            site.ask("GET", "/api/tasks/", headers=person),
            site.ask("GET", "/health/ready/"),
        ]
    finally:
        site.stack.start("postgres")

    for answer in answers:
        assert answer.status == 503
        assert_secure(answer.headers)


def test_without_its_backend(site: Site) -> None:
    site.stack.stop("web")
    site.stack.stop("realtime")
    try:
        paths = ("/api/tasks/", "/admin/", "/static/x", "/problems/x", "/ws/")
        answers = [site.ask("GET", path) for path in paths]
    finally:
        site.stack.start("realtime")
        site.stack.start("web")

    for answer in answers:
        assert answer.status == 502
        assert_secure(answer.headers)
