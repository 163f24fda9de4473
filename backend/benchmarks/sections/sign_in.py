"""An unknown name is refused as slowly as a wrong password."""

import json
import statistics
import time
from collections.abc import Iterator, Sequence

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
    pairs = [pair for taken in blocks for pair in taken]
    unknown, wrong = (statistics.median(side) for side in zip(*pairs, strict=True))
    rounds = Spread.of([per_cent_apart(taken) for taken in blocks])
    value = Spread(per_cent_apart(pairs), rounds.lowest, rounds.highest)
    yield Row(
        f"sign-in: unknown name over wrong password, {each * pace.rounds} each",
        f"{unknown:.1f} / {wrong:.1f} ms",
        value,
        f"within {_PER_CENT} %",
        abs(value.median) <= _PER_CENT,
    )


def per_cent_apart(pairs: Sequence[tuple[float, float]]) -> float:
    """In the median: what two sign-ins in a row share is the machine's mood."""
    return 100 * (statistics.median(mine / its for mine, its in pairs) - 1)


def block(arena: Arena, each: int) -> list[tuple[float, float]]:
    """Milliseconds of an unknown name and of a wrong password, which take turns."""
    names = ("nobody-of-this-name", f"user{arena.size.small_owner}")
    loads = [refused(arena, name) for name in names]
    times = []
    for n in range(each):
        # So many failures in a row would be refused without a look at the password.
        arena.query("DELETE FROM common_attempts")
        turn = 1 if n % 2 else -1
        first, second = (milliseconds(load) for load in loads[::turn])
        times.append((first, second) if turn == 1 else (second, first))
    return times


def refused(arena: Arena, name: str) -> Load:
    body = json.dumps({"username": name, "password": "not the password"})
    return Load(arena.ours, [Request("/api/auth/token/", "POST", body=body)])


def milliseconds(load: Load) -> float:
    started_at = time.perf_counter()
    must(load, 401)
    return 1e3 * (time.perf_counter() - started_at)
