"""What containers run at their start: secrets, health checks, nginx's entrypoint."""

import contextlib
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from container import health, secrets
from devstack import binaries, ports
from devstack.paths import ROOT
from devstack.tests.test_nginx import (
    Answer,
    Upstream,
    UpstreamServer,
    gixy,
    make_spa,
    read,
)
from devstack.tests.test_service import eventually
from tests.security_headers import assert_secure

# --- Secrets --------------------------------------------------------------------------


@pytest.fixture
def volumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("app", "db", "redis", "grafana", "given"):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(secrets, name.upper(), tmp_path / name)
    monkeypatch.delenv("SET_AS_VARIABLES", raising=False)
    return tmp_path


def contents(volumes: Path) -> dict[str, str]:
    files = (path for path in volumes.rglob("*") if path.is_file())
    return {str(path.relative_to(volumes)): path.read_text() for path in files}


def test_the_first_start_makes_every_secret_and_the_second_changes_none(
    volumes: Path,
) -> None:
    secrets.main()
    first = contents(volumes)
    secrets.main()

    assert contents(volumes) == first
    assert first["db/password"] in first["app/database_url"]
    assert len(first["grafana/admin_password"]) > 50
    password = first["redis/auth.conf"].removeprefix("requirepass ")
    assert first["app/redis_url"] == f"redis://:{password}@redis:6379/0"
    keys = {first["app/secret_key"], first["app/jwt_signing_key"]}
    assert len(keys) == 2
    assert all(len(key) > 50 for key in keys)


def test_a_secret_of_ones_own_is_used(volumes: Path) -> None:
    secrets.main()
    made = contents(volumes)
    (volumes / "given" / "jwt_signing_key").write_text("brought along\n")
    (volumes / "given" / "database_url").write_text("postgres://elsewhere/tasks")
    (volumes / "given" / "redis_url").write_text("")

    secrets.main()

    now = contents(volumes)
    assert now["app/jwt_signing_key"] == "brought along"
    assert now["app/database_url"] == "postgres://elsewhere/tasks"
    assert now["app/secret_key"] == made["app/secret_key"]
    assert now["app/redis_url"] == made["app/redis_url"]
    (volumes / "given" / "database_url").unlink()
    secrets.main()
    assert contents(volumes)["app/database_url"] == made["app/database_url"]


