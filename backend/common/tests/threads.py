"""Doing things in threads at once, each with its own connection."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")

# Unlike pg_stat_activity, always as of now, within a transaction, too.
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def run_at_once(count: int, call: Callable[[], T]) -> list[T]:
    """The results of `count` calls that start together; for `transaction=True`."""
    barrier = Barrier(count)

    def one(_: int) -> T:
        barrier.wait(timeout=10)
        return closing(call)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def start(call: Callable[[], T]) -> Future[T]:
    """Begin a call, and go on once it is done or waits for a lock of ours."""
    with_one = ThreadPoolExecutor(1)
    future = with_one.submit(closing, call)
    with_one.shutdown(wait=False)
    while not (future.done() or is_somebody_waiting()):
        time.sleep(0.01)
    return future


def closing(call: Callable[[], T]) -> T:
    try:
        return call()
    finally:
        connection.close()


def is_somebody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])
