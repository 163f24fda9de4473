"""What every program counts and times, for Prometheus.

Labels take few values, all of them ours: routes by template, jobs by name. Never a
path, a user or an id. What it all means is in docs/operations.md.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.http import HttpRequest
from prometheus_client import Counter, Histogram, disable_created_metrics, values

from common import metrics_dir

disable_created_metrics()
if metrics_dir.VARIABLE in os.environ:
    values.ValueClass = values.MultiProcessValue(metrics_dir.slot)

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
# Seconds: from what a look-up takes to what nginx waits for.
SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1, 5)
REQUEST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
JOB = (0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60)

REQUESTS = Counter(
    "taskmanager_requests", "Requests answered.", ["route", "method", "status"]
)
REQUEST_SECONDS = Histogram(
    "taskmanager_request_seconds",
    "From a request's arrival at the application to its answer.",
    ["route", "method"],
    buckets=REQUEST,
)
QUERY_SECONDS = Histogram(
    "taskmanager_database_query_seconds", "One statement's round trip.", buckets=SHORT
)
REDIS_SECONDS = Histogram(
    "taskmanager_redis_command_seconds",
    "One look-up in Redis, answered or not.",
    buckets=SHORT,
)
REDIS_FAILURES = Counter(
    "taskmanager_redis_failures",
    "Look-ups that Redis did not answer, or was not asked because it was away.",
)
REPLICA_READS = Counter(
    "taskmanager_replica_reads",
    "Reads a replica may answer: asked there, at the primary, or there in vain.",
    ["answer"],
)
# Not labelled `job`, which Prometheus says of the program itself.
JOBS = Counter("taskmanager_jobs", "Jobs ended.", ["name", "queue", "state"])
JOB_WAIT_SECONDS = Histogram(
    "taskmanager_job_wait_seconds",
    "From a job's sending to its start.",
    ["name", "queue"],
    buckets=JOB,
)
JOB_RUN_SECONDS = Histogram(
    "taskmanager_job_run_seconds", "One run of a job.", ["name", "queue"], buckets=JOB
)


def count_request(request: HttpRequest, status: int, seconds: float) -> None:
    match = request.resolver_match
    route = route_of(match.route) if match else "none"
    method = request.method if request.method in METHODS else "other"
    counter, timer = request_metrics(route, str(method), status)
    counter.inc()
    timer.observe(seconds)


@cache
def request_metrics(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
    labels = (route, method)
    return REQUESTS.labels(*labels, status), REQUEST_SECONDS.labels(*labels)


@cache
def route_of(pattern: str) -> str:
    """`api/^tasks/(?P<pk>[1-9][0-9]*)/$` is `/api/tasks/{pk}/` to people."""
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", _in_braces, pattern)
    return "/" + re.sub(r"\\Z|[\^$\\?]", "", named)


def _in_braces(match: re.Match[str]) -> str:
    return "{" + (match[1] or match[2]) + "}"


@contextmanager
def timed(histogram: Histogram) -> Iterator[None]:
    started_at = time.perf_counter()
    try:
        yield
    finally:
        histogram.observe(time.perf_counter() - started_at)


def time_query(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    """A wrapper for Django's `execute_wrappers`."""
    started_at = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        QUERY_SECONDS.observe(time.perf_counter() - started_at)
