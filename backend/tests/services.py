"""A pytest plugin: PostgreSQL and Valkey for this run, unless the environment has them.

It is loaded before Django reads its settings (`-p tests.services` in pyproject.toml).
With `-n`, each worker has servers of its own, and the process that hands out the tests
has none. Servers that are given serve one process.
"""

import argparse
import os
import secrets
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from devstack.stack import Stack

# Who hands out tests loads the settings, too, but never connects.
NOWHERE = {"DATABASE_URL": "postgres://nowhere/tests", "REDIS_URL": "redis://nowhere"}
SHARED_STACKS = ("chaos", "edge", "scale", "stack")
ARE_GIVEN = not NOWHERE.keys().isdisjoint(os.environ)

_directory = tempfile.TemporaryDirectory(prefix="task-manager-tests-")


def provide_settings() -> None:
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    os.environ.setdefault("JWT_SIGNING_KEY", secrets.token_urlsafe(48))
    os.environ.setdefault("SITE_URL", "http://testserver")
    os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
    os.environ.setdefault("LOG_FORMAT", "console")
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")
    for scope in ("READ", "WRITE", "SEARCH", "EXPORT", "AUTH"):
        os.environ.setdefault(f"LIMIT_{scope}", "1000000/60")
    static = Path(_directory.name, "static")
    static.mkdir()
    os.environ.setdefault("STATIC_ROOT", str(static))


def provide_servers(config: pytest.Config) -> None:
    """Start the servers that are not given, until the run is over."""
    if NOWHERE.keys() <= os.environ.keys():
        return
    home = Path(_directory.name, "services")
    services = Stack(home, programs=(), nginx=False, durable=False)
    services.__enter__()
    config.add_cleanup(services.close)
    for name in NOWHERE:
        os.environ.setdefault(name, services.environment[name])


def hands_out(options: argparse.Namespace) -> bool:
    """Whether this process leaves the tests to workers."""
    workers = getattr(options, "numprocesses", None)  # a number, "auto" or "logical"
    if not workers or options.usepdb or "PYTEST_XDIST_WORKER" in os.environ:
        return False
    if ARE_GIVEN and isinstance(workers, int):
        names = " and ".join(NOWHERE)
        raise pytest.UsageError(f"-n {workers}: leave out {names}, or -n")
    return not ARE_GIVEN


provide_settings()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, None, None]:
    early_config.add_cleanup(_directory.cleanup)
    with pytest.MonkeyPatch.context() as patch:
        if hands_out(early_config.known_args_namespace):
            for name, address in NOWHERE.items():
                patch.setenv(name, address)
        else:
            provide_servers(early_config)
        return (yield)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks for the mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all of a folder whose tests share a stack, and what they stop."""
    for item in items:
        folder = item.path.parent
        if folder.parent == Path(__file__).parent and folder.name in SHARED_STACKS:
            item.add_marker(pytest.mark.xdist_group(folder.name))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """None, where workers may be, for as many as there are cores."""
    return 0 if ARE_GIVEN else None
