"""One request's id leads from nginx to the mail that it caused, and to no secret."""

import json
import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from common.tests.smtp import MailServer
from devstack.stack import Stack
from devstack.tests.test_nginx import make_spa
from tests.stack.people import PASSWORD, Person, eventually

Line = dict[str, Any]
RESET = "/api/auth/password/reset/"


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer
) -> Iterator[Stack]:
    """A stack of its own, whose programs all log as they do in production."""
    home = tmp_path_factory.mktemp("logs")
    settings = {
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "INFO",
    }
    spa = make_spa(home / "spa")
    log = "/dev/stderr json"
    with Stack(home / "stack", settings=settings, spa=spa, access_log=log) as stack:
        yield stack


@pytest.fixture
def person(site: Stack) -> Person:
    return Person.register(site)


def text_of(site: Stack) -> str:
    return (site.home.path / "stack.log").read_text()


def lines_about(site: Stack, request_id: str) -> dict[str, Line]:
    """The JSON lines with this id, by program and event."""
    found = {}
    for line in text_of(site).splitlines():
        program, _, said = line.partition(" | ")
        if f'"request_id": "{request_id}"' in said or f':"{request_id}"' in said:
            facts = json.loads(said)
            found[f"{program.strip()} {facts.get('event', 'request')}"] = facts
    return found


def through_nginx(
    site: Stack, person: Person, path: str, body: Line
) -> tuple[str, requests.Response]:
    """The id that the client chose, and the answer."""
    request_id = f"followed-{secrets.token_hex(8)}"
    headers = {"Authorization": f"Bearer {person.access}", "X-Request-ID": request_id}
    answer = requests.post(f"{site.url}{path}", json=body, headers=headers, timeout=30)
    assert answer.headers["X-Request-ID"] == request_id
    return request_id, answer


def test_a_task_can_be_followed_to_its_mail(site: Stack, person: Person) -> None:
    wishes = {"kinds": {"task_created": {"email": True}}, "digest_hour": None}
    assert person.call("PATCH", "/api/notifications/preferences/", wishes).ok

    request_id, answer = through_nginx(site, person, "/api/tasks/", {"title": "Buy it"})

    assert answer.status_code == 201
    eventually(lambda: "worker mail_sent" in lines_about(site, request_id))
    lines = lines_about(site, request_id)
    assert set(lines) == {
        "nginx request",
        "web request_finished",
        "worker event_relayed",
        "worker mail_sent",
    }
    # The job is named as well, by Celery's id of it.
    assert lines["worker event_relayed"]["task_id"]
    assert lines["worker mail_sent"]["task_id"]
    assert lines["worker event_relayed"]["verb"] == "task_created"


def test_a_forgotten_password_can_be_followed_to_its_mail(
    site: Stack, person: Person, mail_server: MailServer
) -> None:
    address = f"{person.name}@example.org"
    request_id, answer = through_nginx(site, person, RESET, {"email": address})

    assert answer.status_code == 202
    eventually(lambda: "worker mail_sent" in lines_about(site, request_id))
    assert {"nginx request", "web request_finished"} <= set(
        lines_about(site, request_id)
    )
    (mail,) = [each for each in mail_server.inbox if each["To"] == address]
    (link,) = re.findall(r"reset#(\S+)", mail.get_content())
    for part in re.findall(r"=([^&=]{8,})", link):
        assert part not in text_of(site)


def test_no_log_holds_a_secret_or_what_somebody_wrote(
    site: Stack, person: Person
) -> None:
    wrong = "a-wrong-password-of-somebody"
    title = "a title nobody else has"
    requests.post(
        f"{site.url}/api/auth/token/",
        json={"username": person.name, "password": wrong},
        timeout=30,
    )
    request_id, _ = through_nginx(site, person, "/api/tasks/", {"title": title})
    person.call("GET", "/api/tasks/?search=sought-by-nobody-else")
    refreshed = person.spend(person.refresh).json()
    eventually(lambda: "worker event_relayed" in lines_about(site, request_id))

    log = text_of(site)

    spent = [person.access, person.refresh, refreshed["access"], refreshed["refresh"]]
    for secret in (PASSWORD, wrong, title, "sought-by-nobody-else", *spent):
        assert secret not in log
    for name in ("SECRET_KEY", "JWT_SIGNING_KEY"):
        assert site.home.secret(name.lower()) not in log
