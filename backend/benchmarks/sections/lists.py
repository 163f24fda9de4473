"""A person's first page: against the peers, filtered, and unchanged."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import median
from typing import Any

from benchmarks.arena import Arena
from benchmarks.client import Answer, must
from benchmarks.load import Load, Request, WrongAnswerError
from benchmarks.rounds import Pace, interleave, rates, ratios
from benchmarks.table import Row, at_least

PATH = "/api/tasks/"
FILTERS = "?status=pending&priority=medium"
PAGE_ROWS = 20
FIELDS = 13
NOTHING: Mapping[str, str] = {}


def ours(
    arena: Arena,
    query: str = "",
    *,
    person: int = 0,
    headers: Mapping[str, str] = NOTHING,
) -> Load:
    token = arena.our_token(person or arena.size.small_owner)
    request = Request(PATH + query, headers=headers, authorization=token)
    return Load(arena.ours, [request])


def stock(arena: Arena, query: str = "") -> Load:
    return peer(arena, arena.stock, query)


def fast(arena: Arena, query: str = "") -> Load:
    return peer(arena, arena.fast, query)


def peer(arena: Arena, port: int, query: str) -> Load:
    token = arena.peers_token(arena.size.small_owner)
    return Load(port, [Request(PATH + query, authorization=token)])


def floor(arena: Arena) -> Load:
    return Load(arena.stock, [Request("/floor/")])


def ceiling(arena: Arena) -> Load:
    return Load(arena.stock, [Request(f"/ceiling/?user={arena.size.small_owner}")])


def checked(loads: Mapping[str, Load]) -> dict[str, Load]:
    """The loads, once each server has shown that it answers with the same page."""
    answers = {name: must(load) for name, load in loads.items()}
    expected: list[int] | None = None
    for name, answer in answers.items():
        ids = page_ids(name, answer)
        expected = expected or ids
        if ids != expected:
            raise WrongAnswerError(f"{name}: {ids}, not {expected}")
    return {
        name: replace(load, answer_bytes=answers[name].size)
        for name, load in loads.items()
    }


def page_ids(name: str, answer: Answer) -> list[int]:
    results: list[dict[str, Any]] = answer.json["results"]
    if len(results) != PAGE_ROWS or any(len(row) != FIELDS for row in results):
        raise WrongAnswerError(f"{name}: not {PAGE_ROWS} whole tasks: {answer.body!r}")
    return [row["id"] for row in results]


def run_list(arena: Arena, pace: Pace) -> Iterator[Row]:
    everybody = checked(
        {
            "ours": ours(arena),
            "stock": stock(arena),
            "fastapi": fast(arena),
            "fastapi, bare": fast(arena, "bare/"),
            "ceiling": ceiling(arena),
        }
    )
    samples = interleave({**everybody, "floor": floor(arena)}, pace)
    for name, taken in samples.items():
        speed = rates(taken)
        figures = (
            f"{speed.median:,.0f} req/s ({speed.lowest:,.0f}-{speed.highest:,.0f})"
        )
        p95 = median(sample.p95 for sample in taken)
        yield Row(f"  {name}", f"{figures}, p95 {p95:.1f} ms")
    for name, bound in (("stock", 4), ("fastapi", 1.5)):
        figures = versus(samples["ours"], samples[name])
        ratio = ratios(samples["ours"], samples[name])
        yield at_least(f"list, 20 of 100, over {name}", figures, ratio, bound)
    for what, name in (("over bare", "fastapi, bare"), ("of the", "ceiling")):
        ratio = ratios(samples["ours"], samples[name])
        yield Row(f"list, {what} {name.removesuffix(', bare')}", value=ratio)


def versus(mine: Any, its: Any) -> str:
    return f"{rates(mine).median:,.0f} / {rates(its).median:,.0f} req/s"


def run_filters(arena: Arena, pace: Pace) -> Iterator[Row]:
    loads = checked({"ours": ours(arena, FILTERS), "stock": stock(arena, FILTERS)})
    samples = interleave(loads, pace)
    mine, its = samples["ours"], samples["stock"]
    yield at_least(
        "list, two filters, over stock", versus(mine, its), ratios(mine, its), 3
    )


def run_unchanged(arena: Arena, pace: Pace) -> Iterator[Row]:
    what = "list, unchanged (304), over stock"
    loads = checked({"ours": ours(arena), "stock": stock(arena)})
    tag = must(loads["ours"]).headers["etag"]
    unchanged = ours(arena, headers={"If-None-Match": tag})
    size = must(unchanged, 304).size
    loads["ours"] = replace(unchanged, answer_bytes=size)
    samples = interleave(loads, pace)
    mine, its = samples["ours"], samples["stock"]
    yield at_least(what, versus(mine, its), ratios(mine, its), 5)
