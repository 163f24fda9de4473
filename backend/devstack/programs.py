"""The project's own programs: web, realtime, worker, beat, and Vite for development."""

import signal
import sys
from pathlib import Path

from devstack import ports
from devstack.log import Log
from devstack.nginx import answers
from devstack.paths import BACKEND, FRONTEND
from devstack.service import Service


class Program(Service):
    """A Python program of the backend."""

    def __init__(
        self,
        name: str,
        home: Path,
        log: Log,
        *,
        environment: dict[str, str],
        arguments: list[str],
    ) -> None:
        super().__init__(name, home, log)
        self._environment = environment
        self._arguments = arguments

    @property
    def cwd(self) -> Path:
        return BACKEND

    def environment(self) -> dict[str, str]:
        return self._environment

    def command(self) -> list[str]:
        return [sys.executable, "-m", *self._arguments]


class Gunicorn(Program):
    def __init__(
        self,
        name: str,
        home: Path,
        log: Log,
        *,
        environment: dict[str, str],
        port: int,
        application: str,
        options: list[str],
        health: str,
    ) -> None:
        super().__init__(
            name,
            home,
            log,
            environment={
                **environment,
                "GUNICORN_ROLE": name,
                "GUNICORN_BIND": f"127.0.0.1:{port}",
                "METRICS_DIR": str(home.absolute() / name / "metrics"),
            },
            arguments=["gunicorn", "-c", "gunicorn.conf.py", *options, application],
        )
        self.port = port
        self._health = health

    def is_ready(self) -> bool:
        return self.is_running and answers(self.port, self._health, 200)

    def reload(self) -> None:
        """New workers with new code; requests under way finish in the old ones."""
        self.send(signal.SIGHUP)


def web(
    home: Path, log: Log, environment: dict[str, str], port: int, name: str = "web"
) -> Gunicorn:
    return Gunicorn(
        name,
        home,
        log,
        environment=environment,
        port=port,
        application="config.wsgi:application",
        options=[],
        health="/health/ready/",
    )


def realtime(home: Path, log: Log, environment: dict[str, str], port: int) -> Gunicorn:
    return Gunicorn(
        "realtime",
        home,
        log,
        environment=environment,
        port=port,
        application="config.asgi:application",
        options=["-k", "asgi"],
        health="/health/live/",
    )


def worker(
    home: Path,
    log: Log,
    environment: dict[str, str],
    metrics_port: int,
    name: str = "worker",
) -> Program:
    return Program(
        name,
        home,
        log,
        environment=watched(environment, home / name, metrics_port),
        arguments=[
            "celery", "-A", "config", "--quiet", "worker", "-Q", "default,mail,push",
            "--concurrency", environment.get("WORKER_CONCURRENCY", "2"),
            "--without-mingle", "--without-gossip", "-n", f"{name}@%h",
        ],
    )  # fmt: skip


def watched(environment: dict[str, str], home: Path, port: int) -> dict[str, str]:
    """Where its processes add up what they count, and where it tells the sums."""
    return {
        **environment,
        "METRICS_DIR": str(home.absolute() / "metrics"),
        "METRICS_BIND": f"127.0.0.1:{port}",
    }


def beat(
    home: Path, log: Log, environment: dict[str, str], metrics_port: int
) -> Program:
    # The schedule is in the settings; the file only remembers when each last ran.
    schedule = home.absolute() / "beat" / "schedule"
    schedule.parent.mkdir(parents=True, exist_ok=True)
    return Program(
        "beat",
        home,
        log,
        environment=watched(environment, home / "beat", metrics_port),
        arguments=[
            "celery", "-A", "config", "--quiet", "beat",
            "--pidfile=", "-s", str(schedule),
        ],
    )  # fmt: skip


class Vite(Service):
    """Vite's development server; only nginx talks to it."""

    stop_seconds = 3.0
    stop_stage = 0

    def __init__(self, home: Path, log: Log, *, port: int) -> None:
        super().__init__("vite", home, log)
        self.port = port

    @property
    def cwd(self) -> Path:
        return FRONTEND

    def command(self) -> list[str]:
        vite = FRONTEND / "node_modules" / ".bin" / "vite"
        return [
            str(vite),
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--strictPort",
        ]

    def is_ready(self) -> bool:
        return self.is_running and ports.is_open(self.port)
