"""One request, its whole answer: to check what a server says before timing it."""

import json
from dataclasses import dataclass
from http.client import parse_headers
from io import BytesIO
from typing import Any

from benchmarks.driver import Connection, encode
from benchmarks.load import Load, WrongAnswerError, specs_of


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    """With names in lower case."""
    body: bytes
    size: int

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(load: Load, key: str = "one") -> Answer:
    """The answer to the load's first request."""
    connection = Connection(load.port)
    try:
        connection.send(encode(specs_of(load)[0], key))
        while (status := connection.receive()) is None:
            pass
    finally:
        connection.socket.close()
    return _parse(status, connection.received)


def _parse(status: int, raw: bytes) -> Answer:
    head, _, body = raw.partition(b"\r\n\r\n")
    _, _, fields = head.partition(b"\r\n")
    headers = parse_headers(BytesIO(fields + b"\r\n\r\n"))
    named = {name.lower(): value for name, value in headers.items()}
    return Answer(status, named, body, len(raw))


def must(load: Load, status: int = 200) -> Answer:
    """The answer. Raises WrongAnswerError where its status is another."""
    answer = ask(load)
    if answer.status != status:
        raise WrongAnswerError(
            f"{answer.status}, not {status}, from {load.requests[0]}: {answer.body!r}"
        )
    return answer
