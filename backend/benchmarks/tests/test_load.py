"""A server that answers wrongly is never timed as if it had answered."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.client import ask
from benchmarks.load import Load, Request, WrongAnswerError, drive, has_wrk

DRIVERS = [
    "bundled",
    pytest.param(
        "wrk", marks=pytest.mark.skipif(not has_wrk(), reason="wrk is not here")
    ),
]


@dataclass
class Server:
    port: int
    seen: list[tuple[str, str, str, str]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    """Answers /<status>/<length> as told and remembers what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(length).decode()
            key = self.headers.get("Idempotency-Key", "")
            title = self.headers.get("X-Title", "")
            told.seen.append((self.command, body, key, title))
            _, status, size = self.path.split("/")
            self.send_response(int(status))
            self.send_header("Content-Length", size)
            self.end_headers()
            self.wfile.write(b"x" * int(size))

        do_GET = do_POST = answer  # noqa: N815 - the base class's names

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        told = Server(listening.server_port)
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield told
        listening.shutdown()
        thread.join()


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_round_counts_answers_and_bytes(server: Server, driver: str) -> None:
    load = Load(server.port, [Request("/200/1000")])
    size = ask(load).size

    sample = drive(load, 0.2, wrk=driver == "wrk")

    assert sample.answers > 0
    assert abs(sample.bytes / sample.answers - size) < 0.1 * size
    assert 0 < sample.p50 <= sample.p95 <= sample.p99


@pytest.mark.parametrize("driver", DRIVERS)
def test_an_error_among_the_answers_voids_the_round(
    server: Server, driver: str
) -> None:
    load = Load(server.port, [Request("/200/10"), Request("/503/10")])

    with pytest.raises(WrongAnswerError, match="errors"):
        drive(load, 0.2, wrk=driver == "wrk")


@pytest.mark.parametrize("driver", DRIVERS)
def test_answers_of_another_size_void_the_round(server: Server, driver: str) -> None:
    load = Load(server.port, [Request("/200/10")], answer_bytes=5_000)

    with pytest.raises(WrongAnswerError, match="bytes"):
        drive(load, 0.2, wrk=driver == "wrk")


@pytest.mark.parametrize("driver", DRIVERS)
def test_each_sending_has_its_own_key_and_its_body(server: Server, driver: str) -> None:
    body = json.dumps({"title": 'Ö "quoted" \\ and\nbroken'})
    request = Request("/201/2", "POST", {"X-Title": 'a "b" \\'}, body, fresh_key=True)

    drive(Load(server.port, [request]), 0.2, wrk=driver == "wrk")

    keys = [key for _, _, key, _ in server.seen]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    asked = {(method, text, title) for method, text, _, title in server.seen}
    assert asked == {("POST", body, 'a "b" \\')}
