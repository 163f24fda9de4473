"""Redis as a help that may be away: short waits, and none while it is known down."""

import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = structlog.get_logger(__name__)
T = TypeVar("T")

TIMEOUT_SECONDS = 0.25
OPEN_SECONDS = 1.0


class RedisAwayError(Exception):
    """Redis did not answer in time; decide without it."""


class CircuitBreaker:
    """After a failure, fail at once for a second instead of waiting again.

    A race between threads costs one more wait, so there is no lock.
    """

    def __init__(self, open_seconds: float = OPEN_SECONDS) -> None:
        self.open_seconds = open_seconds
        self.open_until = 0.0

    def call(self, command: Callable[[], T]) -> T:
        if time.monotonic() < self.open_until:
            raise RedisAwayError
        try:
            return command()
        except redis.RedisError as error:
            self.open_until = time.monotonic() + self.open_seconds
            logger.warning("redis_away", error=type(error).__name__)
            raise RedisAwayError from error


breaker = CircuitBreaker()


@cache
def client() -> "redis.Redis":
    """The process's client for small, bounded look-ups; use through `ask`."""
    return redis.Redis.from_url(
        settings.REDIS_CACHE_URL,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        # A connection that Redis closed is replaced at once; a slow one is not awaited
        # twice.
        retry=Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
        protocol=3,
        decode_responses=True,
    )


def ask(command: Callable[["redis.Redis"], T]) -> T:
    """Run one Redis command; RedisAwayError within 0.25 s if it cannot be had."""
    return breaker.call(lambda: command(client()))
