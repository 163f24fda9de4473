from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Session, User
from accounts.services import Client, end_sessions, start_session
from accounts.services.sessions import purge_sessions
from common.errors import AuthenticationFailed
from common.tests.redis_away import redis_away
from events.models import Event

URL = "/api/auth/sessions/"

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


def ids(api: APIClient) -> list[int]:
    return [each["id"] for each in api.get(URL).json()["results"]]


def code_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def test_it_shows_where_i_am_signed_in(api: APIClient, owner: User) -> None:
    start_session(user=owner, client=Client("Firefox", "192.0.2.7"))

    newest, mine = api.get(URL).json()["results"]

    assert newest == {
        "id": newest["id"],
        "created_at": newest["created_at"],
        "last_used_at": newest["created_at"],
        "user_agent": "Firefox",
        "ip_address": "192.0.2.7",
        "is_current": False,
    }
    assert mine["is_current"]


def test_it_shows_no_others_and_none_that_is_over(
    api: APIClient, owner: User, other: User, sign_in: SignIn
) -> None:
    mine = ids(api)
    sign_in(other)
    sign_in(owner)
    Session.objects.filter(user=owner).exclude(pk=mine[0]).update(
        ended_at=timezone.now()
    )
    sign_in(owner)
    Session.objects.filter(pk=Session.objects.latest("pk").pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )

    assert ids(api) == mine


def test_it_is_in_pages(api: APIClient, owner: User, sign_in: SignIn) -> None:
    for _ in range(4):
        sign_in(owner)
    first = api.get(f"{URL}?limit=3").json()
    second = api.get(first["next"]).json()

    seen = [each["id"] for each in first["results"] + second["results"]]
    assert seen == ids(api)
    assert len(seen) == 5


def test_one_ends_at_once(
    api: APIClient,
    owner: User,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    elsewhere = sign_in(owner)
    with django_capture_on_commit_callbacks(execute=True):
        assert api.delete(f"{URL}{ids(api)[0]}/").status_code == 204

    assert code_of(elsewhere.get("/api/tasks/")) == (401, "session_ended")
    assert api.get("/api/tasks/").status_code == 200


def test_what_is_not_mine_or_over_is_not_found(
    api: APIClient, owner: User, other: User, sign_in: SignIn
) -> None:
    sign_in(other)
    theirs = Session.objects.get(user=other)
    assert code_of(api.delete(f"{URL}{theirs.pk}/")) == (404, "not_found")
    theirs.refresh_from_db()
    assert theirs.ended_at is None
    sign_in(owner)
    mine = ids(api)[0]
    api.delete(f"{URL}{mine}/")
    assert code_of(api.delete(f"{URL}{mine}/")) == (404, "not_found")
    assert code_of(api.delete(f"{URL}999999999999999999/")) == (404, "not_found")


def test_all_others_end_and_this_one_stays(
    api: APIClient,
    owner: User,
    other: User,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    elsewhere = [sign_in(owner) for _ in range(3)]
    stranger = sign_in(other)
    with django_capture_on_commit_callbacks(execute=True):
        assert api.delete(URL).status_code == 204

    assert [each.get("/api/tasks/").status_code for each in elsewhere] == [401] * 3
    assert api.get("/api/tasks/").status_code == 200
    assert stranger.get("/api/tasks/").status_code == 200
    events = Event.objects.filter(verb="session_ended")
    assert {event.changes["reason"] for event in events} == {"logout"}
    assert events.count() == 3


def test_they_end_while_redis_is_away(
    api: APIClient, owner: User, sign_in: SignIn
) -> None:
    elsewhere = sign_in(owner)
    with redis_away():
        assert api.delete(URL).status_code == 204
        assert elsewhere.get("/api/tasks/").status_code == 401
        assert api.get("/api/tasks/").status_code == 200


@pytest.mark.parametrize("count", [1, 50])
def test_ending_many_is_three_queries(
    owner: User, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        start_session(user=owner, client=Client())
    with django_assert_num_queries(5):  # savepoint, lock, update, events, release
        ended = end_sessions(user_id=owner.pk, reason="logout", actor_id=owner.pk)
    assert ended == count


def test_those_whose_tokens_have_run_out_are_purged(
    api: APIClient, owner: User, sign_in: SignIn
) -> None:
    over = Session.objects.latest("pk")
    sign_in(owner)
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.filter(pk=over.pk).update(expires_at=past)

    assert (purge_sessions(), purge_sessions()) == (1, 0)
    assert Session.objects.get().pk != over.pk


@pytest.mark.parametrize(
    "change",
    [
        {"password": "!x"},
        {"is_active": False},
        {"role": "admin", "is_staff": True, "is_superuser": True},
    ],
)
def test_a_sign_in_that_was_checked_before_a_change_does_not_outlive_it(
    owner: User, change: dict[str, Any]
) -> None:
    checked = User.objects.get(pk=owner.pk)
    User.objects.filter(pk=owner.pk).update(**change)

    with pytest.raises(AuthenticationFailed):
        start_session(user=checked, client=Client())
    assert not Session.objects.exists()
