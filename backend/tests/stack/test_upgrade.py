"""The release before goes on serving while migrations of the next one are applied.

The release before is what UPGRADE_FROM names (any commit), or the newest tag `v*`
before this commit, or the code before the newest migration. Without a history it is
this code itself; the migrations of `next_release`, of the kinds that are allowed,
are applied in any case.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from devstack.log import Log
from devstack.nginx import answers
from devstack.paths import BACKEND, ROOT
from devstack.programs import Gunicorn
from devstack.stack import Stack
from tests.stack.load import load
from tests.stack.people import Person

NEXT = "tests.stack.next_release.settings"


class Before(Gunicorn):
    """The web program of another tree."""

    tree: Path

    @property
    def cwd(self) -> Path:
        return self.tree


def git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def release_before() -> str:
    tag = git("describe", "--tags", "--match=v*", "--abbrev=0", "HEAD^")
    if tag:
        return tag
    changes = ("log", "--max-count=1", "--diff-filter=A", "--format=%H")
    newest = git(*changes, "--", "backend/*/migrations/0*.py", ":!backend/tests")
    return git("rev-parse", "--verify", "--quiet", f"{newest}^") if newest else ""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`backend/` of the release before."""
    release = os.environ.get("UPGRADE_FROM") or release_before()
    if not release:
        return BACKEND
    directory = tmp_path_factory.mktemp("before")
    archive = f"git -C {ROOT} archive {release} backend | tar -x -C {directory}"
    subprocess.run(["bash", "-o", "pipefail", "-c", archive], check=True)
    return directory / "backend"


def migrate(
    stack: Stack, directory: Path, settings: str = "config.settings"
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "--noinput"],
        cwd=directory,
        env={
            **os.environ,
            **stack.environment,
            "DJANGO_SETTINGS_MODULE": settings,
            "LOG_LEVEL": "WARNING",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def before(tree: Path, tmp_path: Path) -> Iterator[tuple[Stack, Before]]:
    """Servers, with the schema and the web program of the release before."""
    settings = {"LIMIT_READ": "1000000/60", "LIMIT_WRITE": "1000000/60"}
    home = tmp_path / "home"
    with Stack(home, programs=(), nginx=False, settings=settings) as stack:
        said, _ = (process := migrate(stack, tree)).communicate()
        assert process.returncode == 0, said
        log = Log.to_file(home / "before.log")
        web = Before(
            "web",
            home,
            log,
            environment={**os.environ, **stack.environment},
            port=int(stack.web_url.rpartition(":")[2]),
            application="config.wsgi:application",
            options=[],
            health="/health/ready/",
        )
        web.tree = tree
        with web:
            yield stack, web
        log.close()


def test_the_release_before_serves_while_and_after_the_next_one_migrates(
    before: tuple[Stack, Before],
) -> None:
    stack, web = before
    person = Person.register(stack)
    reader = psycopg2.connect(stack.environment["DATABASE_URL"])
    with load(person, stack.web_url) as running:
        # A backup in progress, say: nothing may change the table meanwhile.
        reader.cursor().execute("SELECT FROM tasks_task LIMIT 1")
        said = ""
        with migrate(stack, BACKEND, NEXT) as process:
            assert process.stdout is not None
            for line in process.stdout:
                said += line
                if "migration_waits_for_lock" in line:
                    reader.rollback()
        reader.close()
        assert process.returncode == 0, said
        assert "migration_waits_for_lock" in said
        running.go_on()

    assert running.failed == []
    assert person.titles("/api/tasks/") == sorted(running.acknowledged)
    assert answers(web.port, "/health/ready/", 200)
