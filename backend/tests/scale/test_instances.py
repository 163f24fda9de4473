"""Two of web and two workers: nobody notices that one of them dies."""

import time
from collections.abc import Iterator

import pytest
import requests

from common import sizes
from devstack.postgres import USER, Postgres
from devstack.stack import Stack
from tests.stack.load import Load, load
from tests.stack.people import Person, at_once, eventually
from tests.stack.test_metrics import Scrape

INSTANCES = 2
AT_ONCE = 40  # more than there are threads
SWEEP_SECONDS = 3  # after which the relay would have rung a second time
CONNECTIONS = f"""
    SELECT count(*) FROM pg_stat_activity
    WHERE usename = '{USER}' AND pid <> pg_backend_pid() AND datname = '{USER}'
"""  # noqa: S608 - a constant; the database is called as its user


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    home, spa = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("spa")
    (spa / "index.html").write_text("the app")
    limits = {f"LIMIT_{scope}": "1000000/60" for scope in ("READ", "WRITE", "AUTH")}
    with Stack(
        home, webs=INSTANCES, workers=INSTANCES, spa=spa, settings=limits
    ) as stack:
        yield stack


def kill_and_start(site: Stack, name: str, running: Load) -> None:
    site.kill(name)
    running.go_on(40)
    site.start(name)
    if name.startswith("web"):  # until nginx gives it requests again
        before = answered(site, name)
        eventually(lambda: answered(site, name) > before)


def answered(site: Stack, name: str) -> float:
    return Scrape(site, name).sum("requests_total", route="/api/tasks/")


def test_one_of_each_killed_under_load_fails_no_request_and_rings_each_bell_once(
    site: Stack,
) -> None:
    person = Person.register(site)
    with load(person, site.url, has_keys=True) as running:
        for name in ("web", "worker", "web2", "worker2"):
            kill_and_start(site, name, running)

    assert running.failed == []
    written = sorted(running.acknowledged)
    assert person.titles("/api/tasks/") == written
    eventually(lambda: len(person.titles("/api/notifications/")) >= len(written))
    time.sleep(SWEEP_SECONDS)
    assert person.titles("/api/notifications/") == written


def test_no_more_connections_are_held_than_the_start_counts_on(
    site: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("WEB", "WORKER"):
        monkeypatch.setattr(sizes, f"{program}_INSTANCES", INSTANCES)
    person = Person.register(site)
    postgres = site.services["postgres"]
    assert isinstance(postgres, Postgres)
    address = f"{site.url}/api/tasks/"
    signed = {"Authorization": f"Bearer {person.access}"}

    def read() -> int:
        return requests.get(address, headers=signed, timeout=30).status_code

    held = 0
    with person.socket():
        for _ in range(5):
            assert at_once([read] * AT_ONCE) == [200] * AT_ONCE
            Scrape(site, "web")
            ((count,),) = postgres.execute(CONNECTIONS)
            held = max(held, count)

    assert INSTANCES * sizes.WEB_PROCESSES <= held <= sum(sizes.connections().values())
