from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Session, User
from common.redis import RedisAwayError, ask
from common.tests.redis_away import redis_away
from realtime.services import issue_ticket, redeem_ticket, ticket_key

URL = "/api/realtime/ticket/"

pytestmark = pytest.mark.django_db


def test_a_ticket_stands_for_who_asked(api: APIClient, owner: User) -> None:
    response = api.post(URL)

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response.json()["expires_in"] == 30
    session = Session.objects.get()
    assert redeem_ticket(response.json()["ticket"]) == (owner.pk, session.pk)


def test_it_is_good_once(api: APIClient) -> None:
    ticket = api.post(URL).json()["ticket"]

    assert redeem_ticket(ticket)
    assert redeem_ticket(ticket) is None


def test_it_is_good_for_thirty_seconds() -> None:
    ticket = issue_ticket(user_id=1, session_id=2)

    seconds = ask(lambda redis: redis.ttl(ticket_key(ticket)))
    assert isinstance(seconds, int)
    assert 0 < seconds <= 30


def test_each_is_different_and_hard_to_guess() -> None:
    tickets = {issue_ticket(user_id=1, session_id=2) for _ in range(10)}

    assert len(tickets) == 10
    assert all(len(ticket) >= 43 for ticket in tickets)


@pytest.mark.parametrize("ticket", ["", "x", "*", "../x"])
def test_a_made_up_one_is_nobodys(ticket: str) -> None:
    assert redeem_ticket(ticket) is None


def test_without_redis_there_are_no_live_updates_and_it_says_so(
    api: APIClient,
) -> None:
    api.raise_request_exception = False
    with redis_away():
        response = api.post(URL)
        with pytest.raises(RedisAwayError):
            redeem_ticket("x")

    assert response.status_code == 503
    assert response["Retry-After"] == "1"
    assert response.json()["code"] == "service_unavailable"


def test_it_takes_no_fields(api: APIClient) -> None:
    assert api.post(URL, {"user": 1}).status_code == 400


def test_it_makes_no_query(api: APIClient, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        api.post(URL)
