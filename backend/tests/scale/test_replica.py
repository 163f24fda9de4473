"""Reads from a streaming replica, and what must never come from one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from devstack.postgres import Postgres
from devstack.stack import Stack
from tests.stack.people import Person, at_once, eventually
from tests.stack.test_metrics import Scrape

# Seconds. What was written longer ago than this, everybody sees.
MAX_LAG = 3


@pytest.fixture(scope="module")
def running_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    home = tmp_path_factory.mktemp("replica")
    limits = {
        f"LIMIT_{scope}": "1000000/60" for scope in ("READ", "WRITE", "EXPORT", "AUTH")
    }
    settings = {**limits, "DATABASE_REPLICA_MAX_LAG": str(MAX_LAG)}
    with Stack(home, nginx=False, replica=True, settings=settings) as stack:
        yield stack


def replica_of(stack: Stack) -> Postgres:
    service = stack.services["replica"]
    assert isinstance(service, Postgres)
    return service


def reads(stack: Stack, answer: str = "replica") -> float:
    return Scrape(stack, "web").sum("replica_reads_total", answer=answer)


def wait_until_read(stack: Stack, person: Person) -> None:
    """Until one of this person's reads was answered by the replica."""
    before = reads(stack)

    def is_read() -> bool:
        assert person.call("GET", "/api/tasks/").status_code == 200
        return reads(stack) > before

    eventually(is_read)


@pytest.fixture
def reader(stack: Stack) -> Person:
    """Somebody of staff, who reads everybody's tasks and writes none."""
    person = Person.register(stack)
    whose = f"username = '{person.name}'"
    primary_of(stack).execute(f"UPDATE auth_user SET role = 'staff' WHERE {whose}")  # noqa: S608
    person.access = person.spend(person.refresh).json()["access"]
    return person


def primary_of(stack: Stack) -> Postgres:
    service = stack.services["postgres"]
    assert isinstance(service, Postgres)
    return service


@contextmanager
def standing_still(stack: Stack, reader: Person) -> Iterator[None]:
    """The replica is in use, and shows nothing new from here on."""
    wait_until_read(stack, reader)
    replica = replica_of(stack)
    replica.execute("SELECT pg_wal_replay_pause()")
    state = "SELECT pg_get_wal_replay_pause_state()"
    eventually(lambda: replica.execute(state) == [("paused",)])
    try:
        yield
    finally:
        replica.execute("SELECT pg_wal_replay_resume()")


@pytest.fixture
def paused(stack: Stack, reader: Person) -> Iterator[Stack]:
    with standing_still(stack, reader):
        yield stack


def task_ids(person: Person, path: str) -> list[int]:
    return [item["id"] for item in person.call("GET", path).json()["results"]]


def test_others_read_from_the_replica_and_so_a_little_late(
    stack: Stack, person: Person, reader: Person
) -> None:
    def is_late() -> bool:
        """Unless standing still took so long that it was left alone already."""
        with standing_still(stack, reader):
            before = reads(stack)
            path = f"/api/tasks/{person.create('not there yet').json()['id']}/"
            answer = reader.call("GET", path)
            eventually(lambda: reader.call("GET", path).ok)  # of the primary
        return answer.status_code == 404 and reads(stack) > before

    eventually(is_late)


def test_who_has_written_reads_it_at_once(paused: Stack, person: Person) -> None:
    task = person.create("mine").json()
    path = f"/api/tasks/{task['id']}/"

    for _ in range(20):  # by whichever process
        assert task_ids(person, "/api/tasks/") == [task["id"]]
        assert person.call("GET", path).json() == task
        assert person.call("GET", "/api/tasks/summary/").json()["total"] == 1
    changed = person.call("PATCH", path, {"title": "other"}).json()
    assert person.call("GET", path).json() == changed
    assert person.call("DELETE", path).status_code == 204
    assert task_ids(person, "/api/tasks/") == []
    assert task_ids(person, "/api/tasks/trash/") == [task["id"]]


