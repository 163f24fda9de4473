"""Many writers on one stream, and readers that poll: nothing is ever missed or stale.

The event log says afterwards what the truth was at each revision. Every change gives a
task a new version, so no two revisions hold the same tasks in the same versions, and
whatever a reader was shown is the truth of exactly one revision.
"""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier, BrokenBarrierError
from threading import Event as Flag
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import TokenPair
from events.models import Event, Stream
from tasks import feed, verbs
from tests.proofs.size import size

URL = "/api/tasks/"
FEED = "/api/tasks/changes/"
WRITERS = 4
ROUNDS = size(short=1, long=20)
CHANGES_EACH = size(short=30, long=150)
MAX_TASKS = 60  # they all fit on one page of the list
FEED_PAGE_SIZE = 5

Versions = dict[int, int]
MakeClient = Callable[[], APIClient]

pytestmark = pytest.mark.django_db(transaction=True)


# --- Writers and readers --------------------------------------------------------------


@dataclass
class Writer:
    """Creates, edits, trashes and restores tasks that the other writers also have."""

    api: APIClient
    choose: random.Random
    task_ids: list[int]

    def write(self) -> None:
        if len(self.task_ids) < WRITERS or self.wants_more():
            answer = self.api.post(URL, {"title": "x"})
            self.task_ids.append(answer.json()["id"])
        path = f"{URL}{self.choose.choice(self.task_ids)}/"
        answer = self.choose.choice([self.rename, self.rank, self.trash, self.restore])(
            path
        )
        assert answer.status_code in (200, 204, 404), answer.content

    def wants_more(self) -> bool:
        has_room = len(self.task_ids) < MAX_TASKS - WRITERS
        return has_room and self.choose.random() < 0.2

    def rename(self, path: str) -> Any:
        return self.api.patch(path, {"title": f"{self.choose.random()}"})

    def rank(self, path: str) -> Any:
        """May change nothing, which must then be no change."""
        priority = self.choose.choice(["low", "medium", "high"])
        return self.api.patch(path, {"priority": priority})

    def trash(self, path: str) -> Any:
        return self.api.delete(path)

    def restore(self, path: str) -> Any:
        return self.api.post(f"{path}restore/")


@dataclass(frozen=True)
class FeedPage:
    after: int
    upto: int
    has_more: bool
    alive: Versions
    gone: frozenset[int]


@dataclass
class FeedReader:
    """Polls the feed from its last cursor, and keeps a copy as a client does."""

    api: APIClient
    cursor: str = ""
    pages: list[FeedPage] = field(default_factory=list)
    copy: Versions = field(default_factory=dict)

    def read(self) -> bool:
        """Take the next page; whether there is more at once."""
        body = self.api.get(FEED, {"since": self.cursor} if self.cursor else {}).json()
        page = FeedPage(
            after=self.pages[-1].upto if self.pages else 0,
            upto=revision_of(body["cursor"]),
            has_more=body["has_more"],
            alive={row["id"]: row["version"] for row in body["results"]},
            gone=frozenset(body["gone"]),
        )
        for task_id, version in page.alive.items():
            assert version >= self.copy.get(task_id, 0), "the feed went back in time"
        self.copy.update(page.alive)
        for task_id in page.gone:
            self.copy.pop(task_id, None)
        self.pages.append(page)
        self.cursor = body["cursor"]
        return page.has_more


def revision_of(cursor: str) -> int:
    return max(feed.FeedCursor.decode(cursor).revisions.values(), default=0)


@dataclass(frozen=True)
class ListRead:
    """What the list said, between two looks at the stream's revision."""

    before: int
    after: int
    status: int
    shown: Versions


@dataclass
class ListReader:
    """Polls the list with the ETag it has; at 304 it shows what it showed before."""

    api: APIClient
    owner: User
    etag: str = '"none yet"'
    shown: Versions = field(default_factory=dict)
    reads: list[ListRead] = field(default_factory=list)

    def read(self) -> None:
        before = self.revision()
        headers = {"If-None-Match": self.etag}
        answer = self.api.get(URL, {"limit": 100}, headers=headers)
        if answer.status_code == 200:
            rows = answer.json()["results"]
            self.shown = {row["id"]: row["version"] for row in rows}
            self.etag = answer["ETag"]
        read = ListRead(before, self.revision(), answer.status_code, self.shown)
        self.reads.append(read)

    def revision(self) -> int:
        streams = Stream.objects.filter(owner=self.owner, kind="tasks")
        return streams.values_list("revision", flat=True).first() or 0


# --- The truth, from the event log ----------------------------------------------------


