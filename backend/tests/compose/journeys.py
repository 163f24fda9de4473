"""What people must not notice: crashes, restarts, scaling, new releases."""

import time

import requests

from tests.compose.load import load
from tests.compose.project import CommandError, Project, eventually
from tests.stack.people import Person

MIB = 1024 * 1024
IDLE_BYTES = 1024 * MIB
# From inside: `docker kill` counts as a stop, after which nothing starts again.
IMMEDIATE_SHUTDOWN = (
    "kill -QUIT $(head -n 1 $(find /var/lib/postgresql -name postmaster.pid))"
)
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
    project.up("--no-recreate", "--scale", "web=3", "--scale", "worker=2")
    with load(project, "crash") as people:
        time.sleep(8)  # so that nginx knows all three
        for name in ("web", "worker", "web"):
            project.crash(project.ids(name)[0])
            time.sleep(5)
    project.wait_until_healthy()
    people.expect_no_failure()
    people.expect_one_bell_each()


def a_rolling_restart_is_not_noticed(project: Project) -> None:
    with load(project, "rolling", has_keys=False) as people:
        for _ in range(2):
            project.compose("kill", "--signal", "HUP", "web")
            time.sleep(6)
    people.expect_no_failure()
    people.expect_one_bell_each()


def scaling_is_not_noticed(project: Project) -> None:
    with load(project, "scale") as people:
        for count in (3, 1, 2, 1):
            scale = ("--scale", f"web={count}", "--scale", f"worker={count}")
            project.up("--no-recreate", *scale)
            time.sleep(6)
    people.expect_no_failure()
    people.expect_one_bell_each()


def redis_stopped_is_not_noticed(project: Project) -> None:
    with load(project, "stopped") as people:
        project.compose("stop", "redis")
        time.sleep(10)
        project.compose("start", "redis")
        time.sleep(5)
    print(f"      {people.asked} requests, the slowest {people.slowest:.2f} s")
    people.expect_no_failure()
    people.expect_one_bell_each()


def redis_frozen_is_not_noticed(project: Project) -> None:
    with load(project, "frozen") as people:
        project.compose("pause", "redis")
        time.sleep(10)
        project.compose("unpause", "redis")
        time.sleep(5)
    print(f"      {people.asked} requests, the slowest {people.slowest:.2f} s")
    people.expect_no_failure()
    people.expect_one_bell_each()


def postgresql_crashing_loses_nothing(project: Project) -> None:
    with load(project, "postgresql") as people:
        project.inside(project.ids("db")[0], "sh", "-c", IMMEDIATE_SHUTDOWN)
        time.sleep(1)
        project.wait_until_healthy()
        eventually(lambda: Person.register(project).create("First").ok)
        ready = len(people.failures)
        time.sleep(5)
    print(f"      {ready} of {people.asked} requests refused meanwhile")
    assert people.failures[ready:] == []
    people.expect_one_bell_each()


def down_and_up_with_other_settings_keeps_the_data(project: Project) -> None:
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
    del project.environment["REGISTRATION_OPEN"]
    project.up()
    Person.register(project)


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
