"""A compose project of its own name and port, driven with docker's command line."""

import contextlib
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from devstack import ports
from devstack.paths import ROOT

NAME = "task-manager-check"
SETTING = re.compile(r"^#?([A-Z][A-Z_]+)=", re.MULTILINE)
# Nobody is told to slow down who is asked to hurry here.
LIMITS = {
    f"LIMIT_{scope}": "1000000/60" for scope in ("READ", "WRITE", "SEARCH", "AUTH")
}


def environment() -> dict[str, str]:
    """This program's, without any setting that a `.env` or a shell may hold."""
    settings = SETTING.findall((ROOT / ".env.example").read_text())
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in settings and not name.startswith("COMPOSE_")
    }
    return inherited | {
        "COMPOSE_PROJECT_NAME": NAME,
        "COMPOSE_FILE": "docker-compose.yml",
        "COMPOSE_ENV_FILES": os.devnull,
        "COMPOSE_PROGRESS": "quiet",
        **LIMITS,
    }


@dataclass
class Project:
    """Commands raise CommandError unless they succeed, with what they said."""

    port: int = field(default_factory=ports.free_port)
    environment: dict[str, str] = field(default_factory=environment)

    name = NAME

    def __post_init__(self) -> None:
        self.environment["PORT"] = str(self.port)

    @property
    def web_url(self) -> str:
        return f"http://localhost:{self.port}"

    realtime_url = web_url

    def run(self, *command: str, given: str | None = None, **variables: str) -> str:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**self.environment, **variables},
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        if done.returncode != 0:
            said = (done.stdout + done.stderr).strip()
            raise CommandError(f"{command}: {done.returncode}\n{said}")
        return done.stdout

    def docker(self, *arguments: str, given: str | None = None) -> str:
        return self.run("docker", *arguments, given=given)

    def compose(self, *arguments: str, **variables: str) -> str:
        return self.run("docker", "compose", *arguments, **variables)

    def up(self, *arguments: str) -> None:
        self.compose("up", "-d", "--wait", "--wait-timeout", "300", *arguments)

    def ids(self, *arguments: str) -> list[str]:
        return self.compose("ps", "-q", *arguments).split()

    def containers(self) -> list[dict[str, Any]]:
        """What `docker inspect` says of each, also of those that have ended."""
        said: list[dict[str, Any]] = json.loads(
            self.docker("inspect", *self.ids("--all"))
        )
        return said

    def inside(self, container: str, *command: str) -> str:
        return self.docker("exec", container, *command)

    def log(self, container: str, *options: str) -> str:
        log = subprocess.run(
            ["docker", "logs", *options, container],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
        return log.stdout

    def crash(self, container: str) -> None:
        """SIGKILL everything in it, as running out of memory might."""
        kill = "import os; os.kill(-1, 9)"
        with contextlib.suppress(CommandError):  # it takes the command along
            self.inside(container, "python", "-c", kill)

    def wait_until_healthy(self) -> None:
        eventually(lambda: {health(one) for one in self.running()} == {"healthy"})

    def running(self) -> list[dict[str, Any]]:
        return [one for one in self.containers() if not is_one_shot(one)]


class CommandError(AssertionError):
    pass


def service(container: dict[str, Any]) -> str:
    return str(container["Config"]["Labels"]["com.docker.compose.service"])


def is_one_shot(container: dict[str, Any]) -> bool:
    return service(container) in ("secrets", "migrate")


def health(container: dict[str, Any]) -> str:
    return str(container["State"].get("Health", {}).get("Status"))


def eventually(holds: Any, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.3)


@contextlib.contextmanager
def started() -> Iterator[Project]:
    """The stack from nothing, and nothing left of it, its images included."""
    project = Project()
    project.compose("down", "--volumes", "--remove-orphans")
    try:
        project.up("--build")
        yield project
    finally:
        if "KEEP" not in os.environ:
            project.compose("down", "--volumes", "--remove-orphans")
            images = project.docker("image", "ls", "-q", f"{NAME}-*").split()
            project.docker("image", "rm", "--force", *set(images))