def test_who_hears_of_something_new_finds_it(
    stack: Stack, person: Person, reader: Person
) -> None:
    """The worker has written it, and who is rung for looks at once."""
    with person.socket() as socket, standing_still(stack, reader):
        person.create("rings")
        bell = socket.hear("notification")

        found = person.call("GET", f"/api/notifications/{bell['id']}/")
        assert found.status_code == 200
        summary = person.call("GET", "/api/notifications/summary/").json()
        assert summary["unread"] == bell["unread"]


def test_nothing_is_unchanged_by_the_word_of_a_replica(
    stack: Stack, reader: Person, person: Person
) -> None:
    task = person.create("first").json()
    path = f"/api/tasks/{task['id']}/"
    eventually(lambda: reader.call("GET", path).ok)
    tag = reader.call("GET", path).headers["ETag"]
    with standing_still(stack, reader):
        version = person.call("PATCH", path, {"title": "second"}).json()["version"]

        answer = reader.call("GET", path, headers={"If-None-Match": tag})

        assert (answer.status_code, answer.json()["version"]) == (200, version)
        stale = person.call("PATCH", path, {"title": "x"}, headers={"If-Match": tag})
        assert stale.status_code == 412


def test_an_ended_session_and_the_feed_ask_no_replica(
    paused: Stack, person: Person
) -> None:
    cursor = person.call("GET", "/api/tasks/changes/?since=latest").json()["cursor"]
    ids = [person.create(f"fact {n}").json()["id"] for n in range(5)]
    page = person.call("GET", f"/api/tasks/changes/?since={cursor}").json()
    assert [task["id"] for task in page["results"]] == ids
    assert person.call("POST", "/api/auth/logout/", {"refresh": person.refresh}).ok

    # The mark in Redis, and without Redis the primary's word.
    assert person.call("GET", "/api/tasks/").status_code == 401
    paused.freeze("valkey")
    try:
        assert person.call("GET", "/api/tasks/").status_code == 401
    finally:
        paused.thaw("valkey")


@pytest.mark.parametrize("fault", ["killed", "frozen"])
def test_what_redis_was_not_told_nobody_reads_from_the_replica(
    stack: Stack, person: Person, reader: Person, fault: str
) -> None:
    def is_back() -> bool:
        assert task_ids(person, "/api/tasks/") == [task["id"]]
        return person.call("POST", "/api/realtime/ticket/").ok

    with standing_still(stack, reader):
        stack.freeze("valkey") if fault == "frozen" else stack.kill("valkey")
        task = person.create("nobody could mark this").json()
        for _ in range(20):
            assert task_ids(person, "/api/tasks/") == [task["id"]]
        stack.thaw("valkey") if fault == "frozen" else stack.start("valkey")
        for _ in range(20):  # by each process, before it knows and then
            eventually(is_back)


@pytest.mark.parametrize("fault", ["killed", "frozen", "stopped"])
def test_a_lost_replica_fails_no_request(
    stack: Stack, reader: Person, person: Person, fault: str
) -> None:
    person.create("there")
    wait_until_read(stack, reader)
    statuses: list[int] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            statuses.append(reader.call("GET", "/api/tasks/?user=all").status_code)

    def lose() -> None:
        try:
            {"killed": stack.kill, "frozen": stack.freeze, "stopped": stack.stop}[
                fault
            ]("replica")
            goes_on(statuses)
            eventually(lambda: stands_still(stack))
            goes_on(statuses)
        finally:
            is_over.set()

    at_once([lose, *[read] * 4])

    assert set(statuses) == {200}
    if fault == "frozen":
        stack.thaw("replica")
    else:
        stack.start("replica")
    wait_until_read(stack, reader)


def goes_on(answers: list[Any]) -> None:
    before = len(answers)
    eventually(lambda: len(answers) > before + 20)


def stands_still(stack: Stack) -> bool:
    """Whether all of many reads were answered by the primary."""
    before = reads(stack), reads(stack, "failed")
    asked = reads(stack, "primary")
    eventually(lambda: reads(stack, "primary") > asked + 20)
    return (reads(stack), reads(stack, "failed")) == before


def test_a_restarted_primary_is_followed(
    stack: Stack, person: Person, reader: Person
) -> None:
    wait_until_read(stack, reader)
    stack.restart("postgres")
    eventually(lambda: person.create("again").status_code == 201)
    wait_until_read(stack, reader)
