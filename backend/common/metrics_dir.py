"""Where the processes of one program add up what they count.

To be prepared by whoever starts them, before they are forked and before
`common.metrics` is loaded; a program that does not is one process and needs none.

Each process writes files of its own, named by a *slot*: a small number that no other
living process of the program has, and that whoever comes after a dead one inherits with
its files. So sums never go down, and there are never more files than processes at a
time.
"""

import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # by which prometheus_client knows it

_slot = "parent"


def prepare() -> None:
    """An empty directory: METRICS_DIR, or one of its own in memory."""
    given = os.environ.get("METRICS_DIR")
    if given:
        shutil.rmtree(given, ignore_errors=True)
        Path(given).mkdir(parents=True)
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - mkdtemp makes its own in it
    os.environ[VARIABLE] = given or tempfile.mkdtemp(prefix="metrics-", dir=memory)


def remove() -> None:
    directory = os.environ.pop(VARIABLE, None)
    if directory:
        shutil.rmtree(directory, ignore_errors=True)


def take_slot(number: int) -> None:
    """In a process that was just forked: be this one from now on."""
    global _slot  # noqa: PLW0603 - it is of the whole process
    _slot = str(number)


def slot() -> str:
    return _slot
