"""Health checks: `python -m container.health http PORT PATH`, or `… broker`."""

import http.client
import sys
from pathlib import Path
from urllib.parse import urlsplit

ESTABLISHED = "01"  # include/net/tcp_states.h


def is_answering(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def is_connected_to_broker(redis_url: str, sockets: str) -> bool:
    """Whether this container holds an open connection to the broker's port.

    `sockets` is /proc/net/tcp, which shows a container its own connections only.
    """
    port = urlsplit(redis_url).port or 6379
    rows = [line.split() for line in sockets.splitlines()[1:]]
    return any(
        state == ESTABLISHED and int(remote.rpartition(":")[2], 16) == port
        for _, _, remote, state, *_ in rows
    )


def main(kind: str, *arguments: str) -> bool:
    if kind == "http":
        port, path = arguments
        return is_answering(int(port), path)
    redis_url = Path("/secrets/app/redis_broker_url").read_text()
    tables = (Path("/proc/net", name) for name in ("tcp", "tcp6"))
    return any(
        is_connected_to_broker(redis_url, table.read_text())
        for table in tables
        if table.exists()
    )


if __name__ == "__main__":
    sys.exit(not main(*sys.argv[1:]))
