"""Rounds that take turns, so that a machine's moods fall on all alike."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.load import Load, Sample, drive, together


@dataclass(frozen=True)
class Pace:
    rounds: int = 5
    seconds: float = 4
    warm_up_seconds: float = 1
    wrk: bool = True

    @classmethod
    def smoke(cls) -> "Pace":
        """Long enough to see that everything works, too short to mean anything."""
        return cls(rounds=1, seconds=0.3, warm_up_seconds=0.1, wrk=False)


def interleave(loads: Mapping[str, Load], pace: Pace) -> dict[str, list[Sample]]:
    """A B C, A B C, …: one server under load at a time, the others idle."""
    for load in loads.values():
        drive(load, pace.warm_up_seconds, wrk=pace.wrk)
    samples: dict[str, list[Sample]] = {name: [] for name in loads}
    for _ in range(pace.rounds):
        for name, load in loads.items():
            samples[name].append(one_round(load, pace))
    return samples


def one_round(load: Load, pace: Pace) -> Sample:
    """A round in pieces of a second, each over new connections.

    Which of a server's processes a connection falls to is luck, and stays so for as
    long as it is open: one long piece would measure the luck.
    """
    pieces = max(1, round(pace.seconds))
    taken = [drive(load, pace.seconds / pieces, wrk=pace.wrk) for _ in range(pieces)]
    return together(taken)


@dataclass(frozen=True)
class Spread:
    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(statistics.median(values), min(values), max(values))


def rates(samples: Sequence[Sample]) -> Spread:
    return Spread.of([sample.rate for sample in samples])


def ratios(
    ours: Sequence[Sample],
    theirs: Sequence[Sample],
    figure: Callable[[Sample], float] = lambda sample: sample.rate,
) -> Spread:
    """Round by round: what one round shares is the machine's mood."""
    pairs = zip(ours, theirs, strict=True)
    return Spread.of([figure(mine) / figure(its) for mine, its in pairs])


def slowest_over_fastest(samples: Mapping[str, Sequence[Sample]]) -> Spread:
    """How far the loads' medians lie apart; lowest and highest are single rounds.

    Not the median of the rounds: the luck of each of them drives the slowest and the
    fastest apart, never together.
    """
    medians = [rates(taken).median for taken in samples.values()]
    rounds = zip(*samples.values(), strict=True)
    apart = [[sample.rate for sample in taken] for taken in rounds]
    single = Spread.of([max(found) / min(found) for found in apart])
    return Spread(max(medians) / min(medians), single.lowest, single.highest)
