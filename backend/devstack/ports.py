"""Which ports are free, and who holds those that are not."""

import random
import socket

from devstack import processes

LOWEST, HIGHEST = 10_000, 32_767
"""Above 32767 the kernel hands ports out to outgoing connections by itself."""


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do: a closed connection lingering in TIME_WAIT is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(preferred: int | None = None, taken: set[int] | None = None) -> int:
    """The preferred port if it is free, else a random one; never one in `taken`."""
    avoid = taken or set()
    if preferred is not None and preferred not in avoid and is_free(preferred):
        return preferred
    while True:
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311 - not a secret
        if port not in avoid and is_free(port):
            return port


def is_open(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5):
            return True
    except OSError:
        return False


def holder(port: int) -> str:
    """Who listens on the port, in words for an error message."""
    process = processes.listener(port)
    if process is None:
        return "a process this user may not see"
    return f"process {process.pid} ({process.command})"
