"""A supervised process: start, wait until it serves, stop, kill, freeze, revive."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from devstack import processes
from devstack.log import Log

_SETPRIV = shutil.which("setpriv")
_SETTLED_SECONDS = 30
_LONGEST_PAUSE_SECONDS = 10

# Linux signals a child when the *thread* that started it ends, so one thread that
# lives as long as the interpreter starts them all.
_spawner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="devstack-spawn")


class ServiceError(RuntimeError):
    """A service did not do what it was asked to; the message is for people."""


class Service:
    """One program and its children, in a process group of their own.

    Subclasses say what to run (`command`), what must be there first (`prepare`) and
    when it serves (`is_ready`).
    """

    stop_signal = signal.SIGTERM
    stop_seconds = 10.0
    stop_stage = 1
    """Lower stops earlier: first what takes requests, last what keeps data."""
    ready_seconds = 60.0

    def __init__(self, name: str, home: Path, log: Log) -> None:
        self.name = name
        self.home = home.absolute()
        self.log = log
        self.is_wanted = False
        self.failures = 0
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._last_code: int | None = None
        self._started_at = 0.0

    # What to run

    @property
    def cwd(self) -> Path:
        return self.home / self.name

    def command(self) -> list[str]:
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def prepare(self) -> None:
        """Runs before every start, also before a restart."""

    def is_ready(self) -> bool:
        return self.is_running

    # What may be done with it

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """Negative: the signal that ended it. None while it runs."""
        return self._process.poll() if self._process else self._last_code

    @property
    def pid(self) -> int:
        if self._process is None:
            raise ServiceError(f"{self.name} was never started")
        return self._process.pid

    def start(self, *, wait: bool = True) -> None:
        with self._lock:
            self.is_wanted = True
            if not self.is_running:
                self.prepare()
                self._spawn()
        if wait:
            self.wait_ready()

    def wait_ready(self, should_give_up: Callable[[], bool] = lambda: False) -> None:
        """Returns once it serves. Raises ServiceError if it ends or takes too long."""
        deadline = time.monotonic() + self.ready_seconds
        while not self.is_ready():
            if should_give_up():
                return
            if not self.is_running:
                raise ServiceError(f"{self.name} ended: {self._last_words()}")
            if time.monotonic() > deadline:
                raise ServiceError(
                    f"{self.name} was not ready after {self.ready_seconds:.0f} s"
                )
            time.sleep(0.05)

    def stop(self, number: signal.Signals | None = None) -> None:
        """Asks it to stop and waits; what is left after `stop_seconds` is killed."""
        with self._lock:
            self.is_wanted = False
            if self._process is None:
                return
            members = self._members()
            processes.signal_all(members, signal.SIGCONT)  # a frozen one hears nothing
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number or self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(self.stop_seconds)
            self._end_rest(members)

    def kill(self) -> None:
        """`kill -9` of the program and its children; a watching stack revives it."""
        with self._lock:
            self._end_rest(self._members())

    def send(self, number: signal.Signals) -> None:
        """Sends a signal to the program itself, not to its children."""
        os.kill(self.pid, number)

    def freeze(self) -> None:
        """Stops it from running (SIGSTOP) while its sockets stay open."""
        processes.signal_all(self._members(), signal.SIGSTOP)

    def thaw(self) -> None:
        processes.signal_all(self._members(), signal.SIGCONT)

    def restart(self, number: signal.Signals | None = None) -> None:
        self.stop(number)
        self.start()

    def revive(self) -> bool:
        """Starts it again if it died, with growing pauses. True if it did."""
        with self._lock:
            if not self.is_wanted or self.is_running:
                return False
            if time.monotonic() - self._started_at > _SETTLED_SECONDS:
                self.failures = 0
            if time.monotonic() < self._started_at + self._pause_seconds():
                return False
            self.failures += 1
            self._end_rest(self._members())
            self.log.line(
                "devstack", f"{self.name} {self._last_words()}; starting it again"
            )
            self.prepare()
            self._spawn()
            return True

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    # How

    def _spawn(self) -> None:
        self.cwd.mkdir(parents=True, exist_ok=True)
        command = [*self._privileges(), *self.command()]
        environment = {**self.environment(), processes.MARK: str(self.home)}
        self._process = _spawner.submit(
            subprocess.Popen,
            command,
            cwd=self.cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ).result()
        self._started_at = time.monotonic()
        threading.Thread(
            target=self.log.pump, args=(self.name, self._process.stdout), daemon=True
        ).start()

    def _privileges(self) -> list[str]:
        """Linux: ends with the supervisor, however that ends."""
        if _SETPRIV is None:
            return []
        name = self.stop_signal.name.removeprefix("SIG")
        return [_SETPRIV, "--pdeathsig", name, *self.user_options(), "--"]

    def user_options(self) -> Iterable[str]:
        """Options of setpriv(1) that change the user."""
        return ()

    def _members(self) -> list[int]:
        return processes.family(self._process.pid) if self._process else []

    def _end_rest(self, members: list[int]) -> None:
        """Kills what is left of the group: children may outlive their parent."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._last_code = self._process.wait()
        # Only now: whoever else waits for a child of ours takes its exit status.
        processes.end(members, signal.SIGKILL, 5)
        self._process = None

    def _pause_seconds(self) -> float:
        if self.failures == 0:
            return 0
        return min(0.5 * 2.0 ** (self.failures - 1), _LONGEST_PAUSE_SECONDS)

    def _last_words(self) -> str:
        code = self.exit_code
        if code is None:
            return "is running"
        if code < 0:
            return f"was ended by {signal.Signals(-code).name}"
        return f"ended with status {code}"
