"""`make measure`: what a start and the idle stack cost on this machine."""

import os
import platform
import time
from pathlib import Path

from devstack import processes
from devstack.stack import Stack

_SETTLE_SECONDS = 20


def report(home: Path, port: int) -> int:
    """Starts the stack twice, lets it settle and prints times and memory."""
    _start(home, port, "start")
    with_memory = Stack(home, port=port, revive=True)
    started_at = time.monotonic()
    with with_memory as stack:
        print(f"second start: {time.monotonic() - started_at:.1f} s")
        time.sleep(_SETTLE_SECONDS)
        _print_memory(stack)
    print(_machine())
    return 0


def _start(home: Path, port: int, label: str) -> None:
    started_at = time.monotonic()
    with Stack(home, port=port, revive=True):
        print(f"{label}: {time.monotonic() - started_at:.1f} s")


def _print_memory(stack: Stack) -> None:
    total = 0
    for service in stack.services.values():
        size = processes.memory_bytes(processes.family(service.pid))
        total += size
        print(f"{service.name:<10}{size / 1e6:8.0f} MB")
    own = processes.memory_bytes([os.getpid()])
    print(f"{'supervisor':<10}{own / 1e6:8.0f} MB")
    print(f"{'all, idle':<10}{(total + own) / 1e6:8.0f} MB")


def _machine() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (
        f"on {os.cpu_count()} cores, {pages / 2**30:.0f} GiB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
