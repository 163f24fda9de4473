"""What is counted, and what is told of the site."""

import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from prometheus_client import REGISTRY, Metric, generate_latest

from common import scrape
from common.metrics import route_of


def patterns(prefix: str, each: URLPattern | URLResolver) -> Iterator[str]:
    here = prefix + str(each.pattern)
    if isinstance(each, URLPattern):
        yield here
    else:
        for inner in each.url_patterns:
            yield from patterns(here, inner)


def test_every_route_reads_like_an_address() -> None:
    found = [
        route for each in get_resolver().url_patterns for route in patterns("", each)
    ]
    routes = {route_of(pattern) for pattern in found}

    assert {"/api/tasks/", "/api/tasks/{pk}/", "/health/live/"} <= routes
    for route in routes:
        assert re.fullmatch(r"(/[\w.-]*|/\{\w+\})+", route), route


def count(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"taskmanager_{name}", labels) or 0.0


@pytest.mark.parametrize(
    ("method", "path", "labels"),
    [
        ("GET", "/health/live/", ("/health/live/", "GET", "200")),
        ("GET", "/api/no/such/", ("none", "GET", "404")),
        ("GET", "/api/tasks/?status=done", ("/api/tasks/", "GET", "401")),
        ("BREW", "/api/tasks/7/", ("/api/tasks/{pk}/", "other", "401")),
    ],
)
def test_a_request_counts_by_route_method_and_status(
    client: Client, method: str, path: str, labels: tuple[str, str, str]
) -> None:
    route, by, status = labels
    before = count("requests_total", route=route, method=by, status=status)
    timed = count("request_seconds_count", route=route, method=by)

    client.generic(method, path)

    assert count("requests_total", route=route, method=by, status=status) == before + 1
    assert count("request_seconds_count", route=route, method=by) == timed + 1


@pytest.mark.django_db(transaction=True)
def test_a_reading_that_fails_takes_no_other_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slow() -> Iterator[Metric]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")
        yield scrape.single("never", "Said by nobody.", 1)

    monkeypatch.setattr(scrape, "STATEMENT_MS", 50)
    monkeypatch.setattr(scrape, "PATIENCE_SECONDS", 30)
    monkeypatch.setattr(scrape, "database_readings", [slow, *scrape.database_readings])

    text = generate_latest(scrape.site).decode()

    assert 'taskmanager_part_up{part="database"} 1.0' in text
    assert "taskmanager_events_waiting 0.0" in text
    assert "taskmanager_never" not in text


# --- The certificate ------------------------------------------------------------------


def openssl(*arguments: str) -> str:
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    return subprocess.run(
        ["openssl", *arguments], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(params=["2", "36500"])  # from 2050 on, years have four digits in it
def shown(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[str, float]]:
    """Where a certificate is shown, and when it ends by OpenSSL's word."""
    key, file = str(tmp_path / "tls.key"), str(tmp_path / "tls.crt")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl("req", "-x509", *curve, "-subj", "/CN=x", "-days", request.param,
            "-keyout", key, "-out", file)  # fmt: skip
    end = openssl("x509", "-enddate", "-noout", "-in", file).strip()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(
            target=shake_hands, args=[server, context], daemon=True
        ).start()
        address = f"127.0.0.1:{server.getsockname()[1]}"
        yield address, ssl.cert_time_to_seconds(end.removeprefix("notAfter="))


def shake_hands(server: socket.socket, context: ssl.SSLContext) -> None:
    link, _ = server.accept()
    with context.wrap_socket(link, server_side=True) as encrypted:
        encrypted.recv(1)


def test_the_end_of_the_certificate_is_told_without_asking_again(
    shown: tuple[str, float], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TLS_CHECK, end = shown
    monkeypatch.setattr(scrape, "_certificate", scrape.NEVER)

    told = [[each.samples[0].value for each in scrape.read_certificate()] for _ in "12"]

    assert told == [[end], [end]]  # nobody accepts a second time


@pytest.mark.django_db(transaction=True)
def test_a_server_that_shows_no_certificate_is_away(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TLS_CHECK = "127.0.0.1:1"
    monkeypatch.setattr(scrape, "_certificate", scrape.NEVER)

    text = generate_latest(scrape.site).decode()

    assert 'taskmanager_part_up{part="certificate"} 0.0' in text
    assert "taskmanager_certificate_end_seconds" not in text
