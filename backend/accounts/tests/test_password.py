import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import ApiToken, Mail, Session, User
from accounts.services import create_api_token
from accounts.services.mail import send_waiting
from accounts.validators import SiteWordsValidator, site_words
from common.tests.smtp import MailServer
from common.tests.threads import run_at_once
from events.models import Event

URL = "/api/auth/password/"
RESET = f"{URL}reset/"
CONFIRM = f"{RESET}confirm/"
OLD, NEW = "correct horse battery", "staple battery horse"

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def person(owner: User) -> User:
    owner.set_password(OLD)
    owner.save()
    return owner


def code_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def errors_of(response: Any) -> list[tuple[str, str]]:
    assert response.status_code == 400, response.content
    return [(each["pointer"], each["code"]) for each in response.json()["errors"]]


def can_sign_in(password: str) -> bool:
    body = {"username": "owner", "password": password}
    return bool(APIClient().post("/api/auth/token/", body).status_code == 200)


def link_in(server: MailServer) -> dict[str, str]:
    text = server.inbox[-1].get_content()
    link = urlsplit(re.findall(r"http\S+/password/reset\S+", text)[0])
    return {name: value[0] for name, value in parse_qs(link.fragment).items()}


# --- With the old one


def test_a_change_ends_every_session_and_starts_a_new_one(
    api: APIClient,
    person: User,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    elsewhere = sign_in(person)
    with django_capture_on_commit_callbacks(execute=True):
        response = api.post(URL, {"password": OLD, "new_password": NEW})

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert set(response.json()) == {"access", "refresh", "user"}
    for client in (api, elsewhere):
        assert code_of(client.get("/api/tasks/")) == (401, "session_ended")
    fresh = APIClient(headers={"authorization": f"Bearer {response.json()['access']}"})
    assert fresh.get("/api/tasks/").status_code == 200
    assert (can_sign_in(OLD), can_sign_in(NEW)) == (False, True)
    reasons = Session.objects.exclude(ended_at=None).values_list(
        "end_reason", flat=True
    )
    assert list(reasons) == ["password"] * 2
    event = Event.objects.get(verb="password_changed")
    assert (event.actor, event.changes) == (person, {})


def test_a_change_that_is_sent_again_is_refused(
    api: APIClient, django_capture_on_commit_callbacks: Any
) -> None:
    """So it needs no Idempotency-Key: its session has ended. See common.checks."""
    body = {"password": OLD, "new_password": NEW}
    with django_capture_on_commit_callbacks(execute=True):
        assert api.post(URL, body, HTTP_IDEMPOTENCY_KEY="k").status_code == 200

    again = api.post(URL, body, HTTP_IDEMPOTENCY_KEY="k")

    assert code_of(again) == (401, "session_ended")
    assert Event.objects.filter(verb="password_changed").count() == 1


def test_in_cookie_mode_the_new_refresh_token_is_a_cookie(api: APIClient) -> None:
    body = {"password": OLD, "new_password": NEW}
    response = api.post(URL, body, HTTP_X_AUTH_MODE="cookie")

    assert set(response.json()) == {"access", "user"}
    assert response.cookies["refresh_token"]["httponly"]


def test_api_tokens_outlive_a_change(api: APIClient, person: User) -> None:
    create_api_token(user_id=person.pk, name="x", scope="read")
    api.post(URL, {"password": OLD, "new_password": NEW})

    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("/password", "required"), ("/new_password", "required")]),
        ({"password": "x", "new_password": NEW}, [("/password", "wrong_password")]),
        ({"password": "x", "new_password": "x"}, [("/password", "wrong_password")]),
        (
            {"password": OLD, "new_password": "123"},
            [
                ("/new_password", "password_too_short"),
                ("/new_password", "password_too_common"),
                ("/new_password", "password_entirely_numeric"),
            ],
        ),
        (
            {"password": OLD, "new_password": "owner@example.org"},
            [("/new_password", "password_too_similar")],
        ),
        (
            {"password": OLD, "new_password": "x" * 129},
            [("/new_password", "max_length")],
        ),
        ({"password": OLD, "new_password": 5}, [("/new_password", "invalid")]),
    ],
)
def test_each_rule_is_named_and_nothing_changes(
    api: APIClient, body: dict[str, Any], errors: list[tuple[str, str]]
) -> None:
    assert errors_of(api.post(URL, body)) == errors
    assert api.get("/api/tasks/").status_code == 200
    assert can_sign_in(OLD)


