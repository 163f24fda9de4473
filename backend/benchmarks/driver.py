"""The bundled load driver, for where wrk is not: one process, non-blocking sockets.

`python -m benchmarks.driver` reads its order as JSON from standard input and prints
`RESULT {…}`. It keeps each connection busy with one request at a time.
"""

import itertools
import json
import secrets
import selectors
import socket
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

_BODILESS = (204, 304)
_FIRST_ERROR = 400
_PATIENCE_SECONDS = 10


def encode(spec: dict[str, Any], key: str) -> bytes:
    headers = dict(spec["headers"])
    if spec["fresh_key"]:
        headers["Idempotency-Key"] = key
    body: bytes = spec["body"].encode()
    if body:
        headers["Content-Length"] = str(len(body))
    lines = [f"{spec['method']} {spec['path']} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def sendings(specs: list[dict[str, Any]]) -> Iterator[bytes]:
    prefix = secrets.token_hex(6)
    ready = [None if spec["fresh_key"] else encode(spec, "") for spec in specs]
    for n in itertools.count():
        i = n % len(specs)
        yield ready[i] or encode(specs[i], f"{prefix}-{n}")


class Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.sent_at = 0.0

    def send(self, data: bytes) -> None:
        self.received = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(data)

    def receive(self) -> int | None:
        """The status once the answer is whole. Raises OSError if the server left."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionResetError
        self.received += part
        head, separator, body = self.received.partition(b"\r\n\r\n")
        if not separator:
            return None
        status = int(head[9:12])
        if status in _BODILESS or len(body) >= content_length(head):
            return status
        return None


def content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise ValueError("an answer without Content-Length")


def run(order: dict[str, Any]) -> dict[str, Any]:
    queue = sendings(order["requests"])
    selector = selectors.DefaultSelector()
    for _ in range(order["connections"]):
        connection = Connection(order["port"])
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(next(queue))
    times: list[float] = []
    size = errors = 0
    started_at = time.perf_counter()
    deadline = started_at + order["seconds"]
    last = deadline + _PATIENCE_SECONDS
    while (now := time.perf_counter()) < (deadline if times else last):
        for key, _ in selector.select(last - now):
            connection = key.data
            status = connection.receive()
            if status is None:
                continue
            times.append(time.perf_counter() - connection.sent_at)
            size += len(connection.received)
            errors += status >= _FIRST_ERROR
            connection.send(next(queue))
    seconds = time.perf_counter() - started_at
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    return {
        "answers": len(times),
        "seconds": seconds,
        "bytes": size,
        "errors": errors,
        **percentiles(times),
    }


def percentiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles([1e3 * t for t in times or [0.0]] * 2, n=100)
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


if __name__ == "__main__":
    print("RESULT " + json.dumps(run(json.load(sys.stdin))))
