"""An unknown name is refused as slowly as a wrong password."""

import json
import statistics
import time
from collections.abc import Iterator

from benchmarks.arena import Arena
from benchmarks.client import must
from benchmarks.load import Load, Request
from benchmarks.rounds import Pace, Spread
from benchmarks.table import Row

_EACH = 20
_PER_CENT = 5


def run_sign_in(arena: Arena, pace: Pace) -> Iterator[Row]:
    each = _EACH if pace.rounds > 1 else 2
    blocks = [block(arena, each) for _ in range(pace.rounds)]
    unknown, wrong = (statistics.median(side) for side in zip(*blocks, strict=True))
    apart = [100 * (mine / its - 1) for mine, its in blocks]
    value = Spread(100 * (unknown / wrong - 1), min(apart), max(apart))
    yield Row(
        f"sign-in: unknown name over wrong password, {each * pace.rounds} each",
        f"{unknown:.1f} / {wrong:.1f} ms",
        value,
        f"within {_PER_CENT} %",
        abs(value.median) <= _PER_CENT,
    )


def block(arena: Arena, each: int) -> tuple[float, float]:
    """Medians in milliseconds, of sign-ins that take turns."""
    names = ("nobody-of-this-name", f"user{arena.size.small_owner}")
    loads = [refused(arena, name) for name in names]
    times = []
    for _ in range(each):
        # So many failures in a row would be refused without a look at the password.
        arena.query("DELETE FROM common_attempts")
        times.append([milliseconds(load) for load in loads])
    unknown, wrong = zip(*times, strict=True)
    return statistics.median(unknown), statistics.median(wrong)


def refused(arena: Arena, name: str) -> Load:
    body = json.dumps({"username": name, "password": "not the password"})
    return Load(arena.ours, [Request("/api/auth/token/", "POST", body=body)])


def milliseconds(load: Load) -> float:
    started_at = time.perf_counter()
    must(load, 401)
    return 1e3 * (time.perf_counter() - started_at)
