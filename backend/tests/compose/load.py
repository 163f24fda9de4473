"""People who read and write without pause."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.compose.project import Project, eventually
from tests.stack.people import Person

PAUSE_SECONDS = 0.02
TASKS = "/api/tasks/"
# The relay sweeps every two seconds: a second delivery would have come by then.
SWEEP_SECONDS = 3


@dataclass(frozen=True)
class Answer:
    """Times are seconds since 1970, as docker's are."""

    asked: str
    begun: float
    ended: float
    failure: str  # nothing where it succeeded

    def __str__(self) -> str:
        at = time.strftime("%T", time.localtime(self.begun))
        seconds = self.ended - self.begun
        return f"{at} {self.asked} after {seconds:.2f} s: {self.failure}"


@dataclass
class Load:
    """What was asked, what was answered, and what went wrong."""

    person: Person
    changer: Person  # whose tasks come and go
    name: str
    has_keys: bool
    answers: list[Answer] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def read(self, call: "Call", number: int) -> None:
        call("GET", TASKS)

    def write(self, call: "Call", number: int) -> None:
        title = f"{self.name} {threading.get_ident()} {number}"
        if call("POST", TASKS, title).ok:
            self.acknowledged.append(title)

    def change(self, call: "Call", number: int) -> None:
        made = call("POST", TASKS, f"{self.name} changes {number}")
        if made.ok:
            path, tag = f"{TASKS}{made.json()['id']}/", made.headers["ETag"]
            call("PATCH", path, "changed", tag)
            call("DELETE", path)

    def repeat(self, work: "Work", person: Person) -> None:
        with requests.Session() as session:
            call = Call(self, session, person)
            for number in itertools.count():
                if self._over.is_set():
                    return
                work(call, number)
                time.sleep(PAUSE_SECONDS)

    def go_on(self, how_many: int = 40) -> None:
        """Until as many more were answered."""
        wanted = len(self.answers) + how_many
        eventually(lambda: len(self.answers) >= wanted)

    @property
    def failures(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.failure]

    def between(self, begin: float, end: float) -> list[Answer]:
        """Those whose request began then, in the order of their ends."""
        return [answer for answer in self.answers if begin <= answer.begun < end]

    def expect_no_failure(self) -> None:
        said = [str(answer) for answer in self.failures]
        assert not said, "\n".join(
            [f"{len(said)} of {len(self.answers)} requests failed", *said]
        )

    def expect_one_bell_each(self) -> None:
        """Each acknowledged task is there, and its bell has rung once."""
        self.person.sign_in()
        written = sorted(self.acknowledged)
        assert written, "nothing was written"
        there = self.person.titles(TASKS)
        lost = set(written) - set(there)
        assert not lost, f"acknowledged and lost: {sorted(lost)}"
        assert len(there) == len(set(there)), "something was created twice"

        def bells() -> list[str]:
            return self.person.titles("/api/notifications/")

        eventually(lambda: len(bells()) >= len(there))
        time.sleep(SWEEP_SECONDS)
        assert bells() == there
        print(f"      {len(self.answers)} requests, {len(there)} bells", flush=True)


@dataclass
class Call:
    """A request whose answer is noted, whatever it is."""

    load: Load
    session: requests.Session
    person: Person

    def __call__(
        self, method: str, path: str, title: str = "", tag: str = ""
    ) -> requests.Response:
        headers = {"If-Match": tag} if tag else {}
        if method == "POST" and self.load.has_keys:
            headers["Idempotency-Key"] = title
        begun = time.time()
        answer, failure = self.send(method, path, headers, title)
        if answer.status_code == 401:  # a token lives for minutes
            self.person.sign_in()
            answer, failure = self.send(method, path, headers, title)
        self.load.answers.append(Answer(method, begun, time.time(), failure))
        return answer

    def send(
        self, method: str, path: str, headers: dict[str, str], title: str
    ) -> tuple[requests.Response, str]:
        body: Any = {"title": title} if title else None
        url = f"{self.person.stack.web_url}{path}"
        headers = {**headers, "Authorization": f"Bearer {self.person.access}"}
        try:
            answer = self.session.request(
                method, url, json=body, headers=headers, timeout=60
            )
        except requests.RequestException as error:
            nothing = requests.Response()
            nothing.status_code = 599
            return nothing, repr(error)
        return answer, "" if answer.ok else f"{answer.status_code} {answer.text[:200]}"


Work = Callable[[Call, int], None]


@contextmanager
def load(
    project: Project, name: str, *, has_keys: bool = True, has_changes: bool = False
) -> Iterator[Load]:
    """Two who read, two who write, and one who changes, from before the block until
    after it."""
    person, changer = Person.register(project), Person.register(project)
    load = Load(person, changer, name, has_keys)
    works = [(load.read, person), (load.write, person)] * 2
    works += [(load.change, changer)] if has_changes else []
    people = [
        threading.Thread(target=load.repeat, args=work, daemon=True) for work in works
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


def p99(answers: list[Answer]) -> float:
    """In milliseconds."""
    times = sorted(answer.ended - answer.begun for answer in answers)
    return 1000 * times[int(len(times) * 0.99)]
