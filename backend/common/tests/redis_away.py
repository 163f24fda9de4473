"""Taking Redis away from the code under test, and giving it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings

from common import redis

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@contextmanager
def redis_at(url: str) -> Iterator[None]:
    """Inside the block, Redis is the one at `url`."""
    try:
        with override_settings(REDIS_CACHE_URL=url):
            forget_connection()
            yield
    finally:
        forget_connection()


@contextmanager
def redis_away() -> Iterator[None]:
    """Inside the block, Redis refuses every connection."""
    with redis_at(NOBODY_LISTENS):
        yield


def forget_connection() -> None:
    redis.client_at.cache_clear()
    redis.breaker.forget()
