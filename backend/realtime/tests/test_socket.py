"""Who is there, what they hear, and when they are sent away.

What only a real server shows is in `tests/stack`.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Session, User
from accounts.revocation import publish_ends
from accounts.services import TokenPair, end_session
from common.redis import breaker
from common.redis import client as redis_client
from common.tests.redis_away import redis_away
from events.relay import relay_waiting
from realtime import consumers
from realtime.hub import hub
from realtime.publish import publish
from realtime.seats import seats, seats_key
from realtime.tests.sockets import Socket, opened, play

SessionOf = Callable[[User], TokenPair]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_connection_outlives_its_query(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the realtime program: see `config/asgi.py`."""
    monkeypatch.setitem(connections["default"].settings_dict, "CONN_MAX_AGE", 0)


@pytest.fixture(autouse=True)
def _locks_of_this_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each scene has an event loop of its own, and a lock stays with its first."""
    for keeper in (hub, seats):
        monkeypatch.setattr(keeper, "lock", asyncio.Lock())


@pytest.fixture
def pair(owner: User, session_of: SessionOf) -> TokenPair:
    return session_of(owner)


@pytest.fixture
def api(pair: TokenPair) -> APIClient:
    return client_of(pair)


def client_of(pair: TokenPair) -> APIClient:
    return APIClient(headers={"authorization": f"Bearer {pair.access}"})


def ticket_of(pair: TokenPair) -> str:
    ticket: str = client_of(pair).post("/api/realtime/ticket/").json()["ticket"]
    return ticket


async def new_ticket(pair: TokenPair) -> Any:
    return await elsewhere(lambda: ticket_of(pair))


async def elsewhere(call: Callable[[], Any]) -> Any:
    """Do something synchronous, as another process would."""

    def run() -> Any:
        try:
            return call()
        finally:
            connection.close()

    return await asyncio.to_thread(run)


def test_with_a_ticket_it_is_ready(api: APIClient, pair: TokenPair) -> None:
    async def scene() -> None:
        async with opened() as socket:
            ready = await socket.authenticate(await new_ticket(pair))
            assert ready["type"] == "ready"
            page = await elsewhere(
                lambda: api.get("/api/tasks/changes/?since=latest").json()
            )
            assert ready["cursor"] == page["cursor"]

    api.post("/api/tasks/", {"title": "x"})
    play(scene())


def test_facts_arrive(api: APIClient, pair: TokenPair) -> None:
    def create() -> Any:
        task = api.post("/api/tasks/", {"title": "x"}).json()
        relay_waiting()
        return task

    def delete(task_id: int) -> None:
        api.delete(f"/api/tasks/{task_id}/")
        relay_waiting()

    async def scene() -> None:
        async with opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            task = await elsewhere(create)
            facts = [await socket.hear(), await socket.hear()]
            by_type = {fact["type"]: fact for fact in facts}
            stream = by_type["task"].pop("stream")
            assert by_type["task"] == {
                "type": "task",
                "verb": "created",
                "id": task["id"],
                "version": 1,
                "revision": 1,
            }
            assert by_type["notification"]["unread"] == 1

            await elsewhere(lambda: delete(task["id"]))
            fact = await socket.hear()
            assert (fact["verb"], fact["version"]) == ("trashed", 2)
            assert (fact["stream"], fact["revision"]) == (stream, 2)

    play(scene())


def test_facts_are_their_owners(
    pair: TokenPair, other: User, session_of: SessionOf
) -> None:
    async def scene() -> None:
        async with opened() as mine, opened() as theirs:
            await mine.authenticate(await new_ticket(pair))
            await theirs.authenticate(await new_ticket(session_of_other))
            await elsewhere(lambda: publish(other.pk, {"type": "test", "for": "them"}))
            await elsewhere(
                lambda: publish(pair.user.pk, {"type": "test", "for": "me"})
            )
            assert (await mine.hear())["for"] == "me"
            assert (await theirs.hear())["for"] == "them"
            assert await mine.hears_nothing()

    session_of_other = session_of(other)
    play(scene())


def test_before_it_is_authenticated_it_hears_nothing(pair: TokenPair) -> None:
    async def scene() -> None:
        async with opened() as silent, opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            await elsewhere(lambda: publish(pair.user.pk, {"type": "test"}))
            assert await socket.hear()
            assert await silent.hears_nothing()

    play(scene())


def test_a_ticket_opens_one_socket(pair: TokenPair) -> None:
    async def scene() -> None:
        async with opened() as first, opened() as second:
            await first.send({"type": "auth", "ticket": ticket})
            assert (await first.hear())["type"] == "ready"
            await second.send({"type": "auth", "ticket": ticket})
            assert await second.closed() == 1008

    ticket = ticket_of(pair)
    play(scene())


def test_a_ticket_of_an_ended_session_opens_none(pair: TokenPair) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.send({"type": "auth", "ticket": ticket})
            assert await socket.closed() == 1008

    ticket = ticket_of(pair)
    end_session(session=Session.objects.get(), reason="logout", actor_id=None)
    play(scene())


def test_nobody_authenticates_twice(pair: TokenPair) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            await socket.send({"type": "auth", "ticket": await new_ticket(pair)})
            assert await socket.closed() == 1008

    play(scene())


def test_who_is_authenticated_may_be_quiet(
    pair: TokenPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            await asyncio.sleep(0.3)
            assert await socket.hears_nothing()

    monkeypatch.setattr(consumers, "AUTH_SECONDS", 0.3)
    play(scene())


def test_it_pings_and_takes_the_answer(
    pair: TokenPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            for _ in range(2):
                assert await socket.hear() == {"type": "ping"}
                await socket.send({"type": "pong"})

    monkeypatch.setattr(consumers, "PING_SECONDS", 0.05)
    play(scene())


def test_after_its_life_it_comes_back(
    pair: TokenPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            assert await socket.closed() == 1012

    monkeypatch.setattr(consumers, "LIFE_SECONDS", 0.05)
    play(scene())


def test_the_end_of_a_session_closes_its_socket_and_no_other(
    owner: User, pair: TokenPair, session_of: SessionOf
) -> None:
    def log_out() -> None:
        client_of(pair).post("/api/auth/logout/")
        relay_waiting()

    async def scene() -> None:
        async with opened() as ended, opened() as stays:
            await ended.authenticate(await new_ticket(pair))
            await stays.authenticate(await new_ticket(elsewhere_signed_in))
            await elsewhere(log_out)
            assert await ended.hear() == {"type": "session_ended"}
            assert await ended.closed() == 1008
            await elsewhere(lambda: publish(owner.pk, {"type": "test"}))
            assert await stays.hear() == {"type": "test"}

    elsewhere_signed_in = session_of(owner)
    play(scene())


def test_a_socket_too_slow_for_its_facts_comes_back(
    pair: TokenPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            for _ in range(3):  # all before the socket's own task gets a turn
                hub.dispatch({"type": "message", "data": fact})
            assert await socket.closed() == 1012

    fact = json.dumps([pair.user.pk, {"type": "test"}])
    monkeypatch.setattr(consumers, "MAX_WAITING_FACTS", 1)
    play(scene())


def break_subscriptions() -> None:
    redis: Any = redis_client()
    redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")


def test_when_the_subscription_breaks_everybody_comes_back(
    pair: TokenPair, other: User, session_of: SessionOf
) -> None:
    async def scene() -> None:
        async with opened() as mine, opened() as theirs:
            await mine.authenticate(await new_ticket(pair))
            await theirs.authenticate(await new_ticket(session_of_other))
            await elsewhere(break_subscriptions)
            assert await mine.closed() == 1012
            assert await theirs.closed() == 1012
        async with opened() as again:
            assert (await again.authenticate(await new_ticket(pair)))["type"] == "ready"

    session_of_other = session_of(other)
    play(scene())


def test_without_redis_it_says_try_again(pair: TokenPair) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.send({"type": "auth", "ticket": ticket})
            assert await socket.closed() == 1013

    ticket = ticket_of(pair)
    with redis_away():
        play(scene())


def test_without_a_subscription_it_says_try_again(
    pair: TokenPair, settings: Settings
) -> None:
    """Redis answers for the ticket, and is gone when the hub subscribes."""

    async def scene() -> None:
        async with opened() as socket:
            await socket.send({"type": "auth", "ticket": ticket})
            assert await socket.closed() == 1013

    ticket = ticket_of(pair)
    redis_client()  # connected before the address changes
    settings.REDIS_CACHE_URL = "redis://127.0.0.1:1/0"
    play(scene())


def test_a_quiet_redis_is_asked_whether_it_is_there(
    pair: TokenPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            await asyncio.sleep(0.5)  # ten silences long, each answered
            await elsewhere(lambda: publish(pair.user.pk, {"type": "test"}))
            assert await socket.hear() == {"type": "test"}

    monkeypatch.setattr("realtime.hub.SILENCE_SECONDS", 0.05)
    play(scene())


def test_a_fact_that_cannot_be_sent_is_no_error() -> None:
    with redis_away():
        publish(1, {"type": "test"})


def test_a_person_has_ten_sockets_and_no_more(
    pair: TokenPair, other: User, session_of: SessionOf, monkeypatch: Any
) -> None:
    async def scene() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(2):
                socket = await stack.enter_async_context(opened())
                assert (await socket.authenticate(await new_ticket(pair)))["type"]
            async with opened() as third, opened() as theirs:
                await third.send({"type": "auth", "ticket": await new_ticket(pair)})
                assert await third.closed() == 1008
                ready = await theirs.authenticate(await new_ticket(session_of_other))
                assert ready["type"] == "ready"
        async with opened() as again:  # their seats are free
            assert (await again.authenticate(await new_ticket(pair)))["type"] == "ready"

    session_of_other = session_of(other)
    monkeypatch.setattr("realtime.seats.MAX_SOCKETS", 2)
    play(scene())


def test_many_at_once_get_no_more_seats(pair: TokenPair, monkeypatch: Any) -> None:
    async def try_one(ticket: str) -> None:
        async with opened() as socket:
            await socket.send({"type": "auth", "ticket": ticket})
            output = await socket.wire.receive_output(10)
            outcomes.append(output["type"])
            await all_tried.wait()  # each keeps what it got

    async def scene() -> None:
        tickets = [await new_ticket(pair) for _ in range(8)]
        await asyncio.gather(*(try_one(ticket) for ticket in tickets))
        assert Counter(outcomes) == {"websocket.send": 3, "websocket.close": 5}

    outcomes: list[str] = []
    all_tried = asyncio.Barrier(8)
    monkeypatch.setattr("realtime.seats.MAX_SOCKETS", 3)
    play(scene())


def test_seats_of_another_living_process_count_and_of_a_dead_one_do_not(
    pair: TokenPair, monkeypatch: Any
) -> None:
    async def scene() -> None:
        async with opened() as refused:
            await refused.send({"type": "auth", "ticket": await new_ticket(pair)})
            assert await refused.closed() == 1008
        redis.delete("realtime:process:elsewhere")
        async with opened() as socket:
            assert (await socket.authenticate(await new_ticket(pair)))["type"]
        assert redis.hgetall(key) == {}

    redis: Any = redis_client()
    key = seats_key(pair.user.pk)
    redis.hset(key, "elsewhere", "10")
    redis.set("realtime:process:elsewhere", 1)
    play(scene())


def test_a_seat_given_back_while_redis_is_away_is_free_later(pair: TokenPair) -> None:
    async def scene() -> None:
        assert await seats.take(pair.user.pk)
        with redis_away():
            await seats.give_back(pair.user.pk)
        assert redis.hgetall(key)
        await seats.tell_again()
        assert not redis.hgetall(key)

    redis: Any = redis_client()
    key = seats_key(pair.user.pk)
    play(scene())


def test_strangers_from_one_address_are_so_many_and_no_more(monkeypatch: Any) -> None:
    here, there = {"x-real-ip": "192.0.2.1"}, {"x-real-ip": "192.0.2.2"}

    async def scene() -> None:
        async with opened(headers=here), opened(headers=here) as second:
            assert not await Socket("/ws/", here).connect()
            async with opened(headers=there):
                pass
            await second.disconnect()
            async with opened(headers=here):
                pass
        assert not consumers.strangers.counts

    monkeypatch.setattr(consumers, "MAX_STRANGERS", 2)
    play(scene())


def test_who_has_said_who_they_are_is_no_stranger(
    pair: TokenPair, monkeypatch: Any
) -> None:
    async def scene() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(3):
                socket = await stack.enter_async_context(opened())
                assert (await socket.authenticate(await new_ticket(pair)))["type"]

    monkeypatch.setattr(consumers, "MAX_STRANGERS", 1)
    play(scene())


def test_who_is_cut_off_by_the_server_leaves_nothing(pair: TokenPair) -> None:
    async def scene() -> None:
        socket = Socket("/ws/", {})
        assert await socket.connect()
        await socket.authenticate(await new_ticket(pair))
        assert seats.mine[pair.user.pk] == 1
        await socket.cut_off()
        assert not seats.mine
        assert not hub.listeners

    play(scene())


def test_the_end_of_a_session_is_seen_when_the_fact_was_lost(pair: TokenPair) -> None:
    async def scene() -> None:
        async with opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            await elsewhere(lambda: publish_ends([Session.objects.get().pk]))
            assert await socket.hear() == {"type": "session_ended"}
            assert await socket.closed() == 1008

    play(scene())


def test_it_is_seen_in_the_database_while_redis_does_not_answer(
    pair: TokenPair, monkeypatch: Any
) -> None:
    """The subscription still stands: Redis has not closed it."""

    def end() -> None:
        Session.objects.update(ended_at=timezone.now())
        monkeypatch.setattr(breaker, "is_open", True)

    async def scene() -> None:
        async with opened() as socket:
            await socket.authenticate(await new_ticket(pair))
            await elsewhere(end)
            assert await socket.hear() == {"type": "session_ended"}

    play(scene())
