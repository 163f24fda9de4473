"""What people must not notice: crashes, restarts, scaling, new releases."""

import itertools
import os
import re
import tempfile
import time
from datetime import datetime

import requests

from devstack.paths import ROOT
from tests.compose import containers
from tests.compose.load import Answer, load, p99
from tests.compose.project import CommandError, Project, eventually
from tests.stack.people import Person

MIB = 1024 * 1024
IDLE_BYTES = 1024 * MIB
AWAY_SECONDS = 10 if "SHORT" in os.environ else 60
CRASHES = 5
READY = "database system is ready to accept connections"
# From inside: `docker kill` counts as a stop, after which nothing starts again.
IMMEDIATE_SHUTDOWN = (
    "kill -QUIT $(head -n 1 $(find /var/lib/postgresql -name postmaster.pid))"
)
# A restore ends all sessions and starts a new epoch of the change feed.
NOT_AS_BEFORE = {"accounts_session", "events_event", "events_stream"}
NEXT_PAGE = """
USER root
RUN echo '<title>The next page</title>' > /srv/spa/index.html && rm -f /srv/spa/*.gz
USER 101:101
"""


def a_task_lives_from_creation_to_trash_and_back(project: Project) -> None:
    assert "<title>" in requests.get(project.web_url, timeout=30).text
    person = Person.register(project)
    with person.socket() as socket:
        made = person.create("The journey")
        assert made.status_code == 201
        assert socket.hear("task")["id"] == made.json()["id"]
        assert socket.hear("notification")["unread"] == 1
    path = f"/api/tasks/{made.json()['id']}/"
    tag = {"If-Match": made.headers["ETag"]}
    assert person.call("PATCH", path, {"status": "completed"}, headers=tag).ok
    assert person.call("PATCH", path, {"title": "Late"}, headers=tag).status_code == 412
    assert person.call("DELETE", path).status_code == 204
    assert person.titles("/api/tasks/trash/") == ["The journey"]
    assert person.call("POST", f"{path}restore/").json()["status"] == "completed"


def it_is_used_in_a_browser(project: Project) -> None:
    """From signing up to signing in again, in Chromium, with a second one watching."""
    project.run(
        "npm", "--prefix=frontend", "run", "--silent", "e2e", "--",
        "journey.spec.ts", "--project=desktop", "--workers=1",
        BASE_URL=project.web_url,
    )  # fmt: skip


def an_idle_stack_is_small(project: Project) -> None:
    said = project.docker(
        "stats", "--no-stream", "--format", "{{.MemUsage}}", *project.ids()
    )
    used = sum(in_bytes(line.split("/")[0].strip()) for line in said.splitlines())
    print(f"      memory: {used / MIB:.0f} MiB")
    assert used <= IDLE_BYTES


def in_bytes(text: str) -> float:
    units = {"KiB": 1024, "MiB": MIB, "GiB": 1024 * MIB, "B": 1}
    unit = next(unit for unit in units if text.endswith(unit))
    return float(text.removesuffix(unit)) * units[unit]


def a_second_up_starts_nothing_anew(project: Project) -> None:
    before = project.ids()
    project.up("--build")
    assert project.ids() == before


def what_dies_among_several_is_not_noticed(project: Project) -> None:
    """What crashes starts again by itself; what is killed by hand does not."""
    project.up("--no-recreate", "--scale", "web=3", "--scale", "worker=2")
    with load(project, "crash") as people:
        time.sleep(8)  # so that nginx knows all three
        for name in ("web", "worker"):
            project.crash(project.ids(name)[0])
            time.sleep(5)
        project.wait_until_healthy()
        for name in ("web", "worker"):
            project.docker("kill", project.ids(name)[-1])
            time.sleep(5)
    project.up("--no-recreate", "--scale", "web=3", "--scale", "worker=2")
    people.expect_no_failure()
    people.expect_one_bell_each()


