"""Redis as a help that may be away: short waits, and none while it is known down."""

import hashlib
import os
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from common.metrics import REDIS_FAILURES, REDIS_SECONDS

logger = structlog.get_logger(__name__)
T = TypeVar("T")

TIMEOUT_SECONDS = 0.25
PROBE_SECONDS = 1.0


class RedisAwayError(Exception):
    """Redis did not answer in time; decide without it."""


class CircuitBreaker:
    """After a failure, fail at once until a background thread has heard an answer.

    Requests never try whether Redis is back: those that were waiting when it went
    away are the only ones that ever wait. One daemon thread per process asks, as long
    as the breaker is open.
    """

    def __init__(
        self, probe: Callable[[], object], probe_seconds: float = PROBE_SECONDS
    ) -> None:
        self.probe = probe
        self.probe_seconds = probe_seconds
        self.forget()
        # A fork takes the flag along, and leaves the thread that would lower it.
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        self.is_open = False
        self.prober: threading.Thread | None = None
        self.lock = threading.Lock()

    def call(self, command: Callable[[], T]) -> T:
        if self.is_open:
            REDIS_FAILURES.inc()
            raise RedisAwayError
        started_at = time.perf_counter()
        try:
            return command()
        except redis.RedisError as error:
            REDIS_FAILURES.inc()
            self.open(error)
            raise RedisAwayError from error
        finally:
            REDIS_SECONDS.observe(time.perf_counter() - started_at)

    def open(self, error: redis.RedisError) -> None:
        with self.lock:
            if not self.is_open:
                logger.warning("redis_away", error=type(error).__name__)
            self.is_open = True
            if self.prober is None:
                self.prober = threading.Thread(
                    target=self.probe_until_closed, name="redis-probe", daemon=True
                )
                self.prober.start()

    def probe_until_closed(self) -> None:
        while True:
            time.sleep(self.probe_seconds)
            if self.answers():
                self.close()
                return

    def close(self) -> None:
        with self.lock:
            # A prober that was forgotten knows nothing about what came after.
            if self.prober is threading.current_thread():
                self.is_open, self.prober = False, None
                logger.info("redis_back")

    def answers(self) -> bool:
        try:
            self.probe()
        except Exception:  # noqa: BLE001 - a dead thread would leave it open for ever
            return False
        return True


def client() -> "redis.Redis":
    """The process's client for small, bounded look-ups; use through `ask`."""
    return client_at(settings.REDIS_CACHE_URL)


@cache
def client_at(url: str) -> "redis.Redis":
    return redis.Redis.from_url(
        url,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        # A connection that Redis closed is replaced at once; a slow one is not awaited
        # twice.
        retry=Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
        protocol=3,
        decode_responses=True,
    )


breaker = CircuitBreaker(probe=lambda: client().ping())


def ask(command: Callable[["redis.Redis"], T]) -> T:
    """Run one Redis command; RedisAwayError within 0.25 s if it cannot be had."""
    return breaker.call(lambda: command(client()))


class Script:
    """A Lua script, which Redis runs as one indivisible step.

    For what every request asks: over a connection that stays with its thread, without
    redis-py's pool, retries and metrics, which cost twice as much as the answer.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.sha = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    def run(self, *keys_and_arguments: str | int, keys: int) -> Any:
        """The script's answer; RedisAwayError within 0.25 s if it cannot be had."""
        return breaker.call(lambda: self.evaluate(keys, keys_and_arguments))

    def evaluate(self, keys: int, rest: tuple[str | int, ...]) -> Any:
        try:
            return exchange("EVALSHA", self.sha, keys, *rest)
        except redis.exceptions.NoScriptError:
            return exchange("EVAL", self.text, keys, *rest)


def exchange(*command: str | int) -> Any:
    """Send one command and read its answer; a connection that was closed is replaced.

    The second try may run the command twice: fit for what may be counted twice.
    """
    connection = thread_connection()
    packed = connection.pack_command(*command)
    try:
        connection.send_packed_command(packed, check_health=False)
        return connection.read_response()
    except redis.ConnectionError:
        connection.disconnect()
    connection.send_packed_command(packed, check_health=False)
    return connection.read_response()


_mine = threading.local()


def thread_connection() -> Any:
    """This thread's own connection, which ends with it; new after a fork.

    None of the pool's: a thread that ends would never give it back.
    """
    pool = client().connection_pool
    owner = (os.getpid(), pool)
    if getattr(_mine, "owner", None) != owner:
        _mine.connection = pool.connection_class(**pool.connection_kwargs)
        _mine.owner = owner
    return _mine.connection
