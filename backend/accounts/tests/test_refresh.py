from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Session, User
from accounts.services import Client, TokenPair, start_session
from accounts.tokens import RefreshToken, key_id
from common.tests.threads import run_at_once
from events.models import Event
from events.relay import relay_waiting

URL = "/api/auth/token/refresh/"
SessionOf = Callable[[User], TokenPair]

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(owner: User, session_of: SessionOf) -> TokenPair:
    return session_of(owner)


@pytest.fixture
def cookie_api(pair: TokenPair) -> APIClient:
    """A browser that signed in in cookie mode."""
    api = APIClient(HTTP_X_AUTH_MODE="cookie")
    api.cookies["refresh_token"] = pair.refresh
    return api


def refresh(api: APIClient, token: str) -> Any:
    return api.post(URL, {"refresh": token})


def code_of(response: Any) -> str:
    assert response["Content-Type"] == "application/problem+json"
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    code: str = response.json()["code"]
    return code


def age_rotation(seconds: float) -> None:
    """Let the session's last rotation lie that long ago."""
    session = Session.objects.get()
    session.rotated_at -= timedelta(seconds=seconds)
    session.save()


def test_a_refresh_token_gives_a_new_pair(
    anonymous: APIClient, pair: TokenPair
) -> None:
    response = refresh(anonymous, pair.refresh)

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert set(body) == {"access", "refresh", "user"}
    assert body["refresh"] != pair.refresh
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {body['access']}")
    assert anonymous.get("/api/auth/me/").status_code == 200


def test_rotation_makes_the_session_last_longer(
    anonymous: APIClient, pair: TokenPair
) -> None:
    Session.objects.update(expires_at=timezone.now() + timedelta(minutes=1))

    refresh(anonymous, pair.refresh)

    lasts = Session.objects.get().expires_at - timezone.now()
    assert lasts > timedelta(days=29)


def test_no_session_lasts_longer_than_a_year(
    anonymous: APIClient, pair: TokenPair
) -> None:
    began_at = timezone.now() - timedelta(days=364)
    Session.objects.update(created_at=began_at)

    answer = refresh(anonymous, pair.refresh)

    assert answer.status_code == 200
    assert Session.objects.get().expires_at == began_at + timedelta(days=365)


def test_within_the_grace_the_spent_token_gives_the_same_successor(
    anonymous: APIClient, pair: TokenPair
) -> None:
    first = refresh(anonymous, pair.refresh)
    again = refresh(anonymous, pair.refresh)

    assert again.status_code == 200
    assert again.json()["refresh"] == first.json()["refresh"]
    assert Session.objects.get().generation == 2


def test_after_the_grace_the_session_ends_and_the_owner_is_told(
    anonymous: APIClient,
    pair: TokenPair,
    owner: User,
    sign_in: Callable[[User], APIClient],
) -> None:
    successor = refresh(anonymous, pair.refresh).json()
    age_rotation(django_settings.REFRESH_GRACE_SECONDS + 1)

    assert code_of(refresh(anonymous, pair.refresh)) == "token_reused"

    session = Session.objects.get()
    assert session.end_reason == "reused"
    assert code_of(refresh(anonymous, successor["refresh"])) == "session_ended"
    relay_waiting()
    (notification,) = sign_in(owner).get("/api/notifications/").json()["results"]
    assert notification["kind"] == "session_reused"
    event = Event.objects.get(verb="session_reused")
    assert event.changes["session"] == session.pk


def test_reuse_voids_the_access_token_too(
    anonymous: APIClient,
    pair: TokenPair,
    django_capture_on_commit_callbacks: Any,
) -> None:
    successor = refresh(anonymous, pair.refresh).json()
    age_rotation(django_settings.REFRESH_GRACE_SECONDS + 1)
    with django_capture_on_commit_callbacks(execute=True):
        refresh(anonymous, pair.refresh)

    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {successor['access']}")
    assert code_of(anonymous.get("/api/tasks/")) == "session_ended"


def test_a_token_two_generations_old_ends_the_session_at_once(
    anonymous: APIClient, pair: TokenPair
) -> None:
    second = refresh(anonymous, pair.refresh).json()["refresh"]
    refresh(anonymous, second)

    assert code_of(refresh(anonymous, pair.refresh)) == "token_reused"
    assert Session.objects.get().ended_at is not None


def test_reuse_ends_one_session_and_not_the_others(
    anonymous: APIClient, owner: User, session_of: SessionOf
) -> None:
    stolen, untouched = session_of(owner), session_of(owner)
    refresh(anonymous, refresh(anonymous, stolen.refresh).json()["refresh"])
    refresh(anonymous, stolen.refresh)

    assert refresh(anonymous, untouched.refresh).status_code == 200


def test_an_ended_session_gives_nothing(anonymous: APIClient, pair: TokenPair) -> None:
    Session.objects.update(ended_at=timezone.now())

    assert code_of(refresh(anonymous, pair.refresh)) == "session_ended"


def test_a_session_that_ran_out_gives_nothing(
    anonymous: APIClient, pair: TokenPair
) -> None:
    Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert code_of(refresh(anonymous, pair.refresh)) == "session_ended"
    assert not Event.objects.filter(verb="session_reused").exists()


