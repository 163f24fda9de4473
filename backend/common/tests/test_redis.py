import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis as redis_py

from common import redis
from common.redis import CircuitBreaker, RedisAwayError, ask
from common.tests.redis_away import redis_at, redis_away
from devstack.log import Log
from devstack.ports import free_port
from devstack.valkey import Valkey

THREADS = 8


class Calls:
    """Counts itself and fails as long as it should."""

    def __init__(self) -> None:
        self.count = 0
        self.fails = True
        self.has_run = threading.Event()

    def __call__(self) -> str:
        self.count += 1
        self.has_run.set()
        if self.fails:
            raise redis_py.ConnectionError
        return "answer"


def breaker_that_probes(probe: Calls, seconds: float = 0.01) -> CircuitBreaker:
    return CircuitBreaker(probe=probe, probe_seconds=seconds)


def wait_until_closed(breaker: CircuitBreaker) -> None:
    prober = breaker.prober
    if prober is not None:
        prober.join(10)
    assert not breaker.is_open


def test_a_command_reaches_redis() -> None:
    assert ask(lambda client: client.ping())


def test_a_closed_port_is_redis_away() -> None:
    with redis_away(), pytest.raises(RedisAwayError):
        ask(lambda client: client.ping())


def test_after_a_failure_nobody_waits_again() -> None:
    breaker, command = breaker_that_probes(Calls(), seconds=60), Calls()

    for _ in range(3):
        with pytest.raises(RedisAwayError):
            breaker.call(command)

    assert command.count == 1


def test_once_a_probe_is_answered_everybody_is_served_again() -> None:
    probe, command = Calls(), Calls()
    breaker = breaker_that_probes(probe)
    with pytest.raises(RedisAwayError):
        breaker.call(command)
    assert probe.has_run.wait(10)
    assert breaker.is_open
    command.fails = probe.fails = False

    wait_until_closed(breaker)

    assert breaker.call(command) == "answer"


def test_one_thread_probes_however_many_fail() -> None:
    breaker = breaker_that_probes(Calls(), seconds=60)
    barrier = threading.Barrier(THREADS)

    def fail() -> None:
        barrier.wait(10)
        raise redis_py.TimeoutError

    def call(_: int) -> threading.Thread | None:
        with pytest.raises(RedisAwayError):
            breaker.call(fail)
        return breaker.prober

    with ThreadPoolExecutor(THREADS) as pool:
        probers = set(pool.map(call, range(THREADS)))

    assert len(probers) == 1
    assert None not in probers


def test_a_probe_that_breaks_in_any_way_is_made_again() -> None:
    probe = Calls()
    breaker = CircuitBreaker(probe=lambda: probe() and 1 // 0, probe_seconds=0.01)
    with pytest.raises(RedisAwayError):
        breaker.call(Calls())
    probe.fails = False
    for _ in range(3):
        probe.has_run.clear()
        assert probe.has_run.wait(10)

    breaker.probe = lambda: "answer"
    wait_until_closed(breaker)


def test_a_forked_process_finds_out_by_itself() -> None:
    breaker = breaker_that_probes(Calls(), seconds=60)
    with pytest.raises(RedisAwayError):
        breaker.call(Calls())
    breaker.forget()  # what os.register_at_fork has the child do

    with pytest.raises(RedisAwayError):
        breaker.call(Calls())
    assert breaker.prober is not None
    assert breaker.prober.is_alive()


def test_a_prober_that_was_forgotten_closes_nothing() -> None:
    probe = Calls()
    breaker = breaker_that_probes(probe)
    with pytest.raises(RedisAwayError):
        breaker.call(Calls())
    forgotten = breaker.prober
    breaker.forget()
    breaker.is_open = True

    probe.fails = False
    assert forgotten is not None
    forgotten.join(10)

    assert breaker.is_open


def test_our_own_mistakes_are_not_hidden() -> None:
    breaker = breaker_that_probes(Calls())
    with pytest.raises(ZeroDivisionError):
        breaker.call(lambda: 1 // 0)
    assert not breaker.is_open


def test_the_client_waits_a_quarter_of_a_second_at_most() -> None:
    options = redis.client().connection_pool.connection_kwargs

    assert options["socket_timeout"] == 0.25
    assert options["socket_connect_timeout"] == 0.25


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """One of its own, to freeze."""
    log = Log.to_file(tmp_path / "log")
    valkey = Valkey(tmp_path, log, port=free_port(), password="secret")
    valkey.start()
    yield valkey
    valkey.thaw()
    valkey.stop()
    log.close()


def test_a_frozen_redis_costs_one_wait_per_thread_and_then_nothing(
    valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []

    def ping(client: "redis_py.Redis") -> bool:
        waited.append(os.getpid())
        return bool(client.ping())

    def try_often(_: int) -> int:
        refused = 0
        for _ in range(100):
            try:
                ask(ping)
            except RedisAwayError:
                refused += 1
        return refused

    monkeypatch.setattr(redis.breaker, "probe_seconds", 0.01)
    with redis_at(valkey.url), ThreadPoolExecutor(THREADS) as pool:
        assert ask(lambda client: client.ping())
        valkey.freeze()
        assert sum(pool.map(try_often, range(THREADS))) == THREADS * 100
        assert len(waited) <= THREADS

        valkey.thaw()
        wait_until_closed(redis.breaker)
        assert ask(ping)


def test_threads_that_have_ended_hold_no_connection() -> None:
    """Servers that make a thread for each request or socket would run out of them."""
    script = redis.Script("return 1")

    def connected() -> int:
        return len(redis.client().client_list())

    before = connected()
    many = 110  # more than a pool holds
    for _ in range(many):
        thread = threading.Thread(target=script.run, kwargs={"keys": 0})
        thread.start()
        thread.join()

    assert redis.client().ping()
    # Not all of the last ones may have been collected yet.
    assert connected() < before + many // 2
