"""What one may ask in a while, and what is said about it."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser as User
from pytest_django import Settings
from rest_framework.test import APIClient

from common import redis
from common.redis import Script
from common.tests.redis_away import redis_away
from common.tests.threads import run_at_once

pytestmark = pytest.mark.django_db

TASKS = "/api/tasks/"
LIMIT = re.compile(r'"(\w+)";r=(\d+);t=(\d+)')
POLICY = re.compile(r'"(\w+)";q=(\d+);w=(\d+)')


@pytest.fixture(autouse=True)
def limits(settings: Settings) -> None:
    settings.LIMITS = {
        "read": (5, 60),
        "write": (4, 60),
        "search": (3, 60),
        "auth": (2, 60),
    }


@pytest.fixture(autouse=True)
def _unused() -> None:
    for key in redis.client().scan_iter("limit:*"):
        redis.client().delete(key)


def limit_of(response: Any) -> tuple[str, int]:
    """(scope, remaining), where both headers are well-formed and agree."""
    now = LIMIT.fullmatch(response["RateLimit"])
    policy = POLICY.fullmatch(response["RateLimit-Policy"])
    assert now
    assert policy
    assert now[1] == policy[1]
    assert int(now[2]) < int(policy[2])
    assert 0 < int(now[3]) <= int(policy[3])
    return now[1], int(now[2])


def test_what_is_beyond_the_limit_is_refused_and_says_when_to_come_back(
    api: APIClient,
) -> None:
    answers = [api.get(TASKS) for _ in range(7)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    remaining = [limit_of(answer)[1] for answer in answers]
    assert remaining == [4, 3, 2, 1, 0, 0, 0]
    refused = answers[-1]
    assert refused.json()["code"] == "throttled"
    assert refused["Content-Type"] == "application/problem+json"
    assert 0 < int(refused["Retry-After"]) <= 60


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("get", TASKS, "read"),
        ("head", TASKS, "read"),
        ("options", TASKS, "read"),
        ("post", TASKS, "write"),
        ("patch", "/api/auth/me/", "write"),
        ("get", TASKS + "?search=x", "search"),
        ("get", TASKS + "?%73earch=x", "search"),
        ("get", "/api/tasks/0/", "read"),
        ("get", "/api/tasks/999999/", "read"),
        ("delete", "/api/tasks/999999/", "write"),
        ("put", "/api/notifications/", "write"),
        ("post", "/api/auth/token/", "auth"),
        ("post", "/api/auth/token/refresh/", "auth"),
        ("get", "/api/no/such/address/", "read"),
        ("post", "/api/no/such/address/", "write"),
        ("get", TASKS + "?x=%00", "read"),
    ],
)
def test_each_answer_says_its_scope(
    api: APIClient, method: str, path: str, scope: str
) -> None:
    response = getattr(api, method)(path)

    assert limit_of(response)[0] == scope


def test_an_unchanged_page_and_a_replay_say_it_too(api: APIClient) -> None:
    created = api.post(TASKS, {"title": "x"}, HTTP_IDEMPOTENCY_KEY="k")
    replayed = api.post(TASKS, {"title": "x"}, HTTP_IDEMPOTENCY_KEY="k")
    unchanged = api.get(created["Location"], HTTP_IF_NONE_MATCH=created["ETag"])

    assert replayed["Idempotency-Replayed"] == "true"
    assert limit_of(replayed) == ("write", 2)
    assert unchanged.status_code == 304
    assert limit_of(unchanged) == ("read", 4)


def test_other_addresses_have_no_limit_to_tell(anonymous: APIClient) -> None:
    response = anonymous.get("/health/live/")

    assert "RateLimit" not in response
    assert "RateLimit-Policy" not in response


def test_scopes_and_people_do_not_use_up_each_others(
    api: APIClient, other: User, sign_in: Callable[[User], APIClient]
) -> None:
    for _ in range(6):
        api.get(TASKS)

    assert api.get(TASKS).status_code == 429
    assert api.post(TASKS, {"title": "x"}).status_code == 201
    assert api.get(TASKS + "?search=x").status_code != 429
    assert sign_in(other).get(TASKS).status_code == 200


def test_all_sessions_of_a_person_share_one_budget(
    owner: User, sign_in: Callable[[User], APIClient]
) -> None:
    clients = [sign_in(owner), sign_in(owner)]

    codes = Counter(clients[n % 2].get(TASKS).status_code for n in range(10))

    assert codes == {200: 5, 429: 5}


@pytest.mark.parametrize(
    ("path", "code"), [(TASKS, 401), ("/api/no/such/address/", 404)]
)
def test_who_has_not_signed_in_is_known_by_address(
    anonymous: APIClient, path: str, code: int
) -> None:
    here = [anonymous.get(path, REMOTE_ADDR="192.0.2.1") for _ in range(6)]
    there = anonymous.get(path, REMOTE_ADDR="192.0.2.2")

    assert [answer.status_code for answer in here] == [code] * 5 + [429]
    assert here[-1].json()["code"] == "throttled"
    assert here[-1]["Retry-After"]
    assert there.status_code == code


@pytest.mark.parametrize(
    "token", ["nonsense", "a.b.c", "\xff\xfe"], ids=["text", "dots", "bytes"]
)
def test_guessing_tokens_is_limited_by_address(
    anonymous: APIClient, token: str
) -> None:
    answers = [
        anonymous.get(TASKS, HTTP_AUTHORIZATION=f"Bearer {token}") for _ in range(6)
    ]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]


def test_a_network_of_ipv6_counts_as_one(anonymous: APIClient) -> None:
    def call(address: str) -> int:
        return int(anonymous.get(TASKS, REMOTE_ADDR=address).status_code)

    assert [call(f"2001:db8:0:1::{n}") for n in range(6)] == [401] * 5 + [429]
    assert call("2001:db8:0:2::1") == 401
    assert [call(f"::ffff:192.0.2.{n}") for n in range(6)] == [401] * 6


def test_a_client_cannot_choose_its_address(anonymous: APIClient) -> None:
    codes = Counter(
        anonymous.get(
            TASKS,
            HTTP_X_REAL_IP="192.0.2.1",  # as nginx says
            HTTP_X_FORWARDED_FOR=f"198.51.100.{n}",
            HTTP_FORWARDED=f"for=198.51.100.{n}",
        ).status_code
        for n in range(10)
    )

    assert codes == {401: 5, 429: 5}


def test_what_is_no_address_shares_one_budget(anonymous: APIClient) -> None:
    codes = Counter(
        anonymous.get(TASKS, HTTP_X_REAL_IP=f"unknown{n}").status_code
        for n in range(10)
    )

    assert codes == {401: 5, 429: 5}


def test_the_window_starts_with_the_first_request_and_ends(api: APIClient) -> None:
    for _ in range(6):
        api.get(TASKS)
    key = next(redis.client().scan_iter("limit:read:user:*"))
    before = redis.client().pttl(key)
    assert api.get(TASKS).status_code == 429
    assert 0 < redis.client().pttl(key) <= before <= 60_000

    redis.client().pexpire(key, 1)
    while redis.client().exists(key):
        pass

    assert limit_of(api.get(TASKS)) == ("read", 4)


def test_without_redis_everything_passes_and_only_the_policy_is_told(
    api: APIClient,
) -> None:
    with redis_away():
        answers = [api.get(TASKS) for _ in range(8)]

    assert {answer.status_code for answer in answers} == {200}
    assert all("RateLimit" not in answer for answer in answers)
    assert answers[0]["RateLimit-Policy"] == '"read";q=5;w=60'


@pytest.mark.django_db(transaction=True)
def test_exactly_as_many_pass_as_may(api: APIClient) -> None:
    codes = run_at_once(20, lambda: [api.get(TASKS).status_code for _ in range(5)])

    assert Counter(code for some in codes for code in some) == {200: 5, 429: 95}


def test_a_request_costs_one_round_trip_to_redis(api: APIClient) -> None:
    def commands() -> int:
        stats = redis.client().info("commandstats")
        return sum(
            each["calls"]
            for name, each in stats.items()
            if name in ("cmdstat_evalsha", "cmdstat_eval", "cmdstat_get")
        )

    api.get(TASKS)
    before = commands()
    api.get(TASKS)

    assert commands() == before + 1


def test_a_script_that_redis_has_forgotten_is_sent_again() -> None:
    script = Script("return {KEYS[1], ARGV[1]}")
    assert script.run("k", 1, keys=1) == ["k", "1"]
    redis.client().script_flush()

    assert script.run("k", 2, keys=1) == ["k", "2"]


def test_a_connection_that_redis_closed_is_replaced() -> None:
    script = Script("return 1")
    assert script.run(keys=0) == 1
    redis.client().client_kill_filter(_type="normal", skipme=True)

    assert script.run(keys=0) == 1
    assert not redis.breaker.is_open
