from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.api_tokens import digest_of, recall
from accounts.models import ApiToken, User
from accounts.services import create_api_token
from common.models import IdempotencyKey
from common.tests.threads import run_at_once
from events.models import Event

URL = "/api/auth/tokens/"

pytestmark = pytest.mark.django_db


def program(raw: str, scheme: str = "Bearer") -> APIClient:
    return APIClient(headers={"authorization": f"{scheme} {raw}"})


def make(user: User, **fields: Any) -> tuple[ApiToken, APIClient]:
    fields = {"name": "script", "scope": "write", **fields}
    token = create_api_token(user_id=user.pk, **fields)
    return token, program(str(recall(token)))


def code_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def test_it_is_shown_once_and_stored_as_a_hash(api: APIClient, owner: User) -> None:
    response = api.post(URL, {"name": " Backup ", "scope": "read"})

    assert response.status_code == 201
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    raw = body.pop("token")
    assert raw.startswith("tm_")
    assert len(raw) == 46  # 256 bits
    token = ApiToken.objects.get()
    assert body == {
        "id": token.pk,
        "name": "Backup",
        "scope": "read",
        "expires_at": None,
        "created_at": body["created_at"],
        "last_used_at": None,
    }
    assert token.digest == digest_of(raw)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM accounts_api_token t")
        assert raw not in str(cursor.fetchall())
        cursor.execute("SELECT e::text FROM events_event e")
        assert raw not in str(cursor.fetchall())
    assert api.get(URL).json()["results"] == [body]


def test_each_is_different(api: APIClient) -> None:
    bodies = [api.post(URL, {"name": "x", "scope": "read"}).json() for _ in range(3)]

    assert len({body["token"] for body in bodies}) == 3


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_it_stands_for_its_owner(owner: User, scheme: str) -> None:
    token, _ = make(owner)

    response = program(str(recall(token)), scheme).get("/api/auth/me/")

    assert response.json()["id"] == owner.pk


def test_scope_write_writes(owner: User) -> None:
    _, script = make(owner)

    assert script.post("/api/tasks/", {"title": "x"}).status_code == 201
    assert Event.objects.get(verb="task_created").actor == owner


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_scope_read_only_reads(owner: User, method: str) -> None:
    _, script = make(owner, scope="read")

    assert script.get("/api/tasks/").status_code == 200
    response = getattr(script, method)("/api/tasks/", {"title": "x"})
    assert code_of(response) == (403, "insufficient_scope")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", URL),
        ("post", URL),
        ("delete", f"{URL}1/"),
        ("patch", "/api/auth/me/"),
        ("post", "/api/realtime/ticket/"),
    ],
)
def test_no_token_manages_the_account(owner: User, method: str, path: str) -> None:
    _, script = make(owner)

    assert code_of(getattr(script, method)(path, {})) == (403, "session_required")


def test_a_revoked_token_is_void_at_once(api: APIClient, owner: User) -> None:
    token, script = make(owner)
    _, kept = make(owner)

    assert api.delete(f"{URL}{token.pk}/").status_code == 204

    assert code_of(script.get("/api/tasks/")) == (401, "token_invalid")
    assert kept.get("/api/tasks/").status_code == 200
    assert [each["id"] for each in api.get(URL).json()["results"]] != [token.pk]
    assert code_of(api.delete(f"{URL}{token.pk}/")) == (404, "not_found")


def test_anothers_token_is_not_found(
    owner: User, other: User, sign_in: Callable[[User], APIClient]
) -> None:
    token, script = make(owner)
    stranger = sign_in(other)

    assert stranger.delete(f"{URL}{token.pk}/").status_code == 404
    assert stranger.get(URL).json()["results"] == []
    assert script.get("/api/tasks/").status_code == 200


def test_it_ends_when_it_says(owner: User) -> None:
    _, script = make(owner, expires_at=timezone.now() + timedelta(hours=1))
    assert script.get("/api/tasks/").status_code == 200

    ApiToken.objects.update(expires_at=timezone.now())

    response = script.get("/api/tasks/")
    assert code_of(response) == (401, "token_expired")
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


def test_who_is_deactivated_has_no_tokens(owner: User) -> None:
    _, script = make(owner)
    User.objects.update(is_active=False)

    assert code_of(script.get("/api/tasks/")) == (401, "token_invalid")


@pytest.mark.parametrize("raw", ["tm_", "tm_x", "tm_é", "tm_" + "A" * 5_000, "tm_'--"])
def test_a_made_up_token_is_nobodys(raw: str, db: None) -> None:
    assert code_of(program(raw).get("/api/tasks/")) == (401, "token_invalid")


def test_neither_hash_nor_nonce_opens_anything(owner: User) -> None:
    token, _ = make(owner)

    for raw in (
        token.digest,
        f"tm_{token.digest}",
        f"tm_{bytes(token.nonce or b'')!r}",
    ):
        assert program(raw).get("/api/tasks/").status_code == 401


