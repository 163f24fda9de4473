"""The summary of an owner of many tasks costs what that of few costs."""

from collections.abc import Iterator

from benchmarks.arena import Arena
from benchmarks.client import must
from benchmarks.load import Load, Request, WrongAnswerError
from benchmarks.rounds import Pace, interleave, rates, slowest_over_fastest
from benchmarks.table import Row, at_most

PATH = "/api/tasks/summary/"


def run_summary(arena: Arena, pace: Pace) -> Iterator[Row]:
    owners = {
        f"{arena.size.each:,}": arena.size.small_owner,
        f"{arena.size.largest:,}": arena.size.large_owner,
    }
    what = f"summary: owner of {' and of '.join(owners)}"
    loads = {
        name: Load(arena.ours, [Request(PATH, authorization=arena.our_token(person))])
        for name, person in owners.items()
    }
    for name, load in loads.items():
        total = must(load).json["total"]
        if f"{total:,}" != name:
            raise WrongAnswerError(f"{total} counted of {name} tasks")
    samples = interleave(loads, pace)
    figures = " / ".join(f"{rates(taken).median:,.0f}" for taken in samples.values())
    yield at_most(what, f"{figures} req/s", slowest_over_fastest(samples), 1.3)
