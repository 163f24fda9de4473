from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Session, User
from accounts.revocation import is_revoked, revocation_key
from accounts.services import TokenPair, end_session
from common import redis
from common.limits import KEPT, YOUNG
from common.tests.redis_away import redis_away
from events.models import Event
from events.relay import relay_waiting

URL = "/api/auth/logout/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """A block after which everything happens that waits for a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def pair(owner: User, session_of: Callable[[User], TokenPair]) -> TokenPair:
    return session_of(owner)


@pytest.fixture
def signed_in(pair: TokenPair) -> APIClient:
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {pair.access}")
    return api


def is_refused(api: APIClient) -> bool:
    response = api.get("/api/tasks/")
    if response.status_code == 200:
        return False
    assert (response.status_code, response.json()["code"]) == (401, "session_ended")
    return True


def test_the_refresh_token_names_the_session(
    anonymous: APIClient,
    pair: TokenPair,
    signed_in: APIClient,
    commits: Callable[[], Any],
) -> None:
    with commits():
        response = anonymous.post(URL, {"refresh": pair.refresh})

    assert response.status_code == 204
    assert response["Cache-Control"] == "no-store"
    session = Session.objects.get()
    assert (session.end_reason, session.ended_at is None) == ("logout", False)
    assert is_refused(signed_in)


def test_the_cookie_names_the_session_and_is_removed(
    anonymous: APIClient,
    pair: TokenPair,
    signed_in: APIClient,
    commits: Callable[[], Any],
) -> None:
    anonymous.cookies["refresh_token"] = pair.refresh
    with commits():
        response = anonymous.post(URL, {}, HTTP_X_AUTH_MODE="cookie")

    assert response.status_code == 204
    assert is_refused(signed_in)
    cookie = response.cookies["refresh_token"]
    assert (cookie.value, cookie["max-age"]) == ("", 0)
    assert (cookie["path"], cookie["samesite"]) == ("/api/auth/", "Strict")


def test_the_access_token_alone_is_enough(
    signed_in: APIClient, commits: Callable[[], Any]
) -> None:
    with commits():
        response = signed_in.post(URL)

    assert response.status_code == 204
    assert is_refused(signed_in)


def test_it_ends_no_other_session(
    owner: User,
    signed_in: APIClient,
    sign_in: Callable[[User], APIClient],
    commits: Callable[[], Any],
) -> None:
    elsewhere = sign_in(owner)
    with commits():
        signed_in.post(URL)

    assert not is_refused(elsewhere)


def test_a_second_time_changes_nothing(anonymous: APIClient, pair: TokenPair) -> None:
    for _ in range(2):
        response = anonymous.post(URL, {"refresh": pair.refresh})
        assert response.status_code == 204

    assert Event.objects.filter(verb="session_ended").count() == 1


@pytest.mark.parametrize("token", ["x", "a.b.c", "é"])
def test_a_token_of_nobody_is_nobodys_logout(
    anonymous: APIClient, pair: TokenPair, token: str
) -> None:
    assert anonymous.post(URL, {"refresh": token}).status_code == 204
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    assert anonymous.post(URL).status_code == 204
    assert Session.objects.get().ended_at is None


def test_without_any_token_there_is_nothing_to_end(anonymous: APIClient) -> None:
    response = anonymous.post(URL)

    assert response.status_code == 204
    assert not response.cookies


def test_another_sites_form_cannot_remove_the_cookie(
    anonymous: APIClient, pair: TokenPair
) -> None:
    """A form sends no X-Auth-Mode, and Strict keeps the cookie at home."""
    response = anonymous.post(URL, HTTP_SEC_FETCH_SITE="cross-site")

    assert not response.cookies


def test_another_site_cannot_use_the_cookie(
    anonymous: APIClient, pair: TokenPair
) -> None:
    anonymous.cookies["refresh_token"] = pair.refresh
    headers: dict[str, Any] = {
        "HTTP_X_AUTH_MODE": "cookie",
        "HTTP_SEC_FETCH_SITE": "cross-site",
    }

    assert anonymous.post(URL, {}, **headers).status_code == 403
    assert Session.objects.get().ended_at is None


def test_while_redis_is_away_the_database_is_asked(
    signed_in: APIClient, commits: Callable[[], Any]
) -> None:
    with redis_away():
        assert not is_refused(signed_in)
        with commits():
            assert signed_in.post(URL).status_code == 204
        assert is_refused(signed_in)


def test_a_redis_that_was_away_hears_of_it_by_the_relay(
    signed_in: APIClient, commits: Callable[[], Any]
) -> None:
    with redis_away():
        with commits():
            signed_in.post(URL)
        with commits():
            relay_waiting()
    assert not is_refused(signed_in)  # Redis does not know yet

    Event.objects.filter(relayed_at=None).update(relay_at="2000-01-01T00:00:00Z")
    with commits():
        relay_waiting()

    assert is_refused(signed_in)


def test_a_redis_that_lost_its_data_makes_no_session_come_alive(
    signed_in: APIClient, pair: TokenPair, commits: Callable[[], Any]
) -> None:
    with commits():
        assert signed_in.post(URL).status_code == 204
    session_id = Session.objects.get().pk
    try:
        redis.client().delete(KEPT, revocation_key(session_id))

        assert is_revoked(session_id)  # before any request, and after
        assert is_refused(signed_in)
        assert is_revoked(session_id)
        lasts = redis.client().ttl(YOUNG)
    finally:
        redis.client().delete(YOUNG)

    assert 295 < lasts <= 300
    assert redis.client().get(KEPT)
    assert not is_refused(signed_in)  # the marks are believed again


def test_a_redis_that_lost_its_data_signs_nobody_out(signed_in: APIClient) -> None:
    redis.client().delete(KEPT)
    try:
        assert not is_refused(signed_in)
        assert not is_revoked(Session.objects.get().pk)
    finally:
        redis.client().delete(YOUNG)


def test_the_mark_in_redis_lasts_as_long_as_an_access_token(
    pair: TokenPair, settings: Any, commits: Callable[[], Any]
) -> None:
    session = Session.objects.get()
    with commits():
        end_session(session=session, reason="logout", actor_id=None)

    seconds = redis.ask(lambda client: client.ttl(f"session:ended:{session.pk}"))
    assert isinstance(seconds, int)
    assert settings.ACCESS_TOKEN_SECONDS - 5 < seconds <= settings.ACCESS_TOKEN_SECONDS
