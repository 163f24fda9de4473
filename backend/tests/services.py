"""A pytest plugin: PostgreSQL and Valkey for this run, unless the environment has them.

It is loaded before Django reads its settings (`-p tests.services` in pyproject.toml).
"""

import os
import secrets
import tempfile
from pathlib import Path

import pytest

from devstack.stack import Stack

_directory = tempfile.TemporaryDirectory(prefix="task-manager-tests-")
_services: Stack | None = None


def provide() -> None:
    """Set what the settings need; start the servers that are not named."""
    global _services  # noqa: PLW0603 - one per run, ended by pytest_unconfigure
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    os.environ.setdefault("JWT_SIGNING_KEY", secrets.token_urlsafe(48))
    os.environ.setdefault("SITE_URL", "http://testserver")
    os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
    os.environ.setdefault("LOG_FORMAT", "console")
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")
    for scope in ("READ", "WRITE", "SEARCH", "AUTH"):
        os.environ.setdefault(f"LIMIT_{scope}", "1000000/60")
    static = Path(_directory.name, "static")
    static.mkdir()
    os.environ.setdefault("STATIC_ROOT", str(static))
    if "DATABASE_URL" not in os.environ or "REDIS_URL" not in os.environ:
        home = Path(_directory.name, "services")
        _services = Stack(home, programs=(), nginx=False, durable=False)
        _services.__enter__()
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.setdefault(name, _services.environment[name])


provide()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _services is not None:
        _services.close()
    _directory.cleanup()
