"""People who read and write without pause."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests

from tests.compose.project import Project, eventually
from tests.stack.people import Person

PAUSE_SECONDS = 0.02
# The relay sweeps every two seconds: a second delivery would have come by then.
SWEEP_SECONDS = 3


@dataclass
class Load:
    """What was asked, what was answered, and what went wrong."""

    person: Person
    name: str
    has_keys: bool
    asked: int = 0
    acknowledged: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def read(self, session: requests.Session, number: int) -> None:
        self.ask(session, "GET", None)

    def write(self, session: requests.Session, number: int) -> None:
        title = f"{self.name} {threading.get_ident()} {number}"
        if self.ask(session, "POST", title):
            self.acknowledged.append(title)

    def ask(self, session: requests.Session, method: str, title: str | None) -> bool:
        headers = {"Authorization": f"Bearer {self.person.access}"}
        if title and self.has_keys:
            headers["Idempotency-Key"] = title
        started = time.monotonic()
        self.asked += 1
        try:
            answer = session.request(
                method,
                f"{self.person.stack.web_url}/api/tasks/",
                json={"title": title} if title else None,
                headers=headers,
                timeout=60,
            )
            outcome = "" if answer.ok else f"{answer.status_code} {answer.text[:200]}"
        except requests.RequestException as error:
            outcome = repr(error)
        seconds = time.monotonic() - started
        self.slowest = max(self.slowest, seconds)
        if outcome:
            at = time.strftime("%T")
            self.failures.append(f"{at} {method} after {seconds:.2f} s: {outcome}")
        return not outcome

    def repeat(self, work: Callable[[requests.Session, int], None]) -> None:
        with requests.Session() as session:
            for number in itertools.count():
                if self._over.is_set():
                    return
                work(session, number)
                time.sleep(PAUSE_SECONDS)

    def expect_no_failure(self) -> None:
        assert not self.failures, "\n".join(
            [f"{len(self.failures)} of {self.asked} requests failed", *self.failures]
        )

    def expect_one_bell_each(self) -> None:
        """Each acknowledged task is there, and its bell has rung once."""
        written = sorted(self.acknowledged)
        assert written, "nothing was written"
        there = self.person.titles("/api/tasks/")
        lost = set(written) - set(there)
        assert not lost, f"acknowledged and lost: {sorted(lost)}"
        assert len(there) == len(set(there)), "something was created twice"

        def bells() -> list[str]:
            return self.person.titles("/api/notifications/")

        eventually(lambda: len(bells()) >= len(there))
        time.sleep(SWEEP_SECONDS)
        assert bells() == there


@contextmanager
def load(project: Project, name: str, *, has_keys: bool = True) -> Iterator[Load]:
    """Two who read and two who write, from before the block until after it."""
    load = Load(Person.register(project), name, has_keys)
    people = [
        threading.Thread(target=load.repeat, args=[work], daemon=True)
        for work in (load.read, load.read, load.write, load.write)
    ]
    for one in people:
        one.start()
    try:
        time.sleep(1)
        yield load
        time.sleep(1)
    finally:
        load._over.set()
        for one in people:
            one.join(90)
