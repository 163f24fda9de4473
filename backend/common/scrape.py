"""`/metrics`: what Prometheus reads of each program, and of the whole site by web.

Inside only: nginx answers 404, and no port of it is published.
"""

import math
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from queue import Empty, SimpleQueue

import structlog
from django.conf import settings
from django.db import Error, connection, transaction
from django.db.backends.utils import CursorWrapper
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Metric,
    generate_latest,
    make_wsgi_app,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from common import certificate, metrics_dir
from common.redis import client_at

logger = structlog.get_logger(__name__)

# No scrape waits longer for a server that hangs; Prometheus gives up after ten.
PATIENCE_SECONDS = 2.0
STATEMENT_MS = 1_000
CERTIFICATE_SECONDS = 300  # no handshake at every scrape

Reading = Callable[[], Iterable[Metric]]

database_readings: list[Reading] = []
"""What apps read from the database at each scrape of web, each in a second at most."""


def gauge(
    name: str, text: str, label: str, values: Mapping[str, float]
) -> GaugeMetricFamily:
    """A gauge with one label, which takes these values."""
    family = GaugeMetricFamily(f"taskmanager_{name}", text, labels=[label])
    for each, value in values.items():
        family.add_metric([each], value)
    return family


def single(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"taskmanager_{name}", text, value)


def watch_backlog(name: str, text: str, query: str) -> None:
    """At each scrape, tell what `query` says: how many rows wait, the oldest how long.

    The age is in seconds, 0 where none waits.
    """

    def read_backlog() -> Iterator[Metric]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            ((count, age),) = cursor.fetchall()
        yield single(name, text, count)
        yield single(f"{name}_seconds", "The age of the oldest of them.", age)

    database_readings.append(read_backlog)


class ProgramCollector(Collector):
    """What this program's processes have counted, and which release they are."""

    def collect(self) -> Iterator[Metric]:
        if metrics_dir.VARIABLE in os.environ:
            files: Collector = MultiProcessCollector(None)
            yield from files.collect()
        else:
            yield from REGISTRY.collect()
        releases = {settings.RELEASE: 1}
        yield gauge("release_info", "The release that runs.", "version", releases)


class SiteCollector(Collector):
    """What is the same whoever is asked: read at each scrape, absent where unknown."""

    def collect(self) -> Iterator[Metric]:
        answers = at_once(parts())
        for answer in answers.values():
            yield from answer or ()
        up = {part: float(answer is not None) for part, answer in answers.items()}
        yield gauge("part_up", "1 while the part answers in time.", "part", up)
        yield from read_disk()


def parts() -> dict[str, Reading]:
    """What may be away, and what is read of it."""
    found: dict[str, Reading] = {
        "database": read_database,
        "redis": read_redis,
        "broker": read_broker,
    }
    if settings.TLS_CHECK:
        found["certificate"] = read_certificate
    return found


def at_once(parts: Mapping[str, Reading]) -> dict[str, Iterable[Metric] | None]:
    """What each says within PATIENCE_SECONDS; None for one that fails or hangs."""
    boxes = {name: SimpleQueue[Iterable[Metric] | None]() for name in parts}
    for name, read in parts.items():
        # Of its own, and abandoned where it hangs: no pool fills up with them.
        threading.Thread(target=fill, args=(boxes[name], read), daemon=True).start()
    until = time.monotonic() + PATIENCE_SECONDS
    return {name: wait_for(box, until) for name, box in boxes.items()}


def fill(box: "SimpleQueue[Iterable[Metric] | None]", read: Reading) -> None:
    try:
        box.put(list(read()))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not known now
        logger.info(
            "metrics_not_read", source=read.__name__, error=type(error).__name__
        )
        box.put(None)


def wait_for(
    box: "SimpleQueue[Iterable[Metric] | None]", until: float
) -> Iterable[Metric] | None:
    try:
        return box.get(timeout=max(0.0, until - time.monotonic()))
    except Empty:
        return None


def read_database() -> Iterator[Metric]:
    """Over a connection for this scrape alone, each reading in its own transaction."""
    try:
        with limited_transaction() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            ((size,),) = cursor.fetchall()
        yield single(
            "database_size_bytes", "What the database takes on its disk.", size
        )
        for reading in database_readings:
            try:
                with limited_transaction():
                    yield from list(reading())
            except Error as error:
                logger.warning("metrics_not_read", error=type(error).__name__)
    finally:
        connection.close()


@contextmanager
def limited_transaction() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {STATEMENT_MS}")
        yield cursor


def read_redis() -> Iterator[Metric]:
    client_at(settings.REDIS_CACHE_URL).ping()
    yield from ()


def read_broker() -> Iterator[Metric]:
    """How many jobs wait in each queue, and how many are taken and not yet done."""
    queues = sorted(queue_names())
    with client_at(settings.REDIS_BROKER_URL).pipeline(transaction=False) as pipeline:
        for queue in queues:
            pipeline.llen(queue)
        pipeline.hlen("unacked")  # kombu's hash of what workers hold
        *lengths, held = pipeline.execute()
    waiting = dict(zip(queues, lengths, strict=True))
    yield gauge("queue_jobs", "Jobs that wait in the queue.", "queue", waiting)
    yield single("jobs_held", "Jobs that workers have taken and not finished.", held)


def queue_names() -> set[str]:
    routes = settings.CELERY_TASK_ROUTES.values()
    return {settings.CELERY_TASK_DEFAULT_QUEUE, *(route["queue"] for route in routes)}


def read_disk() -> Iterator[Metric]:
    """In a container: of the host's disk that holds containers and, unless placed
    elsewhere, volumes."""
    disk = shutil.disk_usage(settings.BASE_DIR)
    yield single("disk_size_bytes", "The disk that this program runs from.", disk.total)
    yield single("disk_free_bytes", "What is free on it.", disk.free)


NEVER = (-math.inf, 0.0)
_certificate = NEVER  # when it was read, and its end


def read_certificate() -> Iterator[Metric]:
    global _certificate  # noqa: PLW0603 - what this process has read last
    if time.monotonic() > _certificate[0] + CERTIFICATE_SECONDS:
        end = certificate.not_after(settings.TLS_CHECK)
        _certificate = (time.monotonic(), end)
    yield single(
        "certificate_end_seconds", "When it runs out, since 1970.", _certificate[1]
    )


def registry_of(*collectors: Collector) -> CollectorRegistry:
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    return registry


program = registry_of(ProgramCollector())
site = registry_of(ProgramCollector(), SiteCollector())

answer = make_wsgi_app(site)
"""A WSGI application, for web."""


def program_text() -> bytes:
    """What this program alone has to say."""
    return generate_latest(program)


def listen() -> None:
    """Answer at METRICS_BIND (`host:port`), if it is set: for programs without HTTP.

    A port that is taken is a warning: the program has more to do than to be watched.
    """
    host, _, port = os.environ.get("METRICS_BIND", "").rpartition(":")
    if not port:
        return
    try:
        server, _ = start_http_server(int(port), host, program)
    except OSError as error:
        logger.warning("metrics_not_served", port=port, error=str(error))
        return
    # A child that outlives its parent must not hold the port.
    os.register_at_fork(after_in_child=server.socket.close)