def test_a_secret_in_a_variable_is_refused_before_anything_is_written(
    volumes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SET_AS_VARIABLES", "  EMAIL_URL SECRET_KEY ")

    with pytest.raises(SystemExit, match=r"deploy/secrets/email_url, .*/secret_key"):
        secrets.main()

    assert contents(volumes) == {}


# --- Compose ------------------------------------------------------------------------

# What `make run` alone has, and what no container may be told.
NOT_FOR_CONTAINERS = {"DEBUG", "DEVSTACK_DIR", "STATIC_ROOT"}


def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return content


def test_every_setting_of_the_example_reaches_a_container() -> None:
    example = (ROOT / ".env.example").read_text()
    settings = set(re.findall(r"^#?([A-Z][A-Z_]+)=", example, re.MULTILINE))
    texts = [ROOT / "docker-compose.yml", ROOT / "deploy" / "compose.tls.yml"]
    interpolated = {
        name
        for text in texts
        for name in re.findall(r"\$\{([A-Z_]+)", text.read_text())
    }
    handed_on = {
        name
        for service in compose()["services"].values()
        for name, value in service.get("environment", {}).items()
        if value is None
    }

    missing = settings - interpolated - handed_on - NOT_FOR_CONTAINERS

    assert missing == {"COMPOSE_FILE"}  # which compose itself reads


def test_no_container_is_given_a_secret_in_a_variable() -> None:
    """Of one that is set, its name alone, to be refused."""
    services = compose()["services"]
    backend = services["web"]["environment"]
    secret = {name.removesuffix("_FILE") for name in backend if name.endswith("_FILE")}
    assert "SECRET_KEY" in secret

    for name, service in services.items():
        assert not secret & set(service.get("environment", {})), name
    said = services["secrets"]["environment"]["SET_AS_VARIABLES"].split()
    assert set(said) == {f"${{{name}:+{name}}}" for name in secret}


@pytest.mark.parametrize("name", sorted(compose()["services"]))
def test_every_container_is_hardened(name: str) -> None:
    service = compose()["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")
    is_one_shot = service["restart"] == "no"
    assert is_one_shot or {"healthcheck", "mem_limit", "pids_limit"} <= set(service)
    ports = service.get("ports", [])
    assert name == "nginx" or all(each.startswith("127.0.0.1:") for each in ports)


def test_each_image_is_built_by_one_service() -> None:
    """Builds for each of several would differ, and each `up` start them all anew."""
    services = compose()["services"].values()
    built = [each["image"] for each in services if "build" in each]
    borrowers = [each for each in services if "build" not in each]

    assert len({*built}) == len(built)
    borrowed = [each for each in borrowers if each["image"] in built]
    assert borrowed
    assert all(each.get("pull_policy") == "never" for each in borrowed)


# --- Health ---------------------------------------------------------------------------

SOCKETS = """\
  sl  local_address rem_address   st tx_queue rx_queue
   0: 0100007F:8124 020011AC:{port} {state} 00000000:00000000
"""


@pytest.mark.parametrize(
    ("port", "state", "is_healthy"),
    [("18EB", "01", True), ("18EB", "02", False), ("1538", "01", False)],
)
def test_a_worker_is_healthy_while_connected_to_its_broker(
    port: str, state: str, is_healthy: bool
) -> None:
    sockets = SOCKETS.format(port=port, state=state)

    answer = health.is_connected_to_broker("redis://:word@redis:6379/0", sockets)

    assert answer is is_healthy


def test_nothing_answers_on_a_free_port() -> None:
    assert not health.is_answering(ports.free_port(), "/")


# --- nginx's entrypoint with TLS -------------------------------------------------


def make_certificate(directory: Path) -> dict[str, str]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    certificate, key = directory / "tls.crt", directory / "tls.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return {"NGINX_CERTIFICATE": str(certificate), "NGINX_CERTIFICATE_KEY": str(key)}


@contextlib.contextmanager
def start_entrypoint(
    environment: dict[str, str], *arguments: str
) -> "Iterator[subprocess.Popen[str]]":
    """nginx as its container starts it, until the end of the block at the latest."""
    nginx = Path(binaries.nginx()).parent
    process = subprocess.Popen(
        ["sh", str(ROOT / "nginx" / "entrypoint.sh"), *arguments],
        env={
            "PATH": f"{nginx}:{os.environ['PATH']}",
            "NGINX_TEMPLATES": str(ROOT / "nginx" / "templates"),
            "NGINX_WEB": f"127.0.0.1:{ports.free_port()}",
            "NGINX_REALTIME": f"127.0.0.1:{ports.free_port()}",
            "NGINX_WORKERS": "1",
            "NGINX_USER": "user root;" if os.geteuid() == 0 else "",
            **environment,
        },
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.fixture
def tls_site(tmp_path: Path) -> Iterator[tuple[int, int, Path]]:
    """The ports of HTTP and HTTPS, and the certificate to trust."""
    http = ports.free_port()
    https = ports.free_port(taken={http})
    certificate = make_certificate(tmp_path)
    environment = {
        "NGINX_TLS": "on",
        "SITE_URL": f"https://localhost:{https}/",
        "NGINX_HTTP_PORT": str(http),
        "NGINX_HTTPS_PORT": str(https),
        "NGINX_RUN_DIR": str(tmp_path / "run"),
        "NGINX_SPA_DIR": str(make_spa(tmp_path / "spa")),
        "TRUSTED_PROXIES": "10.0.0.0/8, 192.0.2.1",
        **certificate,
    }
    with start_entrypoint(environment) as process:
        eventually(lambda: ports.is_open(https) or process.poll() is not None)
        yield http, https, Path(certificate["NGINX_CERTIFICATE"])


def test_plain_http_is_sent_to_https_which_sends_hsts(
    tls_site: tuple[int, int, Path],
) -> None:
    http, https, certificate = tls_site
    plain = HTTPConnection("127.0.0.1", http)
    plain.request("GET", "/tasks?status=pending")
    answer = read(plain)
    assert answer.status == 308
    there = f"https://localhost:{https}/tasks?status=pending"
    assert answer.headers["Location"] == there
    assert_secure(answer.headers)

    trust = ssl.create_default_context(cafile=certificate)
    secure = HTTPSConnection("localhost", https, context=trust)
    secure.request("GET", "/index.html")
    answer = read(secure)
    assert b"The SPA" in answer.body
    assert_secure(answer.headers, is_https=True)


def test_plain_http_to_the_tls_port_is_sent_to_https(
    tls_site: tuple[int, int, Path],
) -> None:
    _, https, _ = tls_site
    plain = HTTPConnection("127.0.0.1", https)
    plain.request("GET", "/tasks?status=pending")
    answer = read(plain)

    assert answer.status == 308
    there = f"https://localhost:{https}/tasks?status=pending"
    assert answer.headers["Location"] == there
    assert_secure(answer.headers)


@pytest.mark.parametrize("is_tls_port", [False, True])
@pytest.mark.parametrize("path", ["/api/tasks/", "/ws/"])
def test_a_call_over_plain_http_is_refused_and_not_redirected(
    tls_site: tuple[int, int, Path], path: str, is_tls_port: bool
) -> None:
    """So that a wrong address is noticed before tokens pass in plain for years."""
    http, https, _ = tls_site
    plain = HTTPConnection("127.0.0.1", https if is_tls_port else http)
    plain.request("POST", path, body=b"{}")
    answer = read(plain)

    assert answer.status == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.body)["code"] == "bad_request"
    assert "Location" not in answer.headers
    assert_secure(answer.headers)


def test_the_redirect_leads_to_the_site_whatever_host_was_asked(
    tls_site: tuple[int, int, Path],
) -> None:
    http, https, _ = tls_site
    plain = HTTPConnection("127.0.0.1", http)
    plain.request("GET", "//evil.example/", headers={"Host": "evil.example"})

    location = read(plain).headers["Location"]

    assert location == f"https://localhost:{https}//evil.example/"


def handshake(site: tuple[int, int, Path], context: ssl.SSLContext) -> str | None:
    with (
        socket.create_connection(("127.0.0.1", site[1])) as link,
        context.wrap_socket(link, server_hostname="localhost") as secure,
    ):
        return secure.version()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_new_tls_is_spoken(
    tls_site: tuple[int, int, Path], version: ssl.TLSVersion
) -> None:
    context = ssl.create_default_context(cafile=tls_site[2])
    context.minimum_version = context.maximum_version = version

    assert handshake(tls_site, context) == version.name.replace("_", ".")


@pytest.mark.parametrize(
    "ciphers",
    [
        "ECDHE-ECDSA-AES256-SHA",  # CBC, with SHA-1
        "ECDHE-ECDSA-AES128-SHA256",  # CBC
    ],
)
def test_a_weak_cipher_is_refused(
    tls_site: tuple[int, int, Path], ciphers: str
) -> None:
    context = ssl.create_default_context(cafile=tls_site[2])
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")

    with pytest.raises(ssl.SSLError):
        handshake(tls_site, context)


def test_gixy_finds_nothing_with_tls(
    tls_site: tuple[int, int, Path], tmp_path: Path
) -> None:
    assert gixy(tmp_path / "run" / "conf" / "nginx.conf") == []


def test_old_tls_is_refused(tls_site: tuple[int, int, Path]) -> None:
    _, https, certificate = tls_site
    context = ssl.create_default_context(cafile=certificate)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1

    with (
        socket.create_connection(("127.0.0.1", https)) as link,
        pytest.raises(ssl.SSLError),
    ):
        context.wrap_socket(link, server_hostname="localhost")


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"NGINX_TLS": "yes"}, "NGINX_TLS is 'yes'; it must be on or off"),
        ({"NGINX_TLS": "on"}, "tls.crt cannot be read"),
        ({"TRUSTED_PROXIES": "0.0.0.0/0"}, "TRUSTED_PROXIES trusts everybody"),
        ({"TRUSTED_PROXIES": "10.0.0.1,::/0, 10.0.0.2"}, "trusts everybody"),
    ],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, environment: dict[str, str], complaint: str
) -> None:
    with start_entrypoint({"NGINX_RUN_DIR": str(tmp_path), **environment}) as process:
        _, said = process.communicate(timeout=10)

    assert process.returncode == 1
    assert complaint in said


