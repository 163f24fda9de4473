"""No request hides in another: nginx and gunicorn agree where each one ends.

Each probe is sent as raw bytes. It gets one answer, or none and the end of the
connection; web has seen at most that one request; and somebody else's requests, over
the connections that nginx keeps to web, get their own answers.
"""

import json
import secrets
from dataclasses import dataclass

import pytest

from tests.edge.wire import Site, split_answers

HIDDEN = "GET /api/hidden-{n}/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
LAST_CHUNK = "0\r\n\r\n"
TE = "Transfer-Encoding"


@dataclass
class Probe:
    name: str
    lines: str
    body: str = ""
    status: int = 400
    start: str = "POST /api/probe-{n}/ HTTP/1.1"
    host: str = "Host: {host}\r\n"

    def raw(self, site: Site, number: str) -> bytes:
        """With `{n}`, `{host}`, and the length of what follows, filled in."""
        hidden = HIDDEN.format(n=number)
        tail = self.body.replace("HIDDEN", hidden)
        tail = tail.replace("SIZE", f"{len(hidden):x}")
        head = f"{self.start}\r\n{self.host}{self.lines}"
        for name, value in {
            "{n}": number,
            "{host}": site.host,
            "{length}": str(len(tail)),
            "{after}": str(2 + len(hidden)),
        }.items():
            head = head.replace(name, value)
        return f"{head}\r\n{tail}".encode("latin-1")


def get(name: str, lines: str, body: str = "", status: int = 400) -> Probe:
    return Probe(name, lines, body, status, start="GET /api/probe-{n}/ HTTP/1.1")


BOTH = "0\r\n\r\nHIDDEN"
LENGTH = "Content-Length: {length}\r\n"
CHUNKED = f"{TE}: chunked\r\n"

