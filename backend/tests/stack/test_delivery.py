"""Nothing acknowledged is lost, and every bell rings once, whatever dies."""

import signal
import threading
import time

import pytest

from devstack.stack import Stack
from tests.stack.people import Person, at_once, eventually

COUNT = 50
# Not the bar (that is measured by `make measure`), but far below what waiting for a
# broker that is away would cost: Celery's own default is to wait for minutes.
STALLED_SECONDS = 2.0


def expect_one_notification_each(person: Person, titles: list[str]) -> None:
    eventually(lambda: len(person.titles("/api/notifications/")) >= len(titles))
    # The relay sweeps every two seconds: a second delivery would have come by then.
    time.sleep(3)
    assert person.titles("/api/notifications/") == sorted(titles)


def test_a_stopped_worker_delivers_everything_when_it_is_back(
    stack: Stack, person: Person
) -> None:
    titles = [f"while stopped {n}" for n in range(COUNT)]
    stack.stop("worker")
    assert {person.create(title).status_code for title in titles} == {201}
    assert person.titles("/api/notifications/") == []

    stack.start("worker")

    expect_one_notification_each(person, titles)


@pytest.mark.parametrize("fault", ["killed and wiped", "frozen"])
def test_creates_do_not_wait_for_a_broken_valkey(
    stack: Stack, person: Person, fault: str
) -> None:
    titles = [f"{fault} {n}" for n in range(COUNT)]
    slowest = 0.0
    for n, title in enumerate(titles):
        if n == COUNT // 5:
            break_valkey(stack, fault)
        started = time.monotonic()
        assert person.create(title).status_code == 201
        slowest = max(slowest, time.monotonic() - started)
    assert slowest < STALLED_SECONDS
    mend_valkey(stack, fault)

    expect_one_notification_each(person, titles)


def break_valkey(stack: Stack, fault: str) -> None:
    if fault == "frozen":
        stack.freeze("valkey")
    else:
        stack.kill("valkey")
        stack.wipe("valkey")


def mend_valkey(stack: Stack, fault: str) -> None:
    if fault == "frozen":
        stack.thaw("valkey")
    else:
        stack.start("valkey")


def test_postgres_restarted_under_load_loses_no_acknowledged_task(
    stack: Stack, person: Person
) -> None:
    acknowledged: list[str] = []
    is_over = threading.Event()

    def write(writer: int) -> None:
        for n in range(10_000):
            if is_over.is_set():
                return
            title = f"writer {writer} task {n}"
            answer = person.create(title)
            if answer.status_code == 201:
                acknowledged.append(title)
            else:
                assert answer.status_code == 503, answer.text
                assert answer.headers["Retry-After"]

    def restart() -> None:
        for _ in range(3):
            time.sleep(1)
            stack.restart("postgres", signal.SIGQUIT)
        before = len(acknowledged)
        eventually(lambda: len(acknowledged) > before + 10)
        is_over.set()

    at_once([restart, *(lambda n=n: write(n) for n in range(4))])

    kept = person.titles("/api/tasks/")
    assert len(acknowledged) > 10
    assert set(acknowledged) <= set(kept)
    # A commit whose answer was lost may be there as well, but nothing twice.
    assert len(kept) == len(set(kept))
    expect_one_notification_each(person, kept)


def test_a_worker_killed_again_and_again_rings_each_bell_once(
    stack: Stack, person: Person
) -> None:
    titles = [f"kill {n}" for n in range(COUNT)]
    for n, title in enumerate(titles):
        assert person.create(title).status_code == 201
        if n % 10 == 5:
            stack.kill("worker")
            stack.start("worker")

    expect_one_notification_each(person, titles)