def test_the_old_password_cannot_be_guessed_at_leisure(api: APIClient) -> None:
    body = {"password": "guess", "new_password": NEW}
    codes = [api.post(URL, body).status_code for _ in range(11)]

    assert codes == [400] * 10 + [429]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_wins(person: User, sign_in: SignIn) -> None:
    clients = [sign_in(person) for _ in range(2)]

    def change() -> int:
        api = clients.pop()
        body = {"password": OLD, "new_password": f"{NEW} {len(clients)}"}
        return int(api.post(URL, body).status_code)

    statuses = sorted(run_at_once(2, change))

    assert statuses[0] == 200
    assert statuses[1] in (400, 401)
    assert Session.objects.filter(ended_at=None).count() == 1


def test_the_address_is_told_of_it(api: APIClient, server: MailServer) -> None:
    api.post(URL, {"password": OLD, "new_password": NEW})
    send_waiting()

    (message,) = server.inbox
    assert message["To"] == "owner@example.org"
    assert message["Subject"] == "Your password was changed"


# --- With a link


def test_a_reset_sets_the_password_once(
    anonymous: APIClient,
    api: APIClient,
    person: User,
    server: MailServer,
    django_capture_on_commit_callbacks: Any,
) -> None:
    create_api_token(user_id=person.pk, name="x", scope="read")
    anonymous.post(RESET, {"email": "OWNER@example.org"})
    send_waiting()
    assert server.inbox[0]["To"] == "owner@example.org"
    link = link_in(server)

    with django_capture_on_commit_callbacks(execute=True):
        response = anonymous.post(CONFIRM, {**link, "new_password": NEW})

    assert response.status_code == 204
    assert code_of(api.get("/api/tasks/")) == (401, "session_ended")
    assert ApiToken.objects.get().revoked_at is not None
    assert (can_sign_in(OLD), can_sign_in(NEW)) == (False, True)
    assert Event.objects.filter(verb="password_reset").count() == 1
    again = anonymous.post(CONFIRM, {**link, "new_password": OLD})
    assert code_of(again) == (400, "reset_token_invalid")
    assert can_sign_in(NEW)


def test_a_rule_that_is_broken_does_not_spend_the_link(
    anonymous: APIClient, server: MailServer
) -> None:
    anonymous.post(RESET, {"email": "owner@example.org"})
    send_waiting()
    link = link_in(server)

    broken = anonymous.post(CONFIRM, {**link, "new_password": "owner"})
    assert ("/new_password", "password_too_similar") in errors_of(broken)
    assert anonymous.post(CONFIRM, {**link, "new_password": NEW}).status_code == 204


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"email": "new@example.org"}, {"password": "!"}]
)
def test_a_link_dies_with_what_it_was_for(
    anonymous: APIClient, server: MailServer, change: dict[str, Any]
) -> None:
    anonymous.post(RESET, {"email": "owner@example.org"})
    send_waiting()
    User.objects.update(**change)

    response = anonymous.post(CONFIRM, {**link_in(server), "new_password": NEW})

    assert code_of(response) == (400, "reset_token_invalid")


def test_a_link_lasts_an_hour(
    anonymous: APIClient, server: MailServer, settings: Settings
) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    anonymous.post(RESET, {"email": "owner@example.org"})
    send_waiting()
    settings.PASSWORD_RESET_TIMEOUT = -1

    response = anonymous.post(CONFIRM, {**link_in(server), "new_password": NEW})

    assert code_of(response) == (400, "reset_token_invalid")


