"""Where one request's time goes: the WSGI application, called in this process.

`make bench ARGS="profile list"` starts the servers and runs this file beside them.
No socket, no second process: the figures are the application's own.
"""

import argparse
import cProfile
import importlib
import io
import pstats
import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

WARM_UP = 50
_TOP = 30
_PER_SECOND = 1e6

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def environ(path: str, headers: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(path)
    names = {f"HTTP_{name.upper().replace('-', '_')}": v for name, v in headers.items()}
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        "wsgi.input": io.BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **names,
    }


def call(
    application: Application, path: str, headers: dict[str, str]
) -> tuple[str, bytes]:
    """Status line and body."""
    seen: list[str] = []

    def start_response(status: str, fields: Any, error: Any = None) -> None:
        seen.append(status)

    answer = application(environ(path, headers), start_response)
    try:
        return seen[0], b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()


def queries(one: Callable[[], object]) -> list[tuple[str, float]]:
    """The statements of one request, with their microseconds, waiting included."""
    found: list[tuple[str, float]] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started_at = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            found.append((sql, (time.perf_counter() - started_at) * _PER_SECOND))

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(watch))
        one()
    return found


def timings(one: Callable[[], object], count: int) -> list[float]:
    """Microseconds of each of `count` requests."""
    taken = []
    for _ in range(count):
        started_at = time.perf_counter()
        one()
        taken.append((time.perf_counter() - started_at) * _PER_SECOND)
    return taken


def report(one: Callable[[], tuple[str, bytes]], count: int) -> None:
    status, body = one()
    print(f"{status}, {len(body)} bytes: {body[:200].decode(errors='replace')}")
    for _ in range(WARM_UP):
        one()
    for sql, microseconds in queries(one):
        print(f"{microseconds:8.0f} us  {sql[:300]}")
    used_at = time.process_time()
    taken = sorted(timings(one, count))
    used = (time.process_time() - used_at) * _PER_SECOND / count
    print(
        f"{statistics.median(taken):.0f} us a request in the median of {count}; "
        f"fastest {taken[0]:.0f}, 95 % within {taken[int(count * 0.95)]:.0f}"
    )
    print(f"{used:.0f} us of processor time in this process, whoever else is busy")
    profile = cProfile.Profile()
    profile.runcall(timings, one, count)
    for order in ("tottime", "cumulative"):
        out = io.StringIO()
        pstats.Stats(profile, stream=out).sort_stats(order).print_stats(_TOP)
        print(f"\nBy {order}, of {count} requests, under the profiler:")
        print(out.getvalue().partition("Ordered by")[2])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("application", help="module of the WSGI application")
    parser.add_argument("path")
    parser.add_argument("headers", nargs="*", metavar="Name: value")
    parser.add_argument("--count", type=int, default=500)
    arguments = parser.parse_args()
    application = importlib.import_module(arguments.application).application
    headers = dict(header.split(": ", 1) for header in arguments.headers)
    report(lambda: call(application, arguments.path, headers), arguments.count)


if __name__ == "__main__":
    main()