def test_its_last_use_is_noted_once_a_minute(
    owner: User, django_assert_num_queries: Any
) -> None:
    token, script = make(owner)
    with django_assert_num_queries(3):  # token, note, profile
        script.get("/api/auth/me/")
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    with django_assert_num_queries(2):
        script.get("/api/auth/me/")
    token.refresh_from_db()
    assert token.last_used_at == first

    ApiToken.objects.update(last_used_at=first - timedelta(minutes=2))
    script.get("/api/auth/me/")

    token.refresh_from_db()
    assert token.last_used_at is not None
    assert token.last_used_at >= first


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"name": ""}, "/name", "blank"),
        ({"name": " "}, "/name", "blank"),
        ({"name": "a" * 101}, "/name", "max_length"),
        ({"name": 1}, "/name", "invalid"),
        ({"scope": "admin"}, "/scope", "invalid_choice"),
        ({"scope": None}, "/scope", "null"),
        ({"expires_at": "tomorrow"}, "/expires_at", "invalid"),
        ({"expires_at": "2030-01-01"}, "/expires_at", "invalid"),
        ({"expires_at": "2030-01-01T00:00:00"}, "/expires_at", "invalid"),
        ({"expires_at": "2030-13-01T00:00:00Z"}, "/expires_at", "invalid"),
        ({"expires_at": 1893456000}, "/expires_at", "invalid"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at", "out_of_range"),
        ({"expires_at": "9999-12-31T23:59:59Z"}, "/expires_at", "out_of_range"),
        ({"digest": "x"}, "/digest", "unknown_field"),
        ({"user": 1}, "/user", "unknown_field"),
    ],
)
def test_each_rule_is_named(
    api: APIClient, changes: dict[str, Any], pointer: str, code: str
) -> None:
    response = api.post(URL, {"name": "x", "scope": "read", **changes})

    assert response.status_code == 400
    errors = response.json()["errors"]
    assert [(error["pointer"], error["code"]) for error in errors] == [(pointer, code)]
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"]
)
def test_a_moment_beyond_the_calendar_is_invalid(api: APIClient, moment: str) -> None:
    response = api.post(URL, {"name": "x", "scope": "read", "expires_at": moment})

    assert code_of(response) == (400, "validation_error")


def test_ten_years_are_the_most(api: APIClient) -> None:
    def post(moment: datetime) -> int:
        body = {"name": "x", "scope": "read", "expires_at": moment.isoformat()}
        return int(api.post(URL, body).status_code)

    assert post(timezone.now() + timedelta(days=3_650)) == 201
    assert post(timezone.now() + timedelta(days=3_660)) == 400


def test_a_repeated_request_gets_the_same_token_that_nothing_stores(
    api: APIClient, settings: Settings
) -> None:
    body = {"name": "x", "scope": "read"}
    first = api.post(URL, body, HTTP_IDEMPOTENCY_KEY="k1")
    settings.JWT_PREVIOUS_KEY = settings.JWT_SIGNING_KEY  # rotated in between
    settings.JWT_SIGNING_KEY = "n" * 48
    again = api.post(URL, body, HTTP_IDEMPOTENCY_KEY="k1")

    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert again["Cache-Control"] == "no-store"
    assert ApiToken.objects.count() == 1
    stored = bytes(IdempotencyKey.objects.get().body)
    assert b"tm_" not in stored


def test_a_token_outlives_the_key_it_was_derived_from(
    owner: User, settings: Settings
) -> None:
    _, script = make(owner)
    settings.JWT_SIGNING_KEY = "n" * 48

    assert script.get("/api/tasks/").status_code == 200


def test_a_forgotten_nonce_is_a_token_that_is_not_shown_again(
    api: APIClient, owner: User
) -> None:
    body = {"name": "x", "scope": "read"}
    raw = api.post(URL, body, HTTP_IDEMPOTENCY_KEY="k1").json()["token"]
    ApiToken.objects.update(nonce=None)

    again = api.post(URL, body, HTTP_IDEMPOTENCY_KEY="k1")

    assert again.json()["token"] is None
    assert program(raw).get("/api/tasks/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_fifty_are_the_most_however_many_ask_at_once(owner: User) -> None:
    def create() -> bool:
        try:
            make(owner)
        except Exception as error:  # noqa: BLE001 - told apart below
            return getattr(error, "default_code", "") != "too_many_api_tokens"
        return True

    for _ in range(47):
        make(owner)

    assert sorted(run_at_once(6, create)) == [False] * 3 + [True] * 3
    assert ApiToken.objects.count() == 50


def test_too_many_says_so_and_revoking_makes_room(api: APIClient, owner: User) -> None:
    tokens = [make(owner)[0] for _ in range(50)]
    body = {"name": "x", "scope": "read"}

    assert code_of(api.post(URL, body)) == (409, "too_many_api_tokens")
    api.delete(f"{URL}{tokens[0].pk}/")
    assert api.post(URL, body).status_code == 201


def test_making_and_revoking_are_events(api: APIClient, owner: User) -> None:
    token_id = api.post(URL, {"name": "x", "scope": "read"}).json()["id"]
    api.delete(f"{URL}{token_id}/")

    events = Event.objects.filter(verb__startswith="api_token").order_by("revision")
    assert [event.verb for event in events] == [
        "api_token_created",
        "api_token_revoked",
    ]
    for event in events:
        assert event.changes == {"token": token_id, "name": "x", "scope": "read"}
        assert event.actor == owner


@pytest.mark.parametrize("count", [1, 30])
def test_queries_are_counted(
    api: APIClient, owner: User, count: int, django_assert_num_queries: Any
) -> None:
    *_, token = [make(owner)[0] for _ in range(count)]
    with django_assert_num_queries(1):
        api.get(URL)
    with django_assert_num_queries(
        7
    ):  # savepoint, lock, count, row, event, release, row
        api.post(URL, {"name": "x", "scope": "read"})
    with django_assert_num_queries(5):  # savepoint, update, row, event, release
        api.delete(f"{URL}{token.pk}/")


def test_the_list_is_in_pages(api: APIClient, owner: User) -> None:
    ids = [make(owner)[0].pk for _ in range(3)]
    page = api.get(f"{URL}?limit=2").json()

    assert [each["id"] for each in page["results"]] == ids[:0:-1]
    assert [each["id"] for each in api.get(page["next"]).json()["results"]] == [ids[0]]
    assert api.get(f"{URL}?name=x").status_code == 400
