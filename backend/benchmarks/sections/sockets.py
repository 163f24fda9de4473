"""What idle sockets cost the realtime program."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from websockets.sync.client import ClientConnection

from benchmarks.arena import Arena
from benchmarks.rounds import Pace, Spread
from benchmarks.sections.bells import open_socket
from benchmarks.table import Row, at_most

EACH = 10  # as many as one person may have open
PEOPLE = 50
_BOUND = 60
_SETTLE_SECONDS = 3
_AT_ONCE = 4


def run_sockets(arena: Arena, pace: Pace) -> Iterator[Row]:
    people = PEOPLE if pace.rounds > 1 else 2
    with arena.everything():
        with ExitStack() as first:
            open_all(arena, 1, first)
        time.sleep(_SETTLE_SECONDS if pace.rounds > 1 else 0)
        before = arena.realtime_memory()
        with ExitStack() as stack:
            open_all(arena, people, stack)
            time.sleep(_SETTLE_SECONDS if pace.rounds > 1 else 0)
            more = (arena.realtime_memory() - before) / 1e6
    yield at_most(
        f"{people * EACH} idle sockets, more memory in realtime",
        f"{before / 1e6:.0f} MB without",
        Spread(more, more, more),
        _BOUND,
        " MB",
    )


def open_all(arena: Arena, people: int, stack: ExitStack) -> None:
    def open_one(n: int) -> ClientConnection:
        return open_socket(arena.realtime, arena, 1 + n % people)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(lambda n: arena.our_token(1 + n)(), range(people)):
            pass
        for connection in pool.map(open_one, range(people * EACH)):
            stack.enter_context(connection)
