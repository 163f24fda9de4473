"""The peers as supervised processes, beside the stack's own programs."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import IO

from devstack import ports
from devstack.log import Log
from devstack.nginx import answers
from devstack.programs import Gunicorn, Program

PEER_KEY = secrets.token_hex(32)
"""Signs the peers' tokens; both peers take the same ones."""


def stock(home: Path, log: Log, environment: dict[str, str]) -> Gunicorn:
    """The stock DRF project, the floor and the ceiling; gunicorn as for our own web."""
    return Gunicorn(
        "web",  # as gunicorn.conf.py knows it
        home / "stock",
        log,
        environment={
            **environment,
            "DJANGO_SETTINGS_MODULE": "benchmarks.peers.stock.settings",
            "PEER_KEY": PEER_KEY,
        },
        port=ports.free_port(),
        application="benchmarks.peers.stock.wsgi:application",
        options=[],
        health="/floor/",
    )


class Uvicorn(Program):
    """The FastAPI peer: two workers, uvloop and httptools."""

    def __init__(self, home: Path, log: Log, environment: dict[str, str]) -> None:
        self.port = ports.free_port()
        super().__init__(
            "fastapi",
            home,
            log,
            environment={**environment, "PEER_KEY": PEER_KEY},
            arguments=[
                "uvicorn", "benchmarks.peers.fast.app:app", "--workers", "2",
                "--loop", "uvloop", "--http", "httptools", "--host", "127.0.0.1",
                "--port", str(self.port), "--no-access-log", "--log-level", "warning",
            ],
        )  # fmt: skip

    def is_ready(self) -> bool:
        return self.is_running and answers(self.port, "/health", 200)


class RawLog(Log):
    """Hands a program's output to the file as it comes: a log costs its writer only."""

    def write(self, chunk: bytes) -> None:
        with self._lock, contextlib.suppress(ValueError):  # closed
            self._stream.write(chunk.decode(errors="replace"))

    def pump(self, name: str, source: IO[bytes]) -> None:
        with source:
            while chunk := os.read(source.fileno(), 65_536):
                self.write(chunk)
