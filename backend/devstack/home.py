"""The directory a stack lives in: its lock, its secrets, what it says of itself."""

import contextlib
import fcntl
import json
import os
import secrets
import signal
from pathlib import Path
from typing import IO, Any

from devstack import processes
from devstack.service import ServiceError


class HomeInUseError(ServiceError):
    """Another supervisor runs on the same directory."""


class Home:
    """`DEVSTACK_DIR`. One supervisor at a time may hold it."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._lock: IO[str] | None = None

    def acquire(self) -> None:
        """Takes the directory and ends what a killed predecessor left running."""
        self.path.mkdir(parents=True, exist_ok=True)
        lock = (self.path / "lock").open("a+", encoding="utf-8")
        try:
            # The kernel drops it with the process, so it is never stale.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise HomeInUseError(
                f"a stack is already running on {self.path} (process {holder}). "
                "Stop it first, or set PORT and DEVSTACK_DIR to run another beside it."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock
        self.end_leftovers()

    def end_leftovers(self) -> None:
        # Asked to stop, PostgreSQL and Celery finish what they are at.
        processes.end(processes.leftovers(self.path), signal.SIGINT, 5)

    def release(self) -> None:
        if self._lock is not None:
            self._state.unlink(missing_ok=True)
            self._lock.truncate(0)
            self._lock.close()
            self._lock = None

    def secret(self, name: str) -> str:
        return self.secret_file(name).read_text()

    def secret_file(self, name: str) -> Path:
        """A file with a random secret, made when first asked for."""
        directory = self.path / "secrets"
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = directory / name
        if not file.exists():
            fresh = directory / f"{name}.new"
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48))
            fresh.rename(file)
        return file

    @property
    def _state(self) -> Path:
        return self.path / "stack.json"

    def write_state(self, state: dict[str, Any]) -> None:
        """What others need to use the running stack; it holds passwords."""
        self._state.touch(mode=0o600)
        self._state.write_text(json.dumps(state))

    def read_state(self) -> dict[str, Any] | None:
        """What the running supervisor wrote, None where there is none."""
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            state: dict[str, Any] = json.loads(self._state.read_text())
            return state
        return None

    def stamp(self, name: str) -> str:
        """What was last done under this name, to see whether it must be done again."""
        try:
            return (self.path / f"{name}.stamp").read_text()
        except FileNotFoundError:
            return ""

    def set_stamp(self, name: str, value: str) -> None:
        (self.path / f"{name}.stamp").write_text(value)
