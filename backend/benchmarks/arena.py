"""Everything that is measured, started once on one PostgreSQL and one Valkey."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg2
from redis import Redis

from benchmarks import seed, servers
from benchmarks.client import must
from benchmarks.load import Load, Request, specs_of
from devstack import processes
from devstack.home import Home
from devstack.paths import BACKEND
from devstack.service import Service
from devstack.stack import PROGRAMS, Stack

_TOKEN_SECONDS = 120
_LIMIT = "10000000/60"
SETTINGS = {
    "DEBUG": "off",
    # As in production, where each request is one JSON line.
    "LOG_FORMAT": "json",
    "LOG_LEVEL": "INFO",
    # A worker that restarts in a round would be noise.
    "WEB_MAX_REQUESTS": "0",
    **dict.fromkeys(
        ("LIMIT_AUTH", "LIMIT_WRITE", "LIMIT_READ", "LIMIT_SEARCH"), _LIMIT
    ),
}


class Arena:
    """This API's stack, the stock project and the FastAPI one, over one seeded table.

    The data stay for the next run, as long as neither migrations nor sizes change.
    """

    def __init__(
        self, directory: Path, size: seed.Size, *, everything: bool = False
    ) -> None:
        self.size = size
        self.directory = directory
        self.log = servers.RawLog.to_file(directory / "bench.log")
        self.stack = Stack(
            directory,
            programs=PROGRAMS if everything else ("web",),
            nginx=everything,
            spa=_page(directory) if everything else directory,
            settings=SETTINGS,
            log=self.log,
        )
        self.has_everything = everything
        self._peers: list[Service] = []
        self._tokens: dict[tuple[int, str], tuple[float, str]] = {}

    def __enter__(self) -> Self:
        try:
            self._open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> None:
        stamp = _stamp(self.size)
        home = Home(self.directory)
        is_seeded = home.stamp("seed") == stamp
        if not is_seeded:
            shutil.rmtree(self.directory / "postgres", ignore_errors=True)
        self.stack.open()
        if not is_seeded:
            seed.fill(self.database_url, self.size)
            home.set_stamp("seed", stamp)
        self._rest()
        self.reset()
        environment = {**self.stack.environment, "WEB_MAX_REQUESTS": "0"}
        self._stock = servers.stock(self.directory, self.log, environment)
        self._fast = servers.Uvicorn(self.directory, self.log, environment)
        self._peers = [self._stock, self._fast]
        for peer in self._peers:
            peer.start(wait=False)
        for peer in self._peers:
            peer.wait_ready()

    def close(self) -> None:
        for peer in self._peers:
            peer.stop()
        self.stack.close()
        self.log.close()

    def _rest(self) -> None:
        """Leaves web alone: what the others use is not web's to answer for."""
        for name in PROGRAMS[1:] if self.has_everything else ():
            self.stack.stop(name)

    @contextmanager
    def everything(self) -> Iterator[None]:
        """All programs run, as on a site."""
        for name in PROGRAMS[1:]:
            self.stack.start(name)
        try:
            yield
        finally:
            self._rest()

    # --- What is there --------------------------------------------------------------

    @property
    def database_url(self) -> str:
        return self.stack.environment["DATABASE_URL"]

    @property
    def ours(self) -> int:
        return int(self.stack.web_url.rpartition(":")[2])

    @property
    def stock(self) -> int:
        return self._stock.port

    @property
    def fast(self) -> int:
        return self._fast.port

    @property
    def site(self) -> int:
        """nginx; only where everything runs."""
        return int(self.stack.url.rpartition(":")[2])

    @property
    def realtime(self) -> int:
        return int(self.stack.realtime_url.rpartition(":")[2])

    def realtime_memory(self) -> int:
        """Bytes in use by the realtime program; pages shared are counted once."""
        return processes.memory_bytes(
            processes.family(self.stack.services["realtime"].pid)
        )

    def our_token(self, person: int) -> Callable[[], str]:
        return lambda: self._token(self.ours, "/api/auth/token/", person)

    def peers_token(self, person: int) -> Callable[[], str]:
        return lambda: self._token(self.stock, "/api/token/", person)

    def _token(self, port: int, path: str, person: int) -> str:
        """Signed in anew before the token ends; a sign-in is never part of a round."""
        key = (person, path)
        made_at, token = self._tokens.get(key, (0.0, ""))
        if time.monotonic() - made_at > _TOKEN_SECONDS or not token:
            body = {"username": f"user{person}", "password": seed.PASSWORD}
            answer = must(Load(port, [Request(path, "POST", body=json.dumps(body))]))
            token = f"Bearer {answer.json['access']}"
            self._tokens[key] = (time.monotonic(), token)
        return token

    def profile(self, target: str, count: int, *, is_stock: bool) -> None:
        """Prints where a GET's time goes, in a process of its own."""
        person = self.size.small_owner
        token = self.peers_token(person) if is_stock else self.our_token(person)
        headers = {"Authorization": token()}
        module = "benchmarks.peers.stock.wsgi" if is_stock else "config.wsgi"
        environment = self._stock.environment() if is_stock else self.stack.environment
        order = {"application": module, "count": count}
        requests = [{"method": "GET", "path": target, "headers": headers, "body": ""}]
        self._in_process({**order, "requests": requests}, environment)

    def count_queries(self, requests: Sequence[Request]) -> list[tuple[int, int]]:
        """Status and number of statements of each, in turn, in one process."""
        specs = specs_of(Load(self.ours, requests))
        order = {"application": "config.wsgi", "count": 0, "requests": specs}
        answer = self._in_process(order, self.stack.environment, capture=True)
        return [(status, made) for status, made in json.loads(answer)]

    def _in_process(
        self,
        order: dict[str, object],
        environment: Mapping[str, str],
        *,
        capture: bool = False,
    ) -> str:
        with (self.directory / "profile.log").open("w") as log:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.profiling"],
                input=json.dumps(order),
                cwd=BACKEND,
                env={**os.environ, **environment},
                stdout=subprocess.PIPE if capture else None,
                stderr=log,
                text=True,
                check=True,
            )
        return done.stdout or ""

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        connection = psycopg2.connect(self.database_url)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def reset(self) -> None:
        """Takes away what was created since the seed."""
        self.query("TRUNCATE events_event, common_idempotency_key CASCADE")
        self.query(f"DELETE FROM tasks_task WHERE id > {self.size.total}")
        self.query("VACUUM ANALYZE tasks_task")
        with Redis.from_url(self.stack.environment["REDIS_URL"]) as redis:
            redis.flushdb()
            redis.set("marks:kept", 1)  # as in one that has run for a while


def _page(directory: Path) -> Path:
    """Something for nginx to serve: the pages themselves are not measured."""
    spa = directory / "spa"
    spa.mkdir(parents=True, exist_ok=True)
    (spa / "index.html").write_text("<!doctype html><title>Benchmark</title>")
    return spa


def _stamp(size: seed.Size) -> str:
    """Changes with whatever decides what is in the database."""
    sources = [*sorted(BACKEND.glob("*/migrations/*.py")), Path(seed.__file__)]
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    return hashlib.sha256(f"{size}{text}".encode()).hexdigest()