LENGTHS = [
    Probe("CL.TE", LENGTH + CHUNKED, BOTH),
    Probe("TE.CL", CHUNKED + "Content-Length: 4\r\n", "SIZE\r\nHIDDEN\r\n0\r\n\r\n"),
    Probe(
        "two that differ",
        "Content-Length: 2\r\nContent-Length: {after}\r\n",
        "{}HIDDEN",
    ),
    Probe("two that agree", "Content-Length: 2\r\nContent-Length: 2\r\n", "{}"),
    Probe("a list", "Content-Length: 2, {after}\r\n", "{}HIDDEN"),
    Probe("negative", "Content-Length: -1\r\n", "{}"),
    Probe("with a plus", "Content-Length: +2\r\n", "{}"),
    Probe("hexadecimal", "Content-Length: 0x2\r\n", "{}"),
    Probe("with a space inside", "Content-Length: 2 2\r\n", "{}"),
    Probe("a superscript two", "Content-Length: \xb2\r\n", "{}"),
    Probe("beyond 64 bits", "Content-Length: 18446744073709551618\r\n", "{}"),
    Probe("nothing", "Content-Length: \r\n", "HIDDEN"),
    Probe("a space before the colon", "Content-Length : {length}\r\n", "HIDDEN"),
    Probe("a space after it", "Content-Length: 2 \r\n", "{}", 404),
    Probe(
        "an underscore", "Content_Length: {after}\r\nContent-Length: 2\r\n", "{}", 404
    ),
    Probe("named by Connection", "Connection: Content-Length\r\n" + LENGTH, "{}", 404),
]
ENCODINGS = [
    Probe("xchunked", f"{TE}: xchunked\r\n{LENGTH}", BOTH, 501),
    Probe("identity, then chunked", f"{TE}: identity\r\n{CHUNKED}", BOTH),
    Probe("chunked twice", f"{TE}: chunked, chunked\r\n", BOTH, 501),
    Probe("chunked, then identity", f"{TE}: chunked, identity\r\n", BOTH, 501),
    Probe("two headers", f"{CHUNKED}{TE}: cow\r\n", BOTH),
    Probe("a space before the colon", f"{TE} : chunked\r\n{LENGTH}", BOTH),
    Probe("a tab", f"{TE}:\tchunked\r\n{LENGTH}", BOTH, 501),
    Probe("a vertical tab", f"{TE}:\x0bchunked\r\n{LENGTH}", BOTH, 501),
    Probe("quoted", f'{TE}: "chunked"\r\n{LENGTH}', BOTH, 501),
    Probe("folded", f"{TE}:\r\n chunked\r\n{LENGTH}", BOTH),
    Probe("a space before the name", f" {TE}: chunked\r\n{LENGTH}", BOTH),
    Probe("after a bare LF", f"X: x\n{TE}: chunked\r\n{LENGTH}", BOTH),
    Probe("after a bare CR", f"X: x\r{TE}: chunked\r\n{LENGTH}", BOTH),
    Probe("in HTTP/1.0", CHUNKED, BOTH, start="POST /api/probe-{n}/ HTTP/1.0"),
    Probe("an underscore", f"Transfer_Encoding: chunked\r\n{LENGTH}", BOTH, 404),
    Probe("upper case", f"{TE.upper()}: CHUNKED\r\n", LAST_CHUNK, 404),
]
CHUNKS = [
    Probe("an extension", CHUNKED, '2;a="b"\r\n{}\r\n0\r\n\r\n', 404),
    Probe("an extension that ends in LF", CHUNKED, "2;\n{}\r\n0\r\n\r\nHIDDEN"),
    Probe("0x", CHUNKED, "0x2\r\n{}\r\n0\r\n\r\nHIDDEN"),
    Probe("negative", CHUNKED, "-2\r\n{}\r\n0\r\n\r\nHIDDEN"),
    Probe("beyond 64 bits", CHUNKED, "f0000000000000002\r\n{}\r\n0\r\n\r\nHIDDEN"),
    Probe("two bytes too many", CHUNKED, "2\r\n{}xx0\r\n\r\nHIDDEN"),
    Probe("bare LF", CHUNKED, "2\n{}\n0\n\nHIDDEN"),
    Probe(
        "a trailer that is a header",
        CHUNKED,
        "2\r\n{}\r\n0\r\nContent-Length: 50\r\nX-Real-IP: 192.0.2.1\r\n\r\n",
        404,
    ),
]
HEADERS = [
    get("folded", "X-A: b\r\n Content-Length: 5\r\n"),
    get("NUL in a value", "X: a\0b\r\n"),
    get("NUL in a name", "X\0: ab\r\n"),
    get("CR in a value", "X: a\rContent-Length: 5\r\n"),
    get("a space in a name", "X y: a\r\n"),
    get("no name", ": x\r\n"),
    get("too large", f"X: {'x' * 40_000}\r\n", status=431),
    get("too many", "".join(f"X-{n}: x\r\n" for n in range(90)), status=431),
    get("h2c", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n", "", 404),
    get("another Host", "Host: evil.example\r\n"),
    Probe("no Host", "", host=""),
]
BODIES = [
    get("of a GET", LENGTH, "HIDDEN", 404),
    get("of a GET, in chunks", CHUNKED, "SIZE\r\nHIDDEN\r\n0\r\n\r\n", 404),
    Probe("of a page", LENGTH, "HIDDEN", 200, start="GET / HTTP/1.1"),
    Probe("of what is missing", LENGTH, "HIDDEN", 404, start="GET /assets/x HTTP/1.1"),
    Probe("of readiness", LENGTH, "HIDDEN", 200, start="POST /health/ready/ HTTP/1.1"),
    Probe("of a socket", LENGTH, "HIDDEN", 404, start="POST /ws/ HTTP/1.1"),
    Probe("of the admin", LENGTH, "HIDDEN", 302, start="GET /admin/ HTTP/1.1"),
    Probe("expected", f"Expect: 100-continue\r\n{LENGTH}", "{}", 404),
    Probe("oddly expected", f"Expect: 200-ok\r\n{LENGTH}", "{}", 404),
    Probe("too large", "Content-Length: 70000\r\n", "HIDDEN", 413),
]
STARTS = [
    Probe("CONNECT", "", start="CONNECT /api/probe-{n}/ HTTP/1.1"),
    Probe("a space in it", "", start="GET /api/probe-{n}/ /x HTTP/1.1"),
    Probe("HTTP/2.0", "", status=505, start="GET /api/probe-{n}/ HTTP/2.0"),
    Probe("preface of HTTP/2", "", "SM\r\n\r\n", start="PRI * HTTP/2.0", host=""),
    Probe(
        "an encoded line end",
        "",
        status=404,
        start="GET /api/probe-{n}/%0d%0aHost:%20x/ HTTP/1.1",
    ),
    Probe(
        "another host in it",
        "",
        status=404,
        start="GET http://evil.example/api/probe-{n}/ HTTP/1.1",
    ),
    Probe(
        "this host in it and another in Host",
        "",
        start="GET http://localhost/api/probe-{n}/ HTTP/1.1",
        host="Host: evil.example\r\n",
    ),
]
KINDS = {
    "length": LENGTHS,
    "encoding": ENCODINGS,
    "chunk": CHUNKS,
    "header": HEADERS,
    "body": BODIES,
    "start": STARTS,
}
PROBES = [
    pytest.param(probe, id=f"{kind}: {probe.name}")
    for kind, probes in KINDS.items()
    for probe in probes
]


@pytest.fixture(scope="module")
def victim(site: Site) -> tuple[str, dict[str, str]]:
    return site.register()


def assert_undisturbed(site: Site, victim: tuple[str, dict[str, str]]) -> None:
    """More requests in a row than web has processes get the victim's own answers."""
    name, headers = victim
    for _ in range(4):
        mark = secrets.token_hex(16)
        said = {**headers, "X-Request-ID": mark}
        answer = site.ask("GET", "/api/auth/me/", headers=said)
        assert answer.status == 200
        assert answer.headers["X-Request-ID"] == mark
        assert json.loads(answer.body)["username"] == name


def requests_of(site: Site, number: str) -> list[str]:
    lines = (each["request"] for each in site.asked_of_web())
    return [line for line in lines if number in line]


@pytest.mark.parametrize("probe", PROBES)
def test_one_request_gets_one_answer(
    site: Site, victim: tuple[str, dict[str, str]], probe: Probe
) -> None:
    number, last = secrets.token_hex(6), secrets.token_hex(16)
    end = (
        f"GET /health/live/ HTTP/1.1\r\nHost: {site.host}\r\n"
        f"X-Request-ID: {last}\r\nConnection: close\r\n\r\n"
    )

    answers = split_answers(site.exchange(probe.raw(site, number) + end.encode()))

    # Where nginx reads on, the next answer is that of the next request.
    (first, *others) = [answer for answer in answers if answer.status != 100]
    assert first.status == probe.status
    assert [answer.headers["X-Request-ID"] for answer in others] in ([], [last])
    seen = requests_of(site, number)
    assert len(seen) <= 1
    assert not [line for line in seen if "hidden" in line]
    assert_undisturbed(site, victim)


def test_requests_in_a_row_are_answered_in_that_row(site: Site) -> None:
    marks = [secrets.token_hex(16) for _ in range(20)]
    request = "GET /api/tasks/ HTTP/1.1\r\nHost: {}\r\nX-Request-ID: {}\r\n\r\n"
    rows = [request.format(site.host, mark) for mark in marks]
    rows[-1] = rows[-1].replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")

    answers = split_answers(site.exchange("".join(rows).encode()))

    assert [answer.headers["X-Request-ID"] for answer in answers] == marks


def test_bare_line_feeds_reach_web_as_whole_line_ends(site: Site) -> None:
    number = secrets.token_hex(6)
    lines = f"GET /api/probe-{number}/ HTTP/1.1\nHost: {site.host}\nConnection: close"

    (answer,) = split_answers(site.exchange(f"{lines}\n\n".encode()))

    assert answer.status == 404
    assert requests_of(site, number) == [f"GET /api/probe-{number}/"]


def test_an_underscore_is_no_hyphen(site: Site) -> None:
    """WSGI cannot tell `X_Forwarded_For` from `X-Forwarded-For`: nginx drops it."""
    number = secrets.token_hex(6)
    lies = {"X_Forwarded_For": "192.0.2.1", "X_Real_IP": "192.0.2.1"}

    site.ask("GET", f"/api/probe-{number}/", headers=lies)

    (seen,) = [each for each in site.asked_of_web() if number in each["request"]]
    assert seen["ip"] == "127.0.0.1"


def test_connection_takes_no_header_of_nginx_away(site: Site) -> None:
    number = secrets.token_hex(6)
    lies = {"Connection": "close, X-Forwarded-For, X-Real-IP, X-Request-ID"}

    site.ask("GET", f"/api/probe-{number}/", headers=lies)

    (seen,) = [each for each in site.asked_of_web() if number in each["request"]]
    assert seen["ip"] == "127.0.0.1"


@pytest.mark.parametrize("path", ["/ws/", "/api/tasks/", "/health/live/"])
@pytest.mark.parametrize("protocol", ["h2c", "HTTP/2.0", "websocket, h2c", "TLS/1.0"])
def test_no_other_protocol_gets_through(site: Site, path: str, protocol: str) -> None:
    """The answer is that of a request which asked for no upgrade."""
    lines = (
        f"GET {path} HTTP/1.1\r\nHost: {site.host}\r\n"
        f"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: {protocol}\r\n"
        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"
        f"GET /health/live/ HTTP/1.1\r\nHost: {site.host}\r\nConnection: close\r\n\r\n"
    )

    answers = split_answers(site.exchange(lines.encode()))

    assert len(answers) == 2
    assert 101 not in [answer.status for answer in answers]
