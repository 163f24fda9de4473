"""Gunicorn for both programs: `GUNICORN_ROLE=web` (default) or `realtime`."""

import os
from typing import Any

from common import metrics_dir, sizes

_is_realtime = os.environ.get("GUNICORN_ROLE", "web") == "realtime"
_port = "8001" if _is_realtime else "8000"

bind = os.environ.get("GUNICORN_BIND", f"0.0.0.0:{_port}")
if _is_realtime:
    # Sockets live in one process; more of it are started beside each other.
    worker_class = "asgi"
    workers = 1
    worker_connections = 10_000
    # A longer message closes with 1009 before it is read; in several frames as well.
    websocket_max_message_size = 64 * 1024
else:
    worker_class = "gthread"
    workers = sizes.WEB_PROCESSES
    threads = sizes.WEB_THREADS
    # Against slow leaks. The jitter keeps the workers from leaving all at once.
    max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "20000"))
    max_requests_jitter = max_requests // 5

# Where each worker loads the code, HUP brings in new code and settings, and nobody
# answers until it has. In containers, whose code never changes, the parent loads it,
# once for all: workers answer as soon as they are there.
preload_app = os.environ.get("GUNICORN_PRELOAD", "") == "1" and not _is_realtime

# Above nginx's 60 s: it must be nginx that ends an idle connection, or it could send a
# request into one that is just being closed.
keepalive = 75
timeout = 60
graceful_timeout = 30
backlog = 1024

limit_request_line = 8190
limit_request_fields = 64

# Workers touch a file to show that they live; on a disk that can block.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108

control_socket_disable = True
# Django logs each request itself, with its id, user and duration.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")
proc_name = "realtime" if _is_realtime else "web"

# --- What the workers count, added up (common/metrics_dir.py) ------------------------


if preload_app and metrics_dir.VARIABLE not in os.environ:  # HUP reads this file again
    metrics_dir.prepare()


def on_starting(server: Any) -> None:
    if not _is_realtime and not preload_app:  # realtime is one process
        metrics_dir.prepare()


def pre_fork(server: Any, worker: Any) -> None:
    taken = {getattr(other, "slot", None) for other in server.WORKERS.values()}
    worker.slot = min(set(range(len(taken) + 1)) - taken)


def post_fork(server: Any, worker: Any) -> None:
    metrics_dir.take_slot(worker.slot)


def on_exit(server: Any) -> None:
    metrics_dir.remove()
