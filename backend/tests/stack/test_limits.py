"""A limit is a limit: for all processes together, whatever a client says of itself."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from devstack.stack import Stack
from tests.stack.people import Person

LIMIT = 25
SENT = 20 * LIMIT
AT_ONCE = 50


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """nginx before four web processes, where little is allowed."""
    settings = {
        "WEB_CONCURRENCY": "4",
        "LIMIT_READ": f"{LIMIT}/600",
        "LIMIT_AUTH": "1000000/60",
    }
    home, spa = tmp_path_factory.mktemp("limited"), tmp_path_factory.mktemp("spa")
    Path(spa, "index.html").write_text("<!doctype html>")
    with Stack(
        home,
        programs=["web", "realtime"],
        spa=spa,
        settings=settings,
        durable=False,
    ) as stack:
        yield stack


def processes_of(stack: Stack) -> list[str]:
    web = stack.services["web"].pid
    return Path(f"/proc/{web}/task/{web}/children").read_text().split()


def send(url: str, number: int, headers: dict[str, str]) -> requests.Response:
    forged = f"198.51.{number // 250}.{number % 250}"
    lies = {
        "X-Forwarded-For": f"{forged}, {forged}",
        "Forwarded": f"for={forged}",
        "X-Real-IP": forged,
        "X-Client-IP": forged,
        "Connection": "close",  # so that each goes to whichever process is free
    }
    return requests.get(url, headers={**lies, **headers}, timeout=60)


def statuses(url: str, headers: dict[str, str]) -> Counter[int]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        numbers = range(SENT)
        answers = list(pool.map(lambda n: send(url, n, headers), numbers))
    for answer in answers:
        assert answer.headers["RateLimit-Policy"] == f'"read";q={LIMIT};w=600'
        if answer.status_code == 429:
            assert answer.json()["code"] == "throttled"
            assert 0 < int(answer.headers["Retry-After"]) <= 600
    return Counter(answer.status_code for answer in answers)


def test_exactly_as_many_as_may_pass_through_four_processes(limited: Stack) -> None:
    person = Person.register(limited)
    assert len(processes_of(limited)) == 4
    signed = {"Authorization": f"Bearer {person.access}"}

    counted = statuses(f"{limited.url}/api/tasks/", signed)

    assert counted == {200: LIMIT, 429: SENT - LIMIT}


def test_nobody_gets_more_by_saying_they_are_somebody_else(limited: Stack) -> None:
    counted = statuses(f"{limited.url}/api/tasks/", {})

    assert counted == {401: LIMIT, 429: SENT - LIMIT}
