"""How far a streaming replica is behind, and whether Redis knows who has just written.

One thread in each web process that reads from a replica; requests look at two moments
it keeps and wait for nothing. See docs/adr/0070-reads-from-a-replica.md.
"""

import contextlib
import os
import select
import socket
import threading
import time
import weakref
from collections import deque
from decimal import Decimal
from typing import Any

import psycopg2
import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from common.redis import RedisAwayError, ask

logger = structlog.get_logger(__name__)

ALIAS = "replica"
ANSWER_SECONDS = 2.0
NEVER = float("-inf")

# Positions in the log of changes (WAL), in bytes. What was acknowledged is flushed.
WRITTEN = "SELECT pg_current_wal_flush_lsn() - '0/0'"
REPLAYED = "SELECT pg_last_wal_replay_lsn() - '0/0' WHERE pg_is_in_recovery()"


class NotReplicaError(Exception):
    """The server is no standby: nobody knows what it has, so nobody asks it."""


class Watch:
    """Moments are those of `time.monotonic`."""

    def __init__(self) -> None:
        self.forget()
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        self.as_of = NEVER
        """The replica has everything that was acknowledged by then."""
        self.marks_from = NEVER
        """Redis has kept every mark of a writer since then."""
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None
        self.connections: weakref.WeakSet[Any] = weakref.WeakSet()
        self.written: deque[tuple[float, Decimal]] = deque(maxlen=50)

    # --- What requests ask ---------------------------------------------------------

    def is_fresh(self) -> bool:
        """Whether the replica lacks nothing, but what marked people wrote of late."""
        if self.thread is None:
            self.start()
        now = time.monotonic()
        is_near = now - self.as_of <= settings.REPLICA_MAX_LAG_SECONDS
        return is_near and now - self.marks_from > float(settings.REPLICA_MARK_SECONDS)

    def lose(self, error: BaseException) -> None:
        """Use it no more until it has answered anew; let nobody wait for it."""
        if self.as_of != NEVER:
            logger.warning("replica_lost", error=type(error).__name__)
        self.as_of = NEVER
        with self.lock:
            held = list(self.connections)
        for connection in held:
            hang_up(connection)

    def add(self, connection: Any) -> None:
        """One that requests wait on, and `lose` hangs up."""
        with self.lock:
            self.connections.add(connection)

    def lose_marks(self) -> None:
        """A mark may be missing: wait until it would have run out."""
        self.marks_from = time.monotonic()

    # --- The thread ----------------------------------------------------------------

    def start(self) -> None:
        with self.lock:
            if self.thread is None:
                self.thread = threading.Thread(
                    target=self.run, name="watch the replica", daemon=True
                )
                self.thread.start()

    def run(self) -> None:
        primary, replica = Line(DEFAULT_DB_ALIAS), Line(ALIAS)
        while True:
            self.look_at_marks()
            try:
                self.look(primary, replica)
            except Exception as error:  # noqa: BLE001 - a dead thread would watch no more
                self.lose(error)
            time.sleep(settings.REPLICA_MAX_LAG_SECONDS / 5)

    def look(self, primary: "Line", replica: "Line") -> None:
        asked_at = time.monotonic()
        self.written.append((asked_at, primary.ask(WRITTEN)))
        replayed = replica.ask(REPLAYED)
        as_of = max((at for at, end in self.written if end <= replayed), default=NEVER)
        if self.as_of == NEVER < as_of:
            logger.info("replica_found")
        self.as_of = as_of

    def look_at_marks(self) -> None:
        try:
            server: Any = ask(lambda redis: redis.info("server"))
        except RedisAwayError:
            self.lose_marks()
            return
        started_at = time.monotonic() - int(server["uptime_in_seconds"])
        self.marks_from = max(self.marks_from, started_at)


class Line:
    """A connection for short questions that are answered within ANSWER_SECONDS."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.connection: Any = None

    def ask(self, question: str) -> Decimal:
        """The number it selects; psycopg2.Error, TimeoutError or NotReplicaError."""
        try:
            return self.answer(question)
        except BaseException:
            self.close()
            raise

    def answer(self, question: str) -> Decimal:
        deadline = time.monotonic() + ANSWER_SECONDS
        if self.connection is None:
            parameters = connections[self.alias].get_connection_params()
            self.connection = psycopg2.connect(**parameters, async_=True)
            self.wait(deadline)
        with self.connection.cursor() as cursor:
            cursor.execute(question)
            self.wait(deadline)
            row = cursor.fetchone()
        if row is None or row[0] is None:
            raise NotReplicaError
        return Decimal(row[0])

    def wait(self, deadline: float) -> None:
        while (state := self.connection.poll()) != psycopg2.extensions.POLL_OK:
            files = [self.connection.fileno()]
            reads = files if state == psycopg2.extensions.POLL_READ else []
            writes = files if state == psycopg2.extensions.POLL_WRITE else []
            left = max(0.0, deadline - time.monotonic())
            if not any(select.select(reads, writes, [], left)):
                raise TimeoutError

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def hang_up(connection: Any) -> None:
    """Wake whoever waits for an answer on it: from a frozen server none comes.

    The connection stays its thread's to close; only its socket hears of the end.
    """
    with (
        contextlib.suppress(psycopg2.Error, OSError),
        socket.socket(fileno=os.dup(connection.fileno())) as link,
    ):
        link.shutdown(socket.SHUT_RDWR)


watch = Watch()