def test_a_token_that_ran_out_gives_nothing(
    anonymous: APIClient, pair: TokenPair
) -> None:
    age_rotation(31 * 24 * 3600)
    expired = str(RefreshToken.for_session(Session.objects.get()))

    assert code_of(refresh(anonymous, expired)) == "token_expired"


def test_a_deleted_session_gives_nothing(anonymous: APIClient, pair: TokenPair) -> None:
    Session.objects.all().delete()

    assert code_of(refresh(anonymous, pair.refresh)) == "session_ended"


def test_an_inactive_user_gets_nothing(
    anonymous: APIClient, pair: TokenPair, owner: User
) -> None:
    owner.is_active = False
    owner.save()

    assert code_of(refresh(anonymous, pair.refresh)) == "session_ended"


def test_a_generation_never_given_out_is_refused_and_harms_nobody(
    anonymous: APIClient, pair: TokenPair
) -> None:
    session = Session.objects.get()
    session.generation = 9
    forged = str(RefreshToken.for_session(session))

    assert code_of(refresh(anonymous, forged)) == "session_ended"
    assert refresh(anonymous, pair.refresh).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é", "\u2603" * 300])
def test_garbage_is_refused(anonymous: APIClient, token: str) -> None:
    response = refresh(anonymous, token)

    assert response.status_code == (400 if token == "" else 401)


def test_an_access_token_is_no_refresh_token(
    anonymous: APIClient, pair: TokenPair
) -> None:
    assert code_of(refresh(anonymous, pair.access)) == "token_invalid"


@pytest.mark.parametrize("generation", [None, 0, -1, 2**63, True, 1.0, "1", [1]])
def test_a_signed_token_with_an_odd_generation_is_refused(
    anonymous: APIClient, pair: TokenPair, generation: object
) -> None:
    key = django_settings.JWT_SIGNING_KEY
    payload = jwt.decode(pair.refresh, options={"verify_signature": False})
    payload["gen"] = generation
    forged = jwt.encode(payload, key, headers={"kid": key_id(key)})

    assert code_of(refresh(anonymous, forged)) == "token_invalid"
    assert refresh(anonymous, pair.refresh).status_code == 200


def test_another_key_is_refused(anonymous: APIClient, pair: TokenPair) -> None:
    payload = jwt.decode(pair.refresh, options={"verify_signature": False})
    kid = key_id(django_settings.JWT_SIGNING_KEY)
    forged = jwt.encode(payload, "k" * 40, headers={"kid": kid})

    assert code_of(refresh(anonymous, forged)) == "token_invalid"


def test_no_token_at_all(anonymous: APIClient) -> None:
    assert code_of(anonymous.post(URL, {})) == "not_authenticated"


def test_refreshing_takes_two_queries(
    anonymous: APIClient, pair: TokenPair, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        assert refresh(anonymous, pair.refresh).status_code == 200


def test_in_cookie_mode_the_cookie_is_replaced(
    cookie_api: APIClient, pair: TokenPair
) -> None:
    response = cookie_api.post(URL, {})

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert set(response.json()) == {"access", "user"}
    cookie = response.cookies["refresh_token"]
    assert cookie.value not in ("", pair.refresh)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert cookie["path"] == "/api/auth/"
    assert cookie_api.post(URL, {}).status_code == 200


def test_without_the_header_the_cookie_counts_for_nothing(
    cookie_api: APIClient,
) -> None:
    response = cookie_api.post(URL, {}, HTTP_X_AUTH_MODE="body")

    assert code_of(response) == "not_authenticated"
    assert Session.objects.get().generation == 1


@pytest.mark.parametrize("mode", ["cookie", "body"])
def test_cookie_and_body_together_are_ambiguous(
    cookie_api: APIClient, pair: TokenPair, mode: str
) -> None:
    response = cookie_api.post(URL, {"refresh": pair.refresh}, HTTP_X_AUTH_MODE=mode)

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "ambiguous"
    assert Session.objects.get().generation == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 403),
        ({"HTTP_ORIGIN": "http://testserver"}, 200),
        ({"HTTP_ORIGIN": "http://testserver.evil.example"}, 403),
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_ORIGIN": ""}, 403),
        ({"HTTP_ORIGIN": "http://["}, 403),
        (
            {
                "HTTP_SEC_FETCH_SITE": "cross-site",
                "HTTP_ORIGIN": "http://testserver",
            },
            403,
        ),
    ],
)
def test_another_site_cannot_use_the_cookie(
    cookie_api: APIClient, headers: dict[str, Any], status: int
) -> None:
    response = cookie_api.post(URL, {}, **headers)

    assert response.status_code == status, response.content
    if status == 403:
        assert response.json()["code"] == "cross_site"
        assert Session.objects.get().generation == 1


def test_an_origin_the_operator_named_may(
    cookie_api: APIClient, settings: Settings
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.org"]
    headers: dict[str, Any] = {
        "HTTP_ORIGIN": "https://app.example.org",
        "HTTP_SEC_FETCH_SITE": "cross-site",
    }

    assert cookie_api.post(URL, {}, **headers).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_one_successor(owner: User) -> None:
    token = start_session(user=owner, client=Client()).refresh

    responses = run_at_once(8, lambda: refresh(APIClient(), token))

    assert [response.status_code for response in responses] == [200] * 8
    assert len({response.json()["refresh"] for response in responses}) == 1
    assert Session.objects.get().generation == 2
