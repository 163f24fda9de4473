"""Doing one thing in many threads at once, each with its own connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def run_at_once(count: int, call: Callable[[], T]) -> list[T]:
    """The results of `count` calls that start together; for `transaction=True`."""
    barrier = Barrier(count)

    def one(_: int) -> T:
        barrier.wait(timeout=10)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