@dataclass
class Truth:
    """Every event of the owner's tasks, and what was alive after each."""

    events: list[Event]
    alive: list[Versions]

    @classmethod
    def of(cls, owner: User) -> "Truth":
        events = list(
            Event.objects.filter(stream__owner=owner, stream__kind="tasks").order_by(
                "revision"
            )
        )
        assert [event.revision for event in events] == [*range(1, len(events) + 1)]
        return cls(events, [{}, *cls.replay(events)])

    @staticmethod
    def replay(events: list[Event]) -> Iterator[Versions]:
        alive: Versions = {}
        for event in events:
            assert event.subject_id
            assert event.version
            alive = {**alive, event.subject_id: event.version}
            if event.verb == verbs.TRASHED:
                del alive[event.subject_id]
            yield alive

    def check_page(self, page: FeedPage) -> None:
        """It names what changed and nothing else, each as it was then or later."""
        told = self.events[page.after : page.upto]
        subjects = {event.subject_id for event in told}
        assert subjects == page.alive.keys() | page.gone
        assert not page.has_more or len(told) == FEED_PAGE_SIZE
        for task_id, version in page.alive.items():
            assert any(state.get(task_id) == version for state in self.since(page))
        for task_id in page.gone:
            assert any(task_id not in state for state in self.since(page))

    def since(self, page: FeedPage) -> list[Versions]:
        return self.alive[page.upto :]

    def check_read(self, read: ListRead) -> None:
        """It is the truth of a moment within the request: not older, not mixed."""
        possible = self.alive[read.before : read.after + 1]
        assert read.shown in possible, f"a {read.status} showed what was no more"


# --- The proof ------------------------------------------------------------------------


@pytest.fixture
def make_client(owner: User, session_of: Callable[[User], TokenPair]) -> MakeClient:
    access = session_of(owner).access
    return lambda: APIClient(headers={"authorization": f"Bearer {access}"})


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_change_is_missed_and_no_304_is_stale(
    owner: User,
    make_client: MakeClient,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    monkeypatch.setattr(feed, "PAGE_SIZE", FEED_PAGE_SIZE)
    task_ids: list[int] = []
    writers = [
        Writer(make_client(), random.Random(f"{seed} {n}"), task_ids)
        for n in range(WRITERS)
    ]
    feeds = [FeedReader(make_client()) for _ in range(2)]
    lists = [ListReader(make_client(), owner) for _ in range(2)]

    Run(writers, [*feeds, *lists]).start()

    truth = Truth.of(owner)
    for reader in feeds:
        while reader.read():
            pass
        for page in reader.pages:
            truth.check_page(page)
        assert reader.pages[-1].upto == len(truth.events)
        assert reader.copy == truth.alive[-1] == whole_list(make_client())
    for each in lists:
        for read in each.reads:
            truth.check_read(read)
        assert {read.status for read in each.reads} == {200, 304}


@dataclass
class Run:
    """Everybody at once, until the writers are through.

    Halfway all wait for all, and while nobody writes each reader reads twice: the
    second is surely a 304, and what it says is checked like any other.
    """

    writers: list[Writer]
    readers: list[FeedReader | ListReader]
    is_halfway: Flag = field(default_factory=Flag)
    done: list[Writer] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.writers) + len(self.readers)
        self.gate = Barrier(count, timeout=60)

    def start(self) -> None:
        with ThreadPoolExecutor(self.gate.parties) as pool:
            parts = [pool.submit(self.write, writer) for writer in self.writers]
            parts += [pool.submit(self.read, reader) for reader in self.readers]
        outcomes = [part.exception() for part in parts]
        failures = [each for each in outcomes if each is not None]
        # Who waited for the one that failed only says that the gate is broken.
        for failure in sorted(
            failures, key=lambda e: isinstance(e, BrokenBarrierError)
        ):
            raise failure

    def write(self, writer: Writer) -> None:
        with self.taking_part():
            for n in range(CHANGES_EACH):
                if n == CHANGES_EACH // 2:
                    self.is_halfway.set()
                    self.gate.wait()
                    self.gate.wait()
                writer.write()
            self.done.append(writer)

    def read(self, reader: FeedReader | ListReader) -> None:
        with self.taking_part():
            while not self.is_halfway.is_set():
                reader.read()
            self.gate.wait()
            for _ in range(2):
                reader.read()
            self.gate.wait()
            while len(self.done) < len(self.writers):
                reader.read()

    @contextmanager
    def taking_part(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.gate.abort()
            self.done = self.writers
            raise
        finally:
            connection.close()


def whole_list(api: APIClient) -> Versions:
    rows = api.get(URL, {"limit": 100}).json()["results"]
    return {row["id"]: row["version"] for row in rows}
