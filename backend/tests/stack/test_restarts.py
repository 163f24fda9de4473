"""Programs that are asked to stop or to begin anew lose nothing and refuse nobody."""

import signal
import time
from collections.abc import Iterator

import psutil
import pytest

from common.tests.smtp import Dialogue, MailServer
from devstack.programs import Gunicorn
from devstack.stack import Stack
from tests.stack.load import load
from tests.stack.people import Person, eventually

COUNT = 10
RESTARTS = 4


class SlowDialogue(Dialogue):
    def say(self, stage: str, usual: str) -> str:
        if stage == "MESSAGE":
            time.sleep(0.1)
        return super().say(stage, usual)


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        server.RequestHandlerClass = SlowDialogue
        yield server


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer
) -> Iterator[Stack]:
    """Behind nginx, with a mail server that takes its time."""
    home = tmp_path_factory.mktemp("site")
    spa = tmp_path_factory.mktemp("spa")
    (spa / "index.html").write_text("the app")
    settings = {
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        "GUNICORN_PRELOAD": "1",  # as in containers
        **{f"LIMIT_{scope}": "1000000/60" for scope in ("READ", "WRITE", "AUTH")},
    }
    programs = ("web", "worker", "beat")
    with Stack(home, programs=programs, spa=spa, settings=settings) as stack:
        yield stack


@pytest.fixture
def person(site: Stack) -> Person:
    return Person.register(site)


def workers_of(web: Gunicorn) -> set[int]:
    return {child.pid for child in psutil.Process(web.pid).children()}


def reload(web: Gunicorn) -> None:
    before = workers_of(web)
    web.reload()
    eventually(lambda: not before & workers_of(web))


def test_web_begins_anew_under_load_without_a_failed_request(
    site: Stack, person: Person
) -> None:
    web = site.services["web"]
    assert isinstance(web, Gunicorn)
    with load(person, site.url) as running:
        for _ in range(RESTARTS):
            reload(web)
            running.go_on()

    assert running.failed == []
    assert person.titles("/api/tasks/") == sorted(running.acknowledged)


def wait_for_more(server: MailServer, than: int) -> None:
    eventually(lambda: len(server.inbox) > than)


def test_a_worker_asked_to_stop_in_the_middle_delivers_each_once(
    site: Stack, person: Person, mail_server: MailServer
) -> None:
    wishes = {"kinds": {"task_created": {"email": True}}, "digest_hour": None}
    person.call("PATCH", "/api/notifications/preferences/", wishes)
    worker = site.services["worker"]
    before = len(mail_server.inbox)
    titles: list[str] = []
    for n in range(RESTARTS):
        # Asked while it sends the first of these.
        titles += [f"restart {n} task {m}" for m in range(COUNT)]
        sent = len(mail_server.inbox)
        for title in titles[-COUNT:]:
            assert person.create(title).status_code == 201
        wait_for_more(mail_server, sent)
        worker.send(signal.SIGTERM)
        eventually(lambda: not worker.is_running)
        assert worker.exit_code == 0
        worker.start()

    eventually(lambda: len(mail_server.inbox) >= before + len(titles))
    eventually(lambda: person.titles("/api/notifications/") == sorted(titles))
    subjects = sorted(mail["Subject"] for mail in mail_server.inbox[before:])
    assert subjects == sorted(f"New task: {title}" for title in titles)
