"""Search in the whole table's index, for a common word and for one nobody wrote."""

from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks import seed
from benchmarks.arena import Arena
from benchmarks.client import must
from benchmarks.load import Load, Sample, WrongAnswerError
from benchmarks.rounds import Pace, interleave, ratios
from benchmarks.sections.lists import ours
from benchmarks.table import Row, at_most

_BOUND = 3
WORDS = {"common": seed.COMMON_WORD, "absent": seed.ABSENT_WORD}


def run_search(arena: Arena, pace: Pace) -> Iterator[Row]:
    for tasks, person in (
        (arena.size.each, arena.size.small_owner),
        (arena.size.largest, arena.size.large_owner),
    ):
        yield from _of(arena, pace, tasks, person)


def _of(arena: Arena, pace: Pace, tasks: int, person: int) -> Iterator[Row]:
    loads = {
        name: ours(arena, f"?search={word}", person=person)
        for name, word in WORDS.items()
    }
    name = f"search p95, owner of {tasks:,}"
    for kind, load in loads.items():
        _check(kind, load)
    samples = interleave({"list": ours(arena, person=person), **loads}, pace)
    plain = samples.pop("list")
    for kind, taken in samples.items():
        ratio = ratios(taken, plain, lambda sample: sample.p95)
        figures = f"{_p95(taken):.1f} / {_p95(plain):.1f} ms"
        yield at_most(f"{name}, {kind} word, over list", figures, ratio, _BOUND)


def _p95(samples: Sequence[Sample]) -> float:
    return median(sample.p95 for sample in samples)


def _check(kind: str, load: Load) -> None:
    results = must(load).json["results"]
    word = WORDS[kind]
    hits = [
        task
        for task in results
        if word in f"{task['title']} {task['description']}".lower()
    ]
    if len(hits) != len(results) or bool(hits) != (kind == "common"):
        raise WrongAnswerError(f"{len(results)} tasks found for {word}: {results}")
