"""Clients that send or read slowly keep a connection, never a thread of web.

nginx takes a request in whole before it asks web, and an answer in whole before the
client has read it; who is too slow is sent away.
"""

import contextlib
import json
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.edge.wire import Site, Wire, split_answers
from tests.security_headers import assert_secure
from tests.stack.people import eventually

LIMIT = 1_000
"""How many requests of one address nginx takes at once (limit_conn)."""


@pytest.fixture(autouse=True)
def _many_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4 * LIMIT), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextlib.contextmanager
def opened(
    site: Site, count: int, raw: str, *, receive_buffer: int | None = None
) -> Iterator[list[Wire]]:
    """So many connections that have sent this and then nothing."""
    with contextlib.ExitStack() as stack:
        wires = []
        for _ in range(count):
            wire = Wire(site.port, receive_buffer=receive_buffer)
            stack.callback(wire.close)
            wire.send(raw.format(host=site.host).encode())
            wires.append(wire)
        yield wires


def largest_file(site: Site) -> str:
    page = site.ask("GET", "/api/docs/").body.decode()
    files = {word for word in page.split('"') if word.startswith("/static/")}
    return max(files, key=lambda file: len(site.ask("GET", file).body))


def work(site: Site, person: dict[str, str]) -> list[int]:
    """What somebody does meanwhile: the statuses of forty calls."""

    def call(number: int) -> int:
        body = {"title": f"task {number}"}
        made = site.ask("POST", "/api/tasks/", headers=person, body=body)
        read = site.ask("GET", "/api/tasks/", headers=person)
        return max(made.status, read.status)

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(call, range(20)))


HALF_A_HEADER = "GET /api/tasks/ HTTP/1.1\r\nHost: {host}\r\nX-Slow: "
HALF_A_BODY = (
    "POST /api/tasks/ HTTP/1.1\r\nHost: {host}\r\n"
    "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{{"
)


def test_who_sends_slowly_is_sent_away_and_holds_nobody_up(site: Site) -> None:
    _, person = site.register()
    with (
        opened(site, 300, HALF_A_HEADER) as headers,
        opened(site, 300, HALF_A_BODY) as bodies,
    ):
        assert work(site, person) == [201] * 20
        ends = [wire.read() for wire in (*headers, *bodies)]  # nginx closes them all

    answers = [split_answers(end) for end in ends]
    assert {answer.status for (answer,) in filter(None, answers)} <= {408}


def test_who_reads_slowly_holds_nobody_up(site: Site) -> None:
    """More of them than web has threads, each with an answer beyond all buffers."""
    _, person = site.register()
    file = largest_file(site)
    get = f"GET {file} HTTP/1.1\r\nHost: {{host}}\r\n\r\n" * 8
    with opened(site, 40, get, receive_buffer=4_096):
        assert work(site, person) == [201] * 20


def test_an_address_has_so_many_requests_at_once_and_others_their_own(
    site: Site,
) -> None:
    with opened(site, LIMIT, HALF_A_BODY):
        eventually(lambda: site.ask("GET", "/").status == 429)
        for path in ("/", "/api/tasks/", "/assets/app-1a2b3c.js", "/admin/login/"):
            refused = site.ask("GET", path)
            assert refused.status == 429
            assert json.loads(refused.body)["code"] == "throttled"
            assert_secure(refused.headers)
        assert site.ask("GET", "/", source="127.0.0.2").status == 200

    eventually(lambda: site.ask("GET", "/").status == 200)
