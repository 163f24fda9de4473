"""Everything `make bench` does, once and small: what runs and what is right."""

import subprocess
import sys

import pytest

from benchmarks.__main__ import SECTIONS
from devstack.paths import BACKEND


@pytest.mark.timeout(600)
def test_every_section_runs_and_every_answer_is_right() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--smoke"],
        cwd=BACKEND,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for section in ("list", "pages", "create", "sign-in", "queries", "idle sockets"):
        assert section in done.stdout
    assert "FAIL" not in done.stdout, "a short run judges nothing"


def test_an_unknown_section_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "nothing"],
        cwd=BACKEND,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "no such section" in done.stderr
    assert next(iter(SECTIONS)) in done.stderr
