"""`python -m benchmarks [section …]`; `make bench` runs it."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import seed, table
from benchmarks.arena import Arena
from benchmarks.load import WrongAnswerError, has_wrk
from benchmarks.rounds import Pace
from benchmarks.sections import (
    bells,
    create,
    lists,
    pages,
    queries,
    search,
    sign_in,
    sockets,
    summary,
)
from devstack.paths import ROOT
from devstack.service import ServiceError

HOME = ROOT / ".devstack-bench"


@dataclass(frozen=True)
class Section:
    run: Callable[[Arena, Pace], Iterator[table.Row]]
    needs_everything: bool = False
    """Worker, beat, realtime and nginx, too."""


SECTIONS = {
    "list": Section(lists.run_list),
    "filters": Section(lists.run_filters),
    "unchanged": Section(lists.run_unchanged),
    "pages": Section(pages.run_pages),
    "search": Section(search.run_search),
    "summary": Section(summary.run_summary),
    "create": Section(create.run_create),
    "sign-in": Section(sign_in.run_sign_in),
    "queries": Section(queries.run_queries),
    "bells": Section(bells.run_bells, needs_everything=True),
    "sockets": Section(sockets.run_sockets, needs_everything=True),
}


PROFILED = {
    "list": lists.PATH,
    "filters": lists.PATH + lists.FILTERS,
    "search": f"{lists.PATH}?search={seed.COMMON_WORD}",
    "summary": summary.PATH,
}


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(prog="bench", description=__doc__)
    main.add_argument(
        "sections",
        nargs="*",
        metavar="section",
        help=f"{', '.join(SECTIONS)} (default: all); or: profile, then any of "
        f"{', '.join(PROFILED)} or a path",
    )
    main.add_argument("--rounds", type=int, default=Pace.rounds)
    main.add_argument("--seconds", type=float, default=Pace.seconds, help="per round")
    main.add_argument("--rows", type=int, default=seed.Size.rows, help="tasks in all")
    main.add_argument("--driver", choices=["wrk", "bundled"], help="default: wrk")
    main.add_argument("--smoke", action="store_true", help="tiny; judges no timing")
    main.add_argument("--count", type=int, default=500, help="requests to profile")
    main.add_argument("--stock", action="store_true", help="profile the stock project")
    return main


def main() -> int:
    arguments = parser().parse_args()
    names = arguments.sections or list(SECTIONS)
    if names[0] == "profile":
        return profile(arguments)
    if unknown := set(names) - set(SECTIONS):
        parser().error(
            f"no such section: {', '.join(sorted(unknown))}; "
            f"there are {', '.join(SECTIONS)}, and profile"
        )
    try:
        if arguments.smoke:
            smoke(names)
            return 0
        wrk = arguments.driver == "wrk" or (arguments.driver is None and has_wrk())
        pace = Pace(arguments.rounds, arguments.seconds, wrk=wrk)
        missed = run(HOME, seed.Size(rows=arguments.rows), names, pace)
        # One section is for a person who tunes; all of them are the bar.
        return 1 if missed and not arguments.sections else 0
    except (ServiceError, WrongAnswerError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2


def smoke(names: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        Path(directory).chmod(0o755)
        run(Path(directory), seed.SMOKE, names, Pace.smoke(), judge=False)


def profile(arguments: argparse.Namespace) -> int:
    size = seed.Size(rows=arguments.rows)
    with Arena(HOME, size) as arena:
        for name in arguments.sections[1:] or ["list"]:
            target = PROFILED.get(name, name)
            arena.profile(target, arguments.count, is_stock=arguments.stock)
    return 0


def run(
    directory: Path,
    size: seed.Size,
    names: list[str],
    pace: Pace,
    *,
    judge: bool = True,
) -> list[str]:
    """Prints each row once it is measured; returns those that missed their bar."""
    sections = [SECTIONS[name] for name in names]
    everything = any(section.needs_everything for section in sections)
    started_at = time.monotonic()
    rows: list[table.Row] = []
    with Arena(directory, size, everything=everything) as arena:
        [(version,)] = arena.query("SHOW server_version")
        facts: dict[str, object] = {
            "machine": table.machine(str(version)),
            "rows_in_table": size.total,
            "pace": f"{pace.rounds} rounds of {pace.seconds} s",
            "driver": "wrk" if pace.wrk else "bundled",
            "logging": "ours: JSON at INFO, one line a request; peers: none",
        }
        print(f"ready after {time.monotonic() - started_at:.0f} s")
        for fact, value in facts.items():
            print(f"{fact.replace('_', ' ')}: {value}")
        for section in sections:
            found = list(section.run(arena, pace))
            if not judge:
                found = [replace(row, passed=None) for row in found]
            print(table.text(found), flush=True)
            rows += found
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    table.save(directory / "results" / f"{moment}.json", rows, facts)
    print(f"{time.monotonic() - started_at:.0f} s in all")
    return [row.what for row in rows if row.passed is False]


if __name__ == "__main__":
    sys.exit(main())