@pytest.mark.parametrize(
    "uid", ["", "x", "MQ", "MQ==", "é", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OQ", "LTE", "_w"]
)
def test_a_made_up_link_is_invalid(anonymous: APIClient, uid: str) -> None:
    body = {"uid": uid, "token": "x-y", "new_password": NEW}
    response = anonymous.post(CONFIRM, body)

    assert response.status_code == 400
    expected = "reset_token_invalid" if uid else "validation_error"
    assert response.json()["code"] == expected


def test_nobody_learns_whether_an_address_has_an_account(
    anonymous: APIClient, make_user: Callable[..., User]
) -> None:
    make_user("gone", is_active=False)
    answers, statements = [], []
    for name in ("owner", "gone", "nobody"):
        with CaptureQueriesContext(connection) as captured:
            response = anonymous.post(RESET, {"email": f"{name}@example.org"})
        answers.append((response.status_code, response.content))
        shapes = [re.sub(r"'[^']*'", "?", each["sql"]) for each in captured]
        statements.append([re.sub(r"s\d+_x\d+", "", sql) for sql in shapes])

    assert answers[0] == answers[1] == answers[2]
    assert statements[0] == statements[1] == statements[2]
    assert "auth_user" not in str(statements)


@pytest.mark.parametrize("who", ["nobody", "gone", "unusable"])
def test_who_cannot_reset_gets_no_mail(
    anonymous: APIClient, make_user: Callable[..., User], server: MailServer, who: str
) -> None:
    make_user("gone", is_active=False, password="x")
    make_user("unusable", password="!")
    anonymous.post(RESET, {"email": f"{who}@example.org"})

    assert send_waiting() == 1
    assert server.inbox == []


def test_one_mail_in_five_minutes_however_often_it_is_asked_for(
    anonymous: APIClient, server: MailServer
) -> None:
    for email in ("owner@example.org", "Owner@Example.org") * 2:
        assert anonymous.post(RESET, {"email": email}).status_code == 202
        send_waiting()
    assert len(server.inbox) == 1

    sent_at = Mail.objects.get().sent_at
    assert sent_at is not None
    Mail.objects.update(sent_at=sent_at - timedelta(minutes=6))
    send_waiting()
    assert not Mail.objects.exists()
    anonymous.post(RESET, {"email": "owner@example.org"})
    send_waiting()

    assert len(server.inbox) == 2


def test_a_server_in_trouble_gets_the_mail_later(
    anonymous: APIClient, server: MailServer
) -> None:
    anonymous.post(RESET, {"email": "owner@example.org"})
    server.answers["RCPT"] = ["451 not now"]
    send_waiting()
    assert server.inbox == []
    assert Mail.objects.get().sent_at is None

    server.answers.clear()
    assert send_waiting() == 0  # it waits a little
    Mail.objects.update(retry_at="2000-01-01T00:00:00Z")
    send_waiting()

    assert len(server.inbox) == 1


def test_a_mail_that_never_leaves_is_given_up(
    anonymous: APIClient, server: MailServer
) -> None:
    anonymous.post(RESET, {"email": "owner@example.org"})
    server.answers["RCPT"] = ["550 never"]
    for _ in range(10):
        Mail.objects.update(retry_at="2000-01-01T00:00:00Z")
        send_waiting()

    assert not Mail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(person: User, server: MailServer) -> None:
    for n in range(10):
        email = f"p{n}@example.org"
        User.objects.create_user(f"p{n}", email, "x" * 20)
        Mail.objects.create(kind="password_reset", address=email)

    run_at_once(3, send_waiting)

    assert sorted(message["To"] for message in server.inbox) == [
        f"p{n}@example.org" for n in range(10)
    ]


def test_no_token_is_kept_anywhere(anonymous: APIClient, server: MailServer) -> None:
    anonymous.post(RESET, {"email": "owner@example.org"})
    send_waiting()
    token = link_in(server)["token"]

    with connection.cursor() as cursor:
        for table in ("accounts_mail", "events_event", "auth_user"):
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
            assert token not in str(cursor.fetchall())


def test_the_name_of_the_site_is_no_password(settings: Settings) -> None:
    settings.SITE_URL = "https://acme-tasks.example.org"
    site_words.cache_clear()
    try:
        for guess in ("acme-tasks1", "Example-2031!", "TODO todo 1", "tasks.example"):
            with pytest.raises(ValidationError, match="name of this site"):
                SiteWordsValidator().validate(guess)
        for fine in ("acme-tasks and a word", "x7!", "correct-horse"):
            SiteWordsValidator().validate(fine)
    finally:
        site_words.cache_clear()
