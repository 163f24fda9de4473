"""`make dev`: programs take up changed Python files."""

import time

from devstack.log import Log
from devstack.paths import BACKEND
from devstack.programs import Gunicorn
from devstack.stack import Stack


def reload_on_change(stack: Stack, log: Log) -> None:
    """Looks every second; runs until the process ends."""
    before = _newest()
    while True:
        time.sleep(1)
        now = _newest()
        if now != before:
            before = now
            log.line("devstack", "Python changed: reloading")
            _reload(stack)


def _newest() -> tuple[int, int]:
    """Changes when a file is edited, added or deleted."""
    times = [path.stat().st_mtime_ns for path in BACKEND.rglob("*.py")]
    return max(times), len(times)


def _reload(stack: Stack) -> None:
    for service in list(stack.services.values()):
        if isinstance(service, Gunicorn):
            service.reload()
        elif service.name in {"worker", "beat"}:
            service.restart()