# --- nginx's entrypoint with two upstreams, one of which dies -------------------------


@dataclass
class Deaf:
    """A server that takes one request and hangs up, as a killed process does."""

    listener: socket.socket
    seconds: float = 0  # that it takes its time before
    heard: list[bytes] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def serve(self) -> None:
        link, _ = self.listener.accept()
        with link:
            self.heard.append(link.recv(65536))
            time.sleep(self.seconds)


@pytest.fixture
def upstream() -> Iterator[ThreadingHTTPServer]:
    with UpstreamServer(("127.0.0.1", 0), Upstream) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


@pytest.fixture
def deaf() -> Iterator[Deaf]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Deaf(listener)
        thread = threading.Thread(target=server.serve, daemon=True)
        thread.start()
        yield server
    thread.join(5)


KEY = {"Idempotency-Key": "once"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "seconds", "status"),
    [
        ("GET", "/api/tasks/", {}, 0, 200),
        ("GET", "/api/tasks/", {}, 6, 200),
        ("POST", "/api/tasks/?a=b", KEY, 0, 200),
        ("POST", "/api/tasks/", {}, 0, 502),
        ("POST", "/api/tasks/", {"Idempotency-Key": ""}, 0, 502),
        ("PATCH", "/api/tasks/1/", KEY, 0, 502),
        ("POST", "/api/auth/token/refresh/", KEY, 0, 502),
    ],
)
def test_what_a_dying_web_has_begun_is_resent_where_it_happens_once(
    tmp_path: Path,
    deaf: Deaf,
    upstream: ThreadingHTTPServer,
    *,
    method: str,
    path: str,
    headers: dict[str, str],
    seconds: float,
    status: int,
) -> None:
    deaf.seconds = seconds
    http = ports.free_port()
    environment = {
        "NGINX_WEB": f"127.0.0.1:{deaf.port} 127.0.0.1:{upstream.server_port}",
        "NGINX_HTTP_PORT": str(http),
        "NGINX_RUN_DIR": str(tmp_path / "run"),
        "NGINX_SPA_DIR": str(make_spa(tmp_path / "spa")),
    }
    with start_entrypoint(environment) as process:
        eventually(lambda: ports.is_open(http) or process.poll() is not None)
        connection = HTTPConnection("127.0.0.1", http)
        body = None if method == "GET" else b'{"title": "Once"}'
        connection.request(method, path, body=body, headers=headers)
        answer = read(connection)
    assert deaf.heard[0].startswith(f"{method} {path} HTTP/1.1".encode())
    assert answer.status == status, answer.body
    seen = answer.json()
    assert seen.get("path") == (path if status == 200 else None)
    assert seen.get("code") == (None if status == 200 else "service_unavailable")


