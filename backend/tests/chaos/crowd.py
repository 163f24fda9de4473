"""People who go on whatever happens, and send again what was not acknowledged."""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests

from tests.proofs.size import size
from tests.stack.people import Person, eventually

READERS, WRITERS = 3, size(short=3, long=8)
PAUSE_SECONDS = 0.02
TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Asked:
    """One request and how it ended; `status` is 0 where there was no answer."""

    method: str
    began: float
    ended: float
    status: int

    @property
    def is_ok(self) -> bool:
        return self.status in (200, 201)

    @property
    def seconds(self) -> float:
        return self.ended - self.began


@dataclass
class Crowd:
    """What was asked at `url`, which tasks are acknowledged, and which may be there."""

    person: Person
    url: str
    asked: list[Asked] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def during(self, since: float, until: float) -> list[Asked]:
        return [each for each in list(self.asked) if since <= each.began <= until]

    def go_on(self, how_many: int = 20) -> None:
        """Wait until as many more were read and written."""
        began = time.monotonic()

        def is_so() -> bool:
            ok = [each for each in self.during(began, time.monotonic()) if each.is_ok]
            posts = sum(each.method == "POST" for each in ok)
            return min(posts, len(ok) - posts) >= how_many

        eventually(is_so)

    def read(self, session: requests.Session) -> None:
        self.ask(session, "GET")

    def write(self, session: requests.Session) -> None:
        title = secrets.token_hex(8)
        while not self.ask(session, "POST", title):
            if self.is_over.wait(0.1):
                self.undecided.append(title)
                return
        self.acknowledged.append(title)

    def ask(self, session: requests.Session, method: str, title: str = "") -> bool:
        began = time.monotonic()
        try:
            status = session.request(
                method,
                f"{self.url}/api/tasks/",
                json={"title": title} if title else None,
                headers={"Idempotency-Key": title} if title else {},
                timeout=TIMEOUT_SECONDS,
            ).status_code
        except requests.RequestException:
            status = 0
        asked = Asked(method, began, time.monotonic(), status)
        self.asked.append(asked)
        return asked.is_ok

    def repeat(self, name: str) -> None:
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {self.person.access}"
            while not self.is_over.wait(PAUSE_SECONDS):
                getattr(self, name)(session)


@contextmanager
def crowd(person: Person, url: str) -> Iterator[Crowd]:
    """Readers and writers until the end of the block.

    With an API token: an access token would run out meanwhile.
    """
    made = person.call(
        "POST", "/api/auth/tokens/", {"name": "all day", "scope": "write"}
    )
    assert made.status_code == 201, made.text
    person.access = made.json()["token"]
    people = Crowd(person, url)
    calls = ["read"] * READERS + ["write"] * WRITERS
    threads = [threading.Thread(target=people.repeat, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    try:
        people.go_on(1)
        yield people
    finally:
        people.is_over.set()
        for thread in threads:
            thread.join()


def slowest_of_a_hundred(asked: list[Asked]) -> float:
    """The 99th percentile of their time, in seconds."""
    times = sorted(each.seconds for each in asked)
    return times[int(0.99 * (len(times) - 1))]
