"""Mail is neither lost nor seen twice, whenever its worker is killed."""

from collections import defaultdict
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from common.tests.smtp import TAKEN, MailServer
from devstack.postgres import Postgres
from devstack.stack import Stack
from tests.stack.people import Person, eventually

COUNT = 20
# The third is taken, and the worker dies before it hears so: the worst moment.
DEADLY = ("250 taken", "250 taken", TAKEN)


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def mailing(
    tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer
) -> Iterator[Stack]:
    """A stack of its own, which sends its mail to the server."""
    settings = {"EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}"}
    home = tmp_path_factory.mktemp("mailing")
    programs = ("web", "worker", "beat")
    with Stack(home, programs=programs, nginx=False, settings=settings) as stack:
        yield stack


@pytest.fixture
def person(mailing: Stack) -> Person:
    return Person.register(mailing)


def wants_mail(person: Person, digest_hour: int | None) -> None:
    wishes = {"kinds": {"task_created": {"email": True}}, "digest_hour": digest_hour}
    answer = person.call("PATCH", "/api/notifications/preferences/", wishes)
    assert answer.json()["digest_hour"] == digest_hour


def wait_for_messages(server: MailServer, count: int) -> None:
    eventually(lambda: server.stages.count("MESSAGE") >= count)


def kill_worker(stack: Stack) -> None:
    """And go on as if the lease of what it was sending had run out since."""
    stack.kill("worker")
    execute(stack, "SET next_attempt_at = now() WHERE state = 'sending'")
    stack.start("worker")


def execute(stack: Stack, change: str) -> None:
    postgres = stack.services["postgres"]
    assert isinstance(postgres, Postgres)
    postgres.execute(f"UPDATE notifications_delivery {change}")


def mail_states(person: Person) -> list[str]:
    return [
        delivery["state"]
        for notification in person.pages("/api/notifications/")
        for delivery in notification["deliveries"]
        if delivery["channel"] == "email"
    ]


def seen(server: MailServer, person: Person) -> dict[str, list[EmailMessage]]:
    """What this person sees: mail systems drop a Message-ID that they have had."""
    mails = defaultdict(list)
    for message in server.inbox:
        if message["To"] == f"{person.name}@example.org":
            mails[message["Message-ID"]].append(message)
    return mails


def text_of(message: EmailMessage) -> str:
    part: Any = message.get_body(("plain",))
    return str(part.get_content())


def expect_copies_to_be_equal(mails: dict[str, list[EmailMessage]]) -> None:
    for copies in mails.values():
        assert len({text_of(each) for each in copies}) == 1


def test_a_mail_worker_killed_again_and_again_sends_each_once(
    mailing: Stack, mail_server: MailServer, person: Person
) -> None:
    wants_mail(person, None)
    titles = [f"task {n:02}" for n in range(COUNT)]
    mail_server.answers["MESSAGE"] = list(DEADLY)
    for title in titles:
        assert person.create(title).status_code == 201
    for kills in range(1, 4):
        wait_for_messages(mail_server, 3 * kills)
        mail_server.answers["MESSAGE"] = list(DEADLY)
        kill_worker(mailing)
    mail_server.answers.clear()
    kill_worker(mailing)

    eventually(lambda: mail_states(person) == ["sent"] * COUNT)

    mails = seen(mail_server, person)
    subjects = [copies[0]["Subject"] for copies in mails.values()]
    assert sorted(subjects) == [f"New task: {title}" for title in titles]
    assert len(mail_server.inbox) > COUNT  # the worst has happened
    expect_copies_to_be_equal(mails)


def test_a_digest_whose_worker_is_killed_comes_once_and_says_all(
    mailing: Stack, mail_server: MailServer, person: Person
) -> None:
    wants_mail(person, 7)
    titles = [f"collected {n:02}" for n in range(COUNT)]
    for title in titles:
        assert person.create(title).status_code == 201
    eventually(lambda: mail_states(person) == ["pending"] * COUNT)
    mail_server.answers["MESSAGE"] = [TAKEN]
    before = mail_server.stages.count("MESSAGE")
    execute(mailing, "SET next_attempt_at = now() WHERE is_collected")

    for kills in range(1, 3):
        wait_for_messages(mail_server, before + kills)
        kill_worker(mailing)
    mail_server.answers.clear()
    kill_worker(mailing)

    eventually(lambda: mail_states(person) == ["sent"] * COUNT)
    ((first, *copies),) = seen(mail_server, person).values()
    assert len(copies) >= 2  # the worst has happened
    assert first["Subject"] == f"{COUNT} notifications"
    assert all(title in text_of(first) for title in titles)
    expect_copies_to_be_equal({"all": [first, *copies]})