class Forgetful(Upstream):
    """Hangs up on its first request, as a web does of which one process is killed."""

    def do_GET(self) -> None:  # noqa: N802 - http.server's names
        if hasattr(self.server, "ready_status"):
            super().do_GET()
        self.server.ready_status = 200  # type: ignore[attr-defined]
        self.close_connection = True

    do_POST = do_GET  # noqa: N815 - http.server's names


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [("GET", {}, 200), ("POST", KEY, 200), ("POST", {}, 502)],
)
def test_the_only_web_is_asked_once_more_what_happens_once(
    tmp_path: Path,
    upstream: ThreadingHTTPServer,
    *,
    method: str,
    headers: dict[str, str],
    status: int,
) -> None:
    upstream.RequestHandlerClass = Forgetful
    http = ports.free_port()
    environment = {
        "NGINX_WEB": f"127.0.0.1:{upstream.server_port}",
        "NGINX_HTTP_PORT": str(http),
        "NGINX_RUN_DIR": str(tmp_path / "run"),
        "NGINX_SPA_DIR": str(make_spa(tmp_path / "spa")),
    }
    with start_entrypoint(environment) as process:
        eventually(lambda: ports.is_open(http) or process.poll() is not None)
        connection = HTTPConnection("127.0.0.1", http)
        body = None if method == "GET" else b'{"title": "Once"}'
        connection.request(method, "/api/tasks/", body=body, headers=headers)
        answer = read(connection)
        process.terminate()
        process.communicate()
    assert answer.status == status, answer.body
    code = None if status == 200 else "service_unavailable"
    assert answer.json().get("code") == code


