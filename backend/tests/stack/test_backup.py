"""What is backed up while people work comes back as it was, on an empty server."""

import io
import os
import re
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import requests

from devstack.paths import ROOT
from devstack.postgres import Postgres, for_tools
from devstack.stack import Stack
from tests.stack.people import Person, eventually

COUNT = 20


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of its own: its database is dropped here."""
    home = tmp_path_factory.mktemp("site")
    with Stack(home, programs=("web", "worker", "beat"), nginx=False) as stack:
        yield stack


@pytest.fixture
def person(site: Stack) -> Person:
    return Person.register(site)


def environment(site: Stack, **variables: str) -> dict[str, str]:
    tools = for_tools(site.environment["DATABASE_URL"])
    return {**os.environ, **tools, **site.environment, **variables}


def script(
    site: Stack, name: str, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """What `make backup` and `make restore` run."""
    return subprocess.run(
        [ROOT / "deploy" / name, *arguments],
        env=environment(site, **variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def back_up(site: Stack, directory: Path) -> Path:
    done = script(site, "backup.sh", BACKUP_DIR=str(directory))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def restore(site: Stack, file: Path, **variables: str) -> str:
    """Everything it said, and its status."""
    variables = {"YES": "1", "PYTHON": sys.executable, **variables}
    done = script(site, "restore.sh", str(file), **variables)
    return f"{done.stdout}{done.stderr}status {done.returncode}"


def execute(site: Stack, statement: str) -> None:
    postgres = site.services["postgres"]
    assert isinstance(postgres, Postgres)
    postgres.execute(statement)


def rewritten(file: Path, change: dict[str, tuple[str, str]]) -> Path:
    """A copy of the backup that is sound, but in which a line is another."""
    copy = file.with_name(f"other-{file.name}")
    with tarfile.open(file) as old, tarfile.open(copy, "w") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            data = content.read()
            if member.name in change:
                body = re.sub(*change[member.name], data.decode())
                body = "".join(body.splitlines(keepends=True)[:-1])
                digest = sha256(body.encode()).hexdigest()
                data = f"{body}manifest {digest}\n".encode()
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return copy


def writing(person: Person, titles: list[str], is_over: threading.Event) -> None:
    while not is_over.is_set():
        title = f"meanwhile {len(titles)}"
        assert person.create(title).status_code == 201
        titles.append(title)


def changes(person: Person, cursor: str) -> requests.Response:
    return person.call("GET", f"/api/tasks/changes/?since={cursor}")


def latest(person: Person) -> str:
    answer = person.call("GET", "/api/tasks/changes/?since=latest")
    return str(answer.json()["cursor"])


def test_a_backup_comes_back_on_an_empty_server(
    site: Stack, person: Person, tmp_path: Path
) -> None:
    before = [f"before {n}" for n in range(COUNT)]
    for title in before:
        assert person.create(title).status_code == 201
    eventually(lambda: len(person.titles("/api/notifications/")) >= COUNT)
    early = latest(person)
    meanwhile: list[str] = []
    is_over = threading.Event()
    writer = threading.Thread(target=writing, args=(person, meanwhile, is_over))
    writer.start()
    eventually(lambda: len(meanwhile) > 3)
    done_by_then = set(meanwhile)
    file = back_up(site, tmp_path)
    eventually(lambda: len(meanwhile) > len(done_by_then))
    is_over.set()
    writer.join()
    # All this is lost:
    lost_id = person.create("lost").json()["id"]
    lost_person = Person.register(site)
    lost_list = person.call("GET", "/api/tasks/").headers["ETag"]
    late = latest(person)
    spent = person.spend(person.refresh).json()["refresh"]

    for name in ("web", "worker", "beat", "postgres"):
        site.stop(name)
    site.wipe("postgres")
    site.start("postgres")
    said = restore(site, file)
    assert said.endswith("status 0"), said
    assert "counts and checksums equal" in said
    for name in ("web", "worker", "beat"):
        site.start(name)

    # Nobody is signed in, and everybody who was there can sign in.
    assert person.spend(spent).json()["code"] == "session_ended"
    assert lost_person.sign_in().status_code == 401
    assert person.sign_in().status_code == 200
    kept = person.titles("/api/tasks/")
    assert set(before) | done_by_then <= set(kept) <= set(before) | set(meanwhile)
    # Who keeps a copy is told to start over, whether it is older or newer.
    for cursor in (early, late):
        assert changes(person, cursor).status_code == 410
    assert changes(person, latest(person)).json()["results"] == []
    # Nothing new is taken for what was lost.
    for n in range(len(meanwhile) + 5):
        answer = person.create(f"new {n}")
        assert answer.json()["id"] > lost_id
    headers = {"If-None-Match": lost_list}
    assert person.call("GET", "/api/tasks/", headers=headers).status_code == 200
    # And it goes on: what had not been relayed is, once.
    everything = sorted([*kept, *(f"new {n}" for n in range(len(meanwhile) + 5))])
    eventually(lambda: person.titles("/api/notifications/") == everything)


def test_a_backup_that_is_not_sound_changes_nothing(
    site: Stack, person: Person, tmp_path: Path
) -> None:
    assert person.create("kept").status_code == 201
    file = back_up(site, tmp_path)
    whole = file.read_bytes()
    broken = tmp_path / "broken.tar"

    broken.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in restore(site, broken)
    middle = len(whole) // 2
    broken.write_bytes(whole[:middle] + b"oops" + whole[middle + 4 :])
    assert "damaged" in restore(site, broken)
    broken.write_bytes(whole.replace(b"\nformat 1\n", b"\nformat 2\n", 1))
    assert "damaged" in restore(site, broken)
    newer = (r"migration tasks\.0001_initial\n", "migration tasks.9999_next\n")
    said = restore(site, rewritten(file, {"manifest": newer}))
    assert "newer than this code: it has tasks.9999_next" in said
    less = (r"(table tasks_task) \d+", r"\1 12345")
    said = restore(site, rewritten(file, {"manifest": less}))
    assert "what was restored is not what was backed up" in said
    assert said.endswith("status 1")
    assert "[y/N]" in restore(site, file, YES="") or "status 1" in said

    assert person.titles("/api/tasks/") == ["kept"]


def test_a_backup_replaces_what_is_there(
    site: Stack, person: Person, tmp_path: Path
) -> None:
    assert person.create("kept").status_code == 201
    file = back_up(site, tmp_path)
    assert person.create("lost").status_code == 201

    assert restore(site, file).endswith("status 0")

    assert person.sign_in().status_code == 200
    assert person.titles("/api/tasks/") == ["kept"]
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_backup_that_fails_leaves_no_file(site: Stack, tmp_path: Path) -> None:
    done = script(site, "backup.sh", BACKUP_DIR=str(tmp_path), PGPASSWORD="wrong")

    assert done.returncode != 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("password", ["", "wrong"])
def test_every_night_keeps_the_last_days_and_never_none(
    site: Stack, tmp_path: Path, password: str
) -> None:
    old = tmp_path / "task-manager-20200101T030000Z.tar"
    old.touch()
    os.utime(old, (0, 0))
    variables = {"BACKUP_DIR": str(tmp_path), "PGPASSWORD": password}
    settings = environment(site, **{k: v for k, v in variables.items() if v})
    command = [ROOT / "deploy" / "backup" / "nightly.sh"]
    with subprocess.Popen(command, env=settings, stderr=subprocess.PIPE) as nightly:
        assert nightly.stderr is not None
        said = nightly.stderr.readline()
        is_made = b"backed up" in said
        eventually(lambda: old.exists() != is_made)
        nightly.terminate()

    assert is_made == (not password), said
    assert len(list(tmp_path.glob("task-manager-*.tar"))) == 1