def a_rolling_restart_is_not_noticed(project: Project) -> None:
    with load(project, "rolling", has_keys=False) as people:
        for _ in range(2):
            # Not `docker kill`, which ends the restarts of a container.
            project.inside(project.ids("web")[0], "sh", "-c", "kill -HUP 1")
            time.sleep(6)
            people.go_on()
    people.expect_no_failure()
    people.expect_one_bell_each()


def scaling_is_not_noticed(project: Project) -> None:
    with load(project, "scale") as people:
        for count in (3, 1):
            scale = ("--scale", f"web={count}", "--scale", f"worker={count}")
            project.up("--no-recreate", *scale)
            time.sleep(6)
            people.go_on()
    people.expect_no_failure()
    people.expect_one_bell_each()


def redis_stopped_is_not_noticed(project: Project) -> None:
    without_redis(project, "stop", "start")


def redis_frozen_is_not_noticed(project: Project) -> None:
    without_redis(project, "pause", "unpause")


def without_redis(project: Project, begin: str, end: str) -> None:
    with load(project, begin, has_changes=True) as people:
        time.sleep(min(AWAY_SECONDS, 20))
        away = time.time()
        project.compose(begin, "redis")
        expect_limited_logins(project)
        time.sleep(max(0, away + AWAY_SECONDS - time.time()))
        back = time.time()
        project.compose(end, "redis")
        time.sleep(5)
    quiet, meanwhile = p99(people.between(0, away)), p99(people.between(away, back))
    seconds = back - away
    print(f"      p99 {quiet:.0f} ms, {meanwhile:.0f} ms in {seconds:.0f} s without")
    people.expect_no_failure()
    people.expect_one_bell_each()


def expect_limited_logins(project: Project) -> None:
    """Ten attempts at an account, as ever, and no more with the right password."""
    person = Person.register(project)
    tries = [person.sign_in("wrong").status_code for _ in range(12)]
    assert tries == [401] * 10 + [429] * 2, tries
    assert person.sign_in().status_code == 429
    assert Person.register(project).sign_in().ok


def postgresql_crashing_loses_nothing(project: Project) -> None:
    """After the first success, every request succeeds until the next crash."""
    crashes: list[float] = []
    with load(project, "postgresql", has_changes=True) as people:
        for _ in range(CRASHES):
            crashes.append(time.time())
            project.inside(project.ids("db")[0], "sh", "-c", IMMEDIATE_SHUTDOWN)
            eventually(lambda: ready_times(project)[-1] > crashes[-1])
            time.sleep(6)
    for crash, following in itertools.pairwise([*crashes, time.time()]):
        ready = next(at for at in ready_times(project) if at > crash)
        answers = [each for each in people.answers if each.ended < following]
        expect_recovery(answers, ready)
    people.expect_one_bell_each()


def ready_times(project: Project) -> list[float]:
    """When PostgreSQL said that it is ready, by docker's clock."""
    lines = project.log(project.ids("db")[0], "--timestamps").splitlines()
    times = [line.split()[0] for line in lines if READY in line]
    return [datetime.fromisoformat(each).timestamp() for each in times]


def expect_recovery(answers: list[Answer], ready: float) -> None:
    first = min(
        each.ended for each in answers if not each.failure and each.ended > ready
    )
    print(f"      the first success {first - ready:.2f} s after PostgreSQL was ready")
    late = [str(each) for each in answers if each.failure and each.begun > first]
    assert not late, "\n".join(late)


def down_and_up_with_other_settings_keeps_the_data(project: Project) -> None:
    """The last: nobody can register any more."""
    person = Person.register(project)
    assert person.create("Before the night").ok
    project.compose("down")
    project.environment["REGISTRATION_OPEN"] = "false"
    project.up()
    assert person.titles("/api/tasks/") == ["Before the night"]
    closed = requests.post(
        f"{project.web_url}/api/auth/register/",
        json={"username": "late", "email": "l@example.org", "password": "x" * 20},
        timeout=30,
    )
    assert closed.status_code == 403, closed.text


