"""Whether a page costs the same however deep it is and however much its owner has."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

from benchmarks.arena import Arena
from benchmarks.client import must
from benchmarks.load import Load, WrongAnswerError
from benchmarks.rounds import Pace, interleave, rates, slowest_over_fastest
from benchmarks.sections.lists import PAGE_ROWS, checked, ours
from benchmarks.table import Row, at_most

_STRIDE = 100  # the longest page, to get there sooner
_APART = 1.3


def run_pages(arena: Arena, pace: Pace) -> Iterator[Row]:
    large, small = arena.size.large_owner, arena.size.small_owner
    last = arena.size.largest // PAGE_ROWS
    loads = {
        "page 1 of 100 tasks": ours(arena, person=small),
        f"page 1 of {arena.size.largest:,} tasks": ours(arena, person=large),
        f"page {last:,}": walk(arena, large, (last - 1) * PAGE_ROWS),
    }
    samples = interleave(
        {name: checked({name: load})[name] for name, load in loads.items()}, pace
    )
    yield at_most(
        "pages: " + ", ".join(loads),
        " / ".join(f"{rates(taken).median:,.0f}" for taken in samples.values())
        + " req/s",
        slowest_over_fastest(samples),
        _APART,
    )


def walk(arena: Arena, person: int, rows: int) -> Load:
    """The page after so many rows, found by following `next`."""
    strides, steps = divmod(rows, _STRIDE)
    if steps == 0:
        strides, steps = strides - 1, _STRIDE
    limits = [_STRIDE] * strides + [PAGE_ROWS] * (steps // PAGE_ROWS)
    cursor = ""
    for limit in limits:
        parameters = {"limit": str(limit), **({"cursor": cursor} if cursor else {})}
        answer = must(ours(arena, f"?{urlencode(parameters)}", person=person)).json
        if answer["next"] is None:
            raise WrongAnswerError(f"the list ended before row {rows}")
        cursor = _cursor(answer["next"])
    return ours(arena, f"?{urlencode({'cursor': cursor})}", person=person)


def _cursor(link: str) -> str:
    return parse_qs(urlsplit(link).query)["cursor"][0]