@pytest.mark.parametrize(("method", "headers"), [("GET", {}), ("POST", KEY)])
def test_where_no_web_answers_a_problem_says_so(
    tmp_path: Path, method: str, headers: dict[str, str]
) -> None:
    http = ports.free_port()
    environment = {
        "NGINX_HTTP_PORT": str(http),
        "NGINX_RUN_DIR": str(tmp_path / "run"),
        "NGINX_SPA_DIR": str(make_spa(tmp_path / "spa")),
    }
    with start_entrypoint(environment) as process:
        eventually(lambda: ports.is_open(http) or process.poll() is not None)
        connection = HTTPConnection("127.0.0.1", http)
        connection.request(method, "/api/tasks/", body=b"{}", headers=headers)
        answer = read(connection)
        process.terminate()
        process.communicate()
    assert answer.status == 502
    assert answer.json()["code"] == "service_unavailable"
    assert_secure(answer.headers)
    assert answer.headers["Retry-After"] == "1"


def asked_again(connection: HTTPConnection) -> Answer:
    """On the same connection, if it is still there."""
    connection.request("GET", "/")
    answer = connection.getresponse()
    return Answer(answer.status, answer.headers, answer.read())


def test_a_reload_takes_up_what_is_valid_and_nothing_else(
    tmp_path: Path, upstream: ThreadingHTTPServer
) -> None:
    http = ports.free_port()
    environment = {
        "NGINX_HTTP_PORT": str(http),
        "NGINX_RUN_DIR": str(tmp_path / "run"),
        "NGINX_SPA_DIR": str(make_spa(tmp_path / "spa")),
    }
    next_spa = make_spa(tmp_path / "next")
    (next_spa / "index.html").write_text("The next SPA")

    def page() -> bytes:
        connection = HTTPConnection("127.0.0.1", http)
        connection.request("GET", "/")
        return read(connection).body

    with start_entrypoint(environment) as process:
        eventually(lambda: ports.is_open(http) or process.poll() is not None)
        kept = HTTPConnection("127.0.0.1", http)
        assert b"The SPA" in asked_again(kept).body
        changed = {**environment, "NGINX_SPA_DIR": str(next_spa)}
        with start_entrypoint({**changed, "NGINX_WEB": "a:b:c"}, "reload") as refused:
            assert refused.wait(20) != 0
        assert b"The SPA" in page()
        with start_entrypoint(changed, "reload") as accepted:
            assert accepted.wait(20) == 0
        eventually(lambda: page() == b"The next SPA")
        # The old worker answers on a connection to it, until the client knows its end.
        eventually(lambda: asked_again(kept).headers["Connection"] == "close")
