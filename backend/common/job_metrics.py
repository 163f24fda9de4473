"""How long jobs wait and run, and how they end: by Celery's signals."""

import time
from typing import Any

from celery.signals import (
    before_task_publish,
    task_postrun,
    task_prerun,
    task_revoked,
)

from common.metrics import JOB_RUN_SECONDS, JOB_WAIT_SECONDS, JOBS

SENT_AT = "sent_at"  # a header, in seconds since 1970


@before_task_publish.connect
def note_sending(headers: dict[str, Any], **kwargs: object) -> None:
    headers[SENT_AT] = time.time()


@task_prerun.connect
def note_start(task: Any, **kwargs: object) -> None:
    task.request.run_started_at = time.perf_counter()
    sent_at = task.request.get(SENT_AT)
    if sent_at is not None:
        # Two hosts' clocks may differ: nothing starts before it was sent.
        waited = max(0.0, time.time() - sent_at)
        JOB_WAIT_SECONDS.labels(*labels_of(task.name, task.request)).observe(waited)


@task_postrun.connect
def note_end(task: Any, state: str | None, **kwargs: object) -> None:
    labels = labels_of(task.name, task.request)
    JOBS.labels(*labels, (state or "unknown").lower()).inc()
    started_at = task.request.get("run_started_at")
    if started_at is not None:
        JOB_RUN_SECONDS.labels(*labels).observe(time.perf_counter() - started_at)


@task_revoked.connect
def note_revoked(sender: Any, request: Any, expired: bool, **kwargs: object) -> None:
    """In the worker's parent: too old to be begun, or cut off at its time limit."""
    state = "expired" if expired else "terminated"
    JOBS.labels(sender.name, queue_of(request.delivery_info), state).inc()


def labels_of(job: str, request: Any) -> tuple[str, str]:
    return job, queue_of(request.delivery_info)


def queue_of(delivery_info: dict[str, Any] | None) -> str:
    return str((delivery_info or {}).get("routing_key", "none"))
