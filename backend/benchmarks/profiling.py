"""Where one request's time goes: the WSGI application, called in this process.

`make bench ARGS="profile list"` starts the servers and runs this file beside them.
No socket, no second process: the figures are the application's own.
"""

import cProfile
import importlib
import io
import json
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

WARM_UP = 50
_TOP = 30
_PER_SECOND = 1e6

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Spec = dict[str, Any]
"""`method`, `path`, `headers` and `body`."""


def environ(spec: Spec) -> dict[str, Any]:
    parts = urlsplit(spec["path"])
    body = spec["body"].encode()
    headers = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in spec["headers"].items()
    }
    return {
        "REQUEST_METHOD": spec["method"],
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "CONTENT_TYPE": "application/json" if body else "",
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        "wsgi.input": io.BytesIO(body),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **headers,
    }


def call(application: Application, spec: Spec) -> tuple[str, bytes]:
    """Status line and body."""
    seen: list[str] = []

    def start_response(status: str, fields: Any, error: Any = None) -> None:
        seen.append(status)

    answer = application(environ(spec), start_response)
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

    with connection.execute_wrapper(watch):
        one()
    return found


def counted(one: Callable[[], tuple[str, bytes]]) -> tuple[int, int]:
    """Status, and number of statements."""
    statuses: list[str] = []
    made = queries(lambda: statuses.append(one()[0]))
    return int(statuses[0].split()[0]), len(made)


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
    calls = vars(pstats.Stats(profile))["total_calls"] / count
    print(f"{calls:,.0f} function calls a request")
    for order in ("tottime", "cumulative"):
        out = io.StringIO()
        pstats.Stats(profile, stream=out).sort_stats(order).print_stats(_TOP)
        print(f"\nBy {order}, of {count} requests, under the profiler:")
        print(out.getvalue().partition("Ordered by")[2])


def main() -> None:
    """Takes its order as JSON: application, requests, and how often to call one.

    A count of 0: prints only what each request was answered with and how many
    statements it made.
    """
    order = json.load(sys.stdin)
    application = importlib.import_module(order["application"]).application
    calls = [partial(call, application, spec) for spec in order["requests"]]
    if order["count"]:
        report(calls[0], order["count"])
    else:
        calls[0]()  # connects
        print(json.dumps([counted(one) for one in calls]))


if __name__ == "__main__":
    main()
