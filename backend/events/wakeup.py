"""Waking a job without ever making a request wait for the broker.

After commit a flag is raised; one background thread per process and job sends the
Celery message. A burst of commits becomes one message, a broker that is away or frozen
holds up that thread only, and what it fails to send is found by beat's sweep.
"""

import os
import threading

import structlog
from celery import current_app

logger = structlog.get_logger(__name__)

RELAY_JOB = "events.relay"


class Waker:
    """Wakes one job, which takes no arguments and finds its work in the database."""

    def __init__(self, job: str) -> None:
        self.job = job
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
        try:
            current_app.send_task(self.job, ignore_result=True, retry=False, expires=30)
        except Exception as error:  # noqa: BLE001 - the sweep will find the work
            logger.warning("job_not_woken", job=self.job, error=type(error).__name__)


waker = Waker(RELAY_JOB)
wake_relay = waker.wake
