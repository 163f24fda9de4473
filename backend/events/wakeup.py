"""Waking a job without ever making a request wait for the broker.

After commit a flag is raised; one background thread per process and job sends the
Celery message. A burst of commits becomes one message, of all processes together: while
one waits for a worker, no other is sent, for sending is dear. A broker that is away or
frozen holds up that thread only, and what it fails to send is found by beat's sweep.
"""

import os
import threading
from contextlib import suppress

import structlog
from celery import current_app

from common.redis import RedisAwayError, ask

logger = structlog.get_logger(__name__)

RELAY_JOB = "events.relay"
# A message that was lost holds up no other for longer.
WAITING_MS = 2_000


class Waker:
    """Wakes one job, which takes no arguments and finds its work in the database."""

    def __init__(self, job: str) -> None:
        self.job = job
        self.mark = f"waiting:{job}"
        self.flag = threading.Event()
        self.lock = threading.Lock()
        self.pid = 0

    def wake(self) -> None:
        """Return at once; the message leaves a moment later."""
        if self.pid != os.getpid():  # first use, or first use after a fork
            self.start()
        self.flag.set()

    def start(self) -> None:
        with self.lock:
            if self.pid == os.getpid():
                return
            self.flag = threading.Event()
            thread = threading.Thread(
                target=self.run, name=f"wake {self.job}", daemon=True
            )
            thread.start()
            self.pid = os.getpid()

    def run(self) -> None:
        while True:
            self.flag.wait()
            self.flag.clear()
            self.send()

    def send(self) -> None:
        if not self.takes_mark():
            return
        try:
            current_app.send_task(self.job, ignore_result=True, retry=False, expires=30)
        except Exception as error:  # noqa: BLE001 - the sweep will find the work
            logger.warning("job_not_woken", job=self.job, error=type(error).__name__)
            self.clear_mark()

    def takes_mark(self) -> bool:
        """Whether no message waits, as far as Redis knows; from now on one does."""
        try:
            return bool(
                ask(lambda redis: redis.set(self.mark, 1, nx=True, px=WAITING_MS))
            )
        except RedisAwayError:
            return True

    def clear_mark(self) -> None:
        """To be called by the job before it looks for work.

        What was committed by then it finds; what is committed later gets a message.
        """
        with suppress(RedisAwayError):
            ask(lambda redis: redis.delete(self.mark))


waker = Waker(RELAY_JOB)
wake_relay = waker.wake
