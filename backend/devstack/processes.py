"""Processes of this machine, as psutil sees them."""

import contextlib
import signal
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

SERVERS = {"postgres", "valkey-server", "nginx"}
MARK = "DEVSTACK_SERVICE_OF"
"""Environment variable naming the directory whose supervisor started a process."""


@dataclass(frozen=True)
class Process:
    pid: int
    command: str


def listener(port: int) -> Process | None:
    """The process that listens on a TCP port; None if this user may not see it."""
    try:
        connections = psutil.net_connections(kind="tcp")
    except psutil.AccessDenied:
        return None
    for connection in connections:
        is_listening = connection.status == psutil.CONN_LISTEN
        local_port = connection.laddr.port if connection.laddr else None
        if is_listening and local_port == port and connection.pid:
            return _describe(connection.pid)
    return None


def _describe(pid: int) -> Process:
    try:
        command = " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        command = "?"
    return Process(pid, textwrap.shorten(command, 80, placeholder=" …"))


def family(pid: int) -> list[int]:
    """A process and all its descendants, parents first."""
    try:
        parent = psutil.Process(pid)
        return [pid, *(child.pid for child in parent.children(recursive=True))]
    except psutil.NoSuchProcess:
        return []


def signal_all(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            psutil.Process(pid).send_signal(number)


def leftovers(home: Path) -> list[int]:
    """Processes that a killed supervisor of this directory left behind."""
    return [
        process.pid
        for process in psutil.process_iter()
        if process.pid != psutil.Process().pid and _is_leftover(process, home)
    ]


def _is_leftover(process: psutil.Process, home: Path) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        # PostgreSQL and nginx write their title over the environment, so the mark is
        # gone there; but they alone work inside the directory.
        if process.name() in SERVERS:
            return Path(process.cwd()).is_relative_to(home)
        return bool(process.environ().get(MARK) == str(home))
    except (psutil.Error, OSError):
        return False


def end(pids: Iterable[int], number: signal.Signals, seconds: float) -> None:
    """Sends the signal, waits, and kills what is still there."""
    alive = []
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            process.send_signal(number)
            alive.append(process)
    _, alive = psutil.wait_procs(alive, timeout=seconds)
    for process in alive:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(alive, timeout=5)


def memory_bytes(pids: Iterable[int]) -> int:
    """Memory in use, shared pages counted once (proportional set size; else RSS)."""
    total = 0
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            info = psutil.Process(pid).memory_full_info()
            total += getattr(info, "pss", 0) or info.rss
    return total
