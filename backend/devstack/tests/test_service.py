"""A supervised process and its children start, stop, die and come back together."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devstack.log import Log
from devstack.service import Service, ServiceError

# Says "ready" once it and a child of its own run, then sleeps.
FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("child", child.pid, flush=True)
time.sleep(600)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""


class Script(Service):
    stop_seconds = 0.5
    ready_seconds = 10.0

    def __init__(self, home: Path, code: str) -> None:
        self.said = home / "said"
        super().__init__("script", home, Log.to_file(self.said))
        self.code = code

    def command(self) -> list[str]:
        return [sys.executable, "-c", self.code]

    def is_ready(self) -> bool:
        return self.is_running and self.said.read_text() != ""

    def child(self) -> int:
        return int(self.said.read_text().split()[-1])


@pytest.fixture
def make_script(tmp_path: Path) -> Iterator[Callable[[str], Script]]:
    scripts: list[Script] = []

    def make(code: str) -> Script:
        scripts.append(Script(tmp_path, code))
        return scripts[-1]

    yield make
    for script in scripts:
        script.stop()
        script.log.close()


MakeScript = Callable[[str], Script]


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    if status.exists():
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not sys.platform.startswith("linux")


def eventually(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def test_stopping_leaves_no_child_behind(make_script: MakeScript) -> None:
    script = make_script(FAMILY)
    script.start()
    parent, child = script.pid, script.child()

    script.stop()

    assert not is_alive(parent)
    assert not is_alive(child)
    assert not script.revive()


def test_a_program_deaf_to_its_signal_is_killed(make_script: MakeScript) -> None:
    script = make_script(STUBBORN)
    script.start()

    script.stop()

    assert script.exit_code == -signal.SIGKILL


def test_a_killed_program_comes_back_without_its_old_children(
    make_script: MakeScript,
) -> None:
    script = make_script(FAMILY)
    script.start()
    parent, child = script.pid, script.child()

    os.kill(parent, signal.SIGKILL)

    eventually(script.revive)
    assert script.pid != parent
    eventually(lambda: not is_alive(child))
    assert "was ended by SIGKILL; starting it again" in script.said.read_text()


def test_kill_takes_the_children_too(make_script: MakeScript) -> None:
    script = make_script(FAMILY)
    script.start()
    child = script.child()

    script.kill()

    assert not script.is_running
    assert not is_alive(child)


def test_restarts_come_slower_and_slower(make_script: MakeScript) -> None:
    script = make_script("print('up', flush=True)")
    script.start(wait=False)
    eventually(script.revive)  # the first at once
    started = time.monotonic()

    eventually(script.revive)

    assert time.monotonic() - started >= 0.4
    assert script.failures == 2


def test_a_program_that_ends_is_not_waited_for(make_script: MakeScript) -> None:
    script = make_script("raise SystemExit(3)")

    with pytest.raises(ServiceError, match="script ended: ended with status 3"):
        script.start()


def test_a_frozen_program_still_stops(make_script: MakeScript) -> None:
    script = make_script(FAMILY)
    script.start()

    script.freeze()
    script.stop()

    assert script.exit_code == -signal.SIGTERM
