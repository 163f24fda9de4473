"""People who go on reading and writing while something else happens."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests

from tests.stack.people import Person, eventually

READERS = WRITERS = 2


@dataclass
class Load:
    """Requests at `url`: what was answered, and what went wrong, which is the rest."""

    person: Person
    url: str
    has_keys: bool = False
    acknowledged: list[str] = field(default_factory=list)
    reads: int = 0
    failed: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def go_on(self, how_many: int = 20) -> None:
        """Wait until as many more were read and written."""
        reads, writes = self.reads + how_many, len(self.acknowledged) + how_many
        eventually(
            lambda: (
                bool(self.failed)
                or (self.reads >= reads and len(self.acknowledged) >= writes)
            )
        )

    def read(self) -> None:
        for session in self.sessions():
            answer = session.get(f"{self.url}/api/tasks/", timeout=30)
            if self.expect(answer, 200):
                self.reads += 1

    def write(self) -> None:
        for session in self.sessions():
            title = secrets.token_hex(8)
            answer = session.post(
                f"{self.url}/api/tasks/",
                json={"title": title},
                headers={"Idempotency-Key": title} if self.has_keys else {},
                timeout=30,
            )
            if self.expect(answer, 201):
                self.acknowledged.append(title)

    def sessions(self) -> Iterator[requests.Session]:
        """One whose connection is kept, until it is over."""
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {self.person.access}"
            while not self.is_over.is_set():
                yield session

    def expect(self, answer: requests.Response, status: int) -> bool:
        if answer.status_code != status:
            self.failed.append(f"{answer.status_code} {answer.text}")
        return answer.status_code == status

    def guarded(self, call: str) -> None:
        try:
            getattr(self, call)()
        except requests.RequestException as error:
            self.failed.append(repr(error))


@contextmanager
def load(person: Person, url: str, *, has_keys: bool = False) -> Iterator[Load]:
    """Readers and writers, until the end of the block; at least some of each.

    `has_keys`: nginx may send a POST again, with its Idempotency-Key.
    """
    running = Load(person, url, has_keys)
    calls = ["read"] * READERS + ["write"] * WRITERS
    threads = [threading.Thread(target=running.guarded, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    try:
        running.go_on()
        yield running
        running.go_on()
    finally:
        running.is_over.set()
        for thread in threads:
            thread.join()
