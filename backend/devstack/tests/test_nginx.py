"""nginx answers as the templates say, with its own errors and the upstream's."""

import contextlib
import gzip
import http.client
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from devstack import ports
from devstack.log import Log
from devstack.nginx import Nginx
from tests.security_headers import EXACT, assert_secure

LONG_SCRIPT = "console.log('long enough to be compressed');" * 50


class Upstream(BaseHTTPRequestHandler):
    """Says what reached it, with the headers that Django sets too."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status = int(match[1]) if (match := re.search(r"/(\d{3})/", self.path)) else 200
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/health/ready/"):
            status = int(getattr(self.server, "ready_status", 200))
        seen = {name.lower(): value for name, value in self.headers.items()}
        body = json.dumps({"path": self.path, "headers": seen}).encode()
        self.send_response(status)
        for name, value in {**EXACT, "X-Frame-Options": "SAMEORIGIN"}.items():
            self.send_header(name, value)
        self.send_header("X-Request-ID", self.headers["X-Request-ID"])
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - http.server's names

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> dict[str, object]:
        content: dict[str, object] = json.loads(self.body)
        return content


@dataclass
class Site:
    """nginx in front of an upstream that echoes, and one that is away."""

    nginx: Nginx
    upstream: ThreadingHTTPServer
    said: Path

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.nginx.port)
        connection.request(method, path, body=body, headers=headers or {})
        return read(connection)


def read(connection: http.client.HTTPConnection) -> Answer:
    """The whole answer; closes the connection."""
    with contextlib.closing(connection), connection.getresponse() as response:
        return Answer(response.status, response.headers, response.read())


def make_spa(directory: Path) -> Path:
    (directory / "assets").mkdir(parents=True)
    (directory / "index.html").write_text("<!doctype html><title>The SPA</title>")
    (directory / "assets" / "app-1a2b3c.js").write_text(LONG_SCRIPT)
    (directory / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return directory


class UpstreamServer(ThreadingHTTPServer):
    request_queue_size = 256  # a longer queue than any test needs


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThreadingHTTPServer]:
    with UpstreamServer(("127.0.0.1", 0), Upstream) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


MakeSite = Callable[..., Site]


@pytest.fixture(scope="module")
def make_site(
    tmp_path_factory: pytest.TempPathFactory, upstream: ThreadingHTTPServer
) -> Iterator[MakeSite]:
    opened: list[Site] = []

    def make(**options: object) -> Site:
        home = tmp_path_factory.mktemp("nginx")
        said = home / "said"
        nginx = Nginx(
            home,
            Log.to_file(said),
            port=ports.free_port(),
            web_port=upstream.server_port,
            spa=make_spa(home / "spa"),
            access_log="/dev/stderr json",
            # Nothing listens there, unless the test says what does.
            **{"realtime_port": ports.free_port(), **options},  # type: ignore[arg-type]
        )
        opened.append(Site(nginx, upstream, said))
        nginx.start()
        return opened[-1]

    yield make
    for site in opened:
        site.nginx.stop()
        site.nginx.log.close()


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    return make_site()


def is_problem(answer: Answer, status: int, code: str) -> bool:
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["request_id"] == answer.headers["X-Request-ID"]
    assert body["type"] == f"/problems/{code}"
    assert body["errors"] == []
    return (answer.status, body["status"], body["code"]) == (status, status, code)


# --- Headers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/tasks", 200),
        ("GET", "/index.html", 200),
        ("GET", "/assets/app-1a2b3c.js", 200),
        ("GET", "/favicon.svg", 200),
        ("GET", "/assets/missing.js", 404),
        ("GET", "/missing.png", 404),
        ("POST", "/tasks", 405),
        ("GET", "/api/tasks/", 200),
        ("GET", "/api/404/", 404),
        ("GET", "/api/500/", 500),
        ("POST", "/api/auth/token/", 200),
        ("GET", "/admin", 308),
        ("GET", "/admin/", 200),
        ("GET", "/static/admin.css", 200),
        ("GET", "/health/live/", 200),
        ("GET", "/health/ready/", 200),
        ("GET", "/health/", 404),
        ("GET", "/metrics", 404),
        ("GET", "/metrics/", 404),
        ("GET", "/%6detrics", 404),
        ("GET", "/api/../metrics", 404),
        ("GET", "/api/..%2fmetrics", 404),
        ("GET", "/ws/%2e%2e/metrics", 404),
        ("GET", "/ws/", 502),
        ("GET", "/api/tasks/%00", 400),
        ("GET", f"/api/{'x' * 9000}", 414),
    ],
)
def test_every_answer_has_each_security_header_once(
    site: Site, method: str, path: str, status: int
) -> None:
    answer = site.ask(path, method)

    assert answer.status == status
    assert_secure(answer.headers)


# --- The SPA --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/tasks", "/task/7/edit/", "/task/new/", "/board?view=a.b", "/people"]
)
def test_a_navigation_gets_the_page_and_asks_again_next_time(
    site: Site, path: str
) -> None:
    answer = site.ask(path)

    assert b"The SPA" in answer.body
    assert answer.headers["Cache-Control"] == "no-cache"
    again = site.ask(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304


def test_of_what_is_below_auth_only_the_export_is_compressed(site: Site) -> None:
    headers = {"Accept-Encoding": "gzip", "X-Padding": "x" * 1_000}
    export = site.ask("/api/auth/me/export/", headers=headers)
    me = site.ask("/api/auth/me/", headers=headers)

    assert export.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in me.headers
    assert "default-src 'self'" in export.headers["Content-Security-Policy"]
    # The connection to web is one of those that are kept.
    assert '"connection"' not in gzip.decompress(export.body).decode()


def test_a_hashed_file_is_kept_for_a_year_and_compressed(site: Site) -> None:
    answer = site.ask("/assets/app-1a2b3c.js", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "application/javascript; charset=utf-8"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.body) < len(LONG_SCRIPT) / 2


@pytest.mark.parametrize(
    "path", ["/assets/app-old.js", "/assets/", "/assets/none", "/missing.png"]
)
def test_a_missing_file_is_404_and_not_remembered(site: Site, path: str) -> None:
    answer = site.ask(path)

    assert answer.status == 404
    assert b"The SPA" not in answer.body
    assert "Cache-Control" not in answer.headers


# --- Errors of nginx itself ------------------------------------------------------


def test_a_body_over_64_kib_is_a_problem(site: Site) -> None:
    fits = site.ask("/api/tasks/", "POST", body=b"x" * 65536)
    over = site.ask("/api/tasks/", "POST", body=b"x" * 65537)

    assert fits.status == 200
    assert is_problem(over, 413, "payload_too_large")


@pytest.mark.parametrize("path", ["/api/tasks/", "/"])
@pytest.mark.parametrize(
    ("method", "headers", "refusal"),
    [
        ("TRACE", {}, (405, "method_not_allowed")),
        ("GET", {"X-Large": "x" * 9_000}, (431, "bad_request")),
        ("POST", {"Transfer-Encoding": "odd"}, (501, "bad_request")),
        ("GET", {"Host": "two words"}, (400, "bad_request")),
    ],
)
def test_what_no_location_sees_is_a_problem_too(
    site: Site,
    path: str,
    method: str,
    headers: dict[str, str],
    refusal: tuple[int, str],
) -> None:
    assert is_problem(site.ask(path, method, headers=headers), *refusal)


def test_a_method_that_pages_do_not_take_is_a_problem(site: Site) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = site.ask("/tasks", method)
        assert is_problem(answer, 405, "method_not_allowed")


def test_an_upstream_that_is_away_is_a_problem_to_retry(site: Site) -> None:
    answer = site.ask("/ws/")

    assert is_problem(answer, 502, "service_unavailable")
    assert answer.headers["Retry-After"] == "1"


def test_an_upstreams_own_error_is_passed_on_as_it_is(site: Site) -> None:
    assert site.ask("/api/503/").json()["path"] == "/api/503/"


def test_a_flood_of_sign_ins_is_limited_but_a_test_suite_is_not(
    make_site: MakeSite,
) -> None:
    site = make_site()
    connections = [
        http.client.HTTPConnection("127.0.0.1", site.nginx.port) for _ in range(200)
    ]
    for connection in connections:
        connection.connect()
    started = time.monotonic()
    for connection in connections:  # all at once, however slow this machine is
        connection.request("POST", "/api/auth/token/")
    answers = [read(connection) for connection in connections]
    seconds = time.monotonic() - started

    refused = [answer for answer in answers if answer.status == 429]
    assert 60 <= len(answers) - len(refused) <= 61 + 20 * seconds
    assert is_problem(refused[0], 429, "throttled")
    assert_secure(refused[0].headers)
    assert refused[0].headers["Retry-After"] == "1"
    assert site.ask("/api/auth/me/").status == 200


def test_readiness_is_told_without_its_parts(
    site: Site, upstream: ThreadingHTTPServer
) -> None:
    assert site.ask("/health/ready/").json() == {"status": "ok"}

    upstream.ready_status = 503  # type: ignore[attr-defined]
    try:
        assert is_problem(site.ask("/health/ready/"), 503, "service_unavailable")
    finally:
        upstream.ready_status = 200  # type: ignore[attr-defined]


# --- What the backend is told ----------------------------------------------------

FORGED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Real-IP": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "Forwarded": "for=203.0.113.7",
}


def seen_by_backend(answer: Answer) -> dict[str, str]:
    headers = answer.json()["headers"]
    assert isinstance(headers, dict)
    return headers


def test_what_a_client_claims_about_itself_is_overwritten(site: Site) -> None:
    seen = seen_by_backend(site.ask("/api/", headers=FORGED))

    assert seen["x-forwarded-for"] == seen["x-real-ip"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "http"
    assert not {"x-forwarded-host", "forwarded"} & set(seen)


def test_a_trusted_proxy_is_believed_up_to_the_first_stranger(
    make_site: MakeSite,
) -> None:
    site = make_site(trusted_proxies=("127.0.0.1", "10.0.0.0/8"))
    chain = {**FORGED, "X-Forwarded-For": "198.51.100.1, 203.0.113.7, 10.1.2.3"}
    answer = site.ask("/api/", headers=chain)

    seen = seen_by_backend(answer)
    assert seen["x-forwarded-for"] == seen["x-real-ip"] == "203.0.113.7"
    assert seen["x-forwarded-proto"] == "https"
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("path", "protocol", "told"),
    [
        ("/ws/", "WebSocket", ("upgrade", "websocket")),
        ("/ws/", "h2c", (None, None)),
        ("/ws/", "websocket, h2c", (None, None)),
        ("/api/", "h2c", (None, None)),
        ("/api/", "websocket", (None, None)),
    ],
)
def test_only_sockets_go_on_with_another_protocol(
    make_site: MakeSite,
    upstream: ThreadingHTTPServer,
    path: str,
    protocol: str,
    told: tuple[str | None, str | None],
) -> None:
    site = make_site(realtime_port=upstream.server_port)
    asked = {"Connection": "Upgrade", "Upgrade": protocol}

    seen = seen_by_backend(site.ask(path, headers=asked))

    assert (seen.get("connection"), seen.get("upgrade")) == told


@pytest.mark.parametrize("sent", ["", "short", "x" * 65, 'evil"}', "with space "])
def test_a_request_id_that_is_not_sane_is_replaced(site: Site, sent: str) -> None:
    answer = site.ask("/api/", headers={"X-Request-ID": sent})

    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])
    assert seen_by_backend(answer)["x-request-id"] == answer.headers["X-Request-ID"]


def test_a_sane_request_id_is_kept(site: Site) -> None:
    answer = site.ask("/tasks", headers={"X-Request-ID": "trace-12345678"})

    assert answer.headers["X-Request-ID"] == "trace-12345678"


def test_no_query_string_is_logged(make_site: MakeSite) -> None:
    site = make_site()
    site.ask("/api/tasks/?search=private-words")
    site.ask("/ws/?ticket=private-words")
    site.nginx.stop()

    said = site.said.read_text()
    assert '"path":"/api/tasks/"' in said
    assert '"status":502' in said
    assert "private-words" not in said


# --- What a linter says ------------------------------------------------------------

NOT_FOUND_WRONG = {
    "host_spoofing": "Django answers no host but its own, and needs the port in it",
    "try_files_is_evil_too": "a look-up of two files; nothing to do with security",
}


@pytest.mark.parametrize("proxies", [(), ("10.0.0.0/8",)])
def test_gixy_finds_nothing(make_site: MakeSite, proxies: tuple[str, ...]) -> None:
    site = make_site(trusted_proxies=proxies)
    configuration = site.nginx.cwd / "conf" / "nginx.conf"

    assert gixy(configuration) == []


def gixy(configuration: Path) -> list[dict[str, str]]:
    found = subprocess.run(
        [Path(sys.executable).with_name("gixy"), "--format", "json",
         "--skips", ",".join(NOT_FOUND_WRONG), configuration],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    issues: list[dict[str, str]] = json.loads(found.stdout)
    return issues