# --- Backups --------------------------------------------------------------------------


def a_backup_comes_back_on_empty_volumes(project: Project) -> None:
    person = Person.register(project)
    for number in range(20):
        assert person.create(f"Kept {number}").ok
    eventually(lambda: len(person.titles("/api/notifications/")) == 20)
    with tempfile.TemporaryDirectory() as directory:
        make = ("make", "--silent", "COMPOSE=1")
        file = project.run(*make, "backup", BACKUP_DIR=directory).strip()
        before = tables(project)
        project.compose("down", "--volumes")
        project.up()
        assert person.sign_in().status_code == 401
        project.run(*make, "restore", f"FILE={file}", "YES=1")
    after = tables(project)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    print(f"      {len(after)} tables, not as before: {', '.join(sorted(changed))}")
    assert changed <= NOT_AS_BEFORE
    assert person.sign_in().ok
    assert len(person.titles("/api/tasks/")) == 20


def tables(project: Project) -> dict[str, str]:
    """Rows and checksum of each table."""
    statements = (ROOT / "deploy" / "backup" / "tables.sql").read_text()
    said = project.docker(
        "exec", "-i", project.ids("db")[0],
        "psql", "--username=tasks", "--quiet", "--no-align", "--tuples-only",
        given=statements,
    )  # fmt: skip
    rows = [line.split("|", 2) for line in said.splitlines()]
    return {name: found for _, name, found in rows}


def a_backup_is_made_by_night(project: Project) -> None:
    profile = ("--profile", "backup")
    project.compose(*profile, "up", "-d", "--wait", "--no-recreate", "backup")
    container = project.compose(*profile, "ps", "-q", "backup").strip()
    files = project.inside(container, "ls", "/var/lib/postgresql").split()
    assert [file for file in files if re.fullmatch(r"task-manager-\w+\.tar", file)]
    containers.each_is_confined(project)
    project.compose(*profile, "rm", "--stop", "--force", "backup")


# --- New releases ---------------------------------------------------------------------


def a_new_release_and_the_way_back_are_not_noticed(project: Project) -> None:
    old = release_of(project)
    make_release(project, "backend", "ENV RELEASE=next")
    make_release(project, "nginx", NEXT_PAGE)
    with load(project, "release", has_keys=False) as people:
        switch(project, "--no-build")
        assert release_of(project) != old
        assert "The next page" in requests.get(project.web_url, timeout=30).text
        switch(project, "--rollback")
        assert release_of(project) == old
        assert "The next page" not in requests.get(project.web_url, timeout=30).text
    people.expect_no_failure()
    people.expect_one_bell_each()
    project.wait_until_healthy()


def a_release_that_does_not_start_changes_nothing(project: Project) -> None:
    before, release = project.ids("web", "realtime", "worker"), release_of(project)
    make_release(project, "backend", "ENV GUNICORN_BIND=nowhere")
    with load(project, "broken", has_keys=False) as people:
        try:
            switch(project, "--no-build")
        except CommandError as error:
            assert "the old release goes on" in str(error), error
        else:
            raise AssertionError("it was accepted")
    assert project.ids("web", "realtime", "worker") == before
    assert release_of(project) == release
    people.expect_no_failure()
    people.expect_one_bell_each()


def switch(project: Project, *arguments: str) -> None:
    said = project.run("deploy/blue-green.sh", *arguments)
    print("      " + said.strip().replace("\n", "\n      "))


def make_release(project: Project, image: str, lines: str) -> None:
    name = f"{project.name}-{image}"
    project.docker("build", "-q", "-t", name, "-", given=f"FROM {name}\n{lines}\n")


def release_of(project: Project) -> str:
    images = {
        project.docker("inspect", "-f", "{{.Image}}", container)
        for container in project.ids("web", "realtime", "worker", "beat")
    }
    assert len(images) == 1, images
    return images.pop()
