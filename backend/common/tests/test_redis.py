import pytest
import redis as redis_py

from common import redis
from common.redis import CircuitBreaker, RedisAwayError, ask
from common.tests.redis_away import redis_away


class Calls:
    """Counts itself and fails as long as it should."""

    def __init__(self) -> None:
        self.count = 0
        self.fails = True

    def __call__(self) -> str:
        self.count += 1
        if self.fails:
            raise redis_py.ConnectionError
        return "answer"


def test_a_command_reaches_redis() -> None:
    assert ask(lambda client: client.ping())


def test_a_closed_port_is_redis_away() -> None:
    with redis_away(), pytest.raises(RedisAwayError):
        ask(lambda client: client.ping())


def test_after_a_failure_nobody_waits_again() -> None:
    breaker, command = CircuitBreaker(open_seconds=60), Calls()

    for _ in range(3):
        with pytest.raises(RedisAwayError):
            breaker.call(command)

    assert command.count == 1


def test_after_a_while_it_is_tried_again() -> None:
    breaker, command = CircuitBreaker(open_seconds=0), Calls()
    with pytest.raises(RedisAwayError):
        breaker.call(command)
    command.fails = False

    assert breaker.call(command) == "answer"
    assert breaker.call(command) == "answer"


def test_a_slow_redis_is_away_too() -> None:
    breaker = CircuitBreaker()

    def time_out() -> None:
        raise redis_py.TimeoutError

    with pytest.raises(RedisAwayError):
        breaker.call(time_out)


def test_our_own_mistakes_are_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        CircuitBreaker().call(lambda: 1 // 0)
    assert redis.breaker.open_until == 0.0


def test_the_client_waits_a_quarter_of_a_second_at_most() -> None:
    options = redis.client().connection_pool.connection_kwargs

    assert options["socket_timeout"] == 0.25
    assert options["socket_connect_timeout"] == 0.25
