"""A directory belongs to one supervisor; what a killed one left is cleared away."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devstack import processes
from devstack.home import Home, HomeInUseError
from devstack.tests.test_service import eventually, is_alive


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    yield home
    home.release()


def test_a_second_supervisor_is_refused_and_told_whose_it_is(home: Home) -> None:
    home.acquire()

    with pytest.raises(HomeInUseError, match=rf"process {os.getpid()}\)"):
        Home(home.path).acquire()


def test_a_released_directory_can_be_taken_again(home: Home) -> None:
    home.acquire()
    home.release()

    home.acquire()


def test_secrets_are_made_once_and_private(home: Home) -> None:
    first = home.secret("key")

    assert Home(home.path).secret("key") == first
    assert len(first.encode()) >= 32
    assert home.secret_file("key").stat().st_mode & 0o777 == 0o600
    assert home.secret_file("key").parent.stat().st_mode & 0o777 == 0o700


def test_taking_it_ends_what_a_killed_supervisor_left(home: Home) -> None:
    sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
    ours = {**os.environ, processes.MARK: str(home.path)}
    with (
        subprocess.Popen(sleep, env=ours) as orphan,
        subprocess.Popen(sleep) as stranger,
    ):
        eventually(lambda: processes.leftovers(home.path) == [orphan.pid])

        home.acquire()

        assert not is_alive(orphan.pid)
        assert is_alive(stranger.pid)
        stranger.send_signal(signal.SIGKILL)


def test_what_runs_is_told_to_others_until_it_stops(home: Home) -> None:
    home.acquire()
    home.write_state({"url": "http://localhost:1"})
    assert Home(home.path).read_state() == {"url": "http://localhost:1"}

    home.release()

    assert Home(home.path).read_state() is None
