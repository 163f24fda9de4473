"""From a POST in one browser to the bell in another, through every program."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from benchmarks.arena import Arena
from benchmarks.client import must
from benchmarks.driver import percentiles
from benchmarks.load import Load, Request, WrongAnswerError
from benchmarks.rounds import Pace, Spread
from benchmarks.sections.create import BODY
from benchmarks.sections.lists import PATH
from benchmarks.table import Row, at_most

PER_SECOND = 50
PEOPLE = 10
_BOUND = 250
_LONGEST_WAIT_SECONDS = 10


@dataclass
class Watch:
    """When each was: tasks by id when posted, bells by id when they rang."""

    posted: dict[int, float] = field(default_factory=dict)
    rang: dict[int, float] = field(default_factory=dict)


def run_bells(arena: Arena, pace: Pace) -> Iterator[Row]:
    seconds = 8 if pace.rounds > 1 else 1
    with arena.everything():
        round_of(arena, 1)
        found = [round_of(arena, seconds) for _ in range(min(pace.rounds, 3))]
    p95 = Spread.of([times["p95"] for times in found])
    p50 = Spread.of([times["p50"] for times in found])
    what = f"POST to bell in another browser, {PER_SECOND} creates/s, p95"
    yield at_most(what, f"median {p50.median:.0f} ms", p95, _BOUND, " ms")
    arena.reset()


def round_of(arena: Arena, seconds: int) -> dict[str, float]:
    watch = Watch()
    with ExitStack() as stack:
        for person in range(1, PEOPLE + 1):
            browser = stack.enter_context(open_socket(arena.site, arena, person))
            listen(browser, watch)
        post_all(arena, watch, seconds)
        wait_for_all(watch)
    rows = arena.query("SELECT id, task_id FROM notifications_notification")
    task_of: dict[int, int] = dict(rows)
    times = [at - watch.posted[task_of[bell]] for bell, at in watch.rang.items()]
    return percentiles(times)


def open_socket(port: int, arena: Arena, person: int) -> ClientConnection:
    token = arena.our_token(person)
    request = Request("/api/realtime/ticket/", "POST", authorization=token)
    ticket = must(Load(arena.ours, [request])).json["ticket"]
    connection = connect(f"ws://localhost:{port}/ws/")
    connection.send(json.dumps({"type": "auth", "ticket": ticket}))
    hello: dict[str, Any] = json.loads(connection.recv(timeout=_LONGEST_WAIT_SECONDS))
    if hello["type"] != "ready":
        raise WrongAnswerError(f"the socket said {hello}")
    return connection


def listen(connection: ClientConnection, watch: Watch) -> None:
    def run() -> None:
        try:
            for message in connection:
                heard_at = time.perf_counter()
                fact = json.loads(message)
                if fact["type"] == "notification":
                    watch.rang[fact["id"]] = heard_at
        except ConnectionClosed:
            pass

    threading.Thread(target=run, daemon=True).start()


def post_all(arena: Arena, watch: Watch, seconds: int) -> None:
    """At fixed moments, whether or not the last was answered (within reason)."""
    started_at = time.perf_counter()
    threads = [
        threading.Thread(target=post_some, args=(arena, watch, n, started_at, seconds))
        for n in range(PEOPLE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(watch.posted) != PER_SECOND * seconds:
        raise WrongAnswerError(f"{len(watch.posted)} of {PER_SECOND * seconds} created")


def post_some(
    arena: Arena, watch: Watch, first: int, started_at: float, seconds: int
) -> None:
    token = arena.our_token(first + 1)
    for n in range(first, PER_SECOND * seconds, PEOPLE):
        time.sleep(max(0, started_at + n / PER_SECOND - time.perf_counter()))
        headers = {"Idempotency-Key": f"{started_at}-{n}"}
        request = Request(PATH, "POST", headers, BODY, token)
        posted_at = time.perf_counter()
        task = must(Load(arena.site, [request]), 201).json
        watch.posted[task["id"]] = posted_at


def wait_for_all(watch: Watch) -> None:
    deadline = time.monotonic() + _LONGEST_WAIT_SECONDS
    while len(watch.rang) < len(watch.posted):
        if time.monotonic() > deadline:
            missing = len(watch.posted) - len(watch.rang)
            raise WrongAnswerError(f"{missing} bells did not ring")
        time.sleep(0.01)
