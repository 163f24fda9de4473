"""Nothing acknowledged is lost, and people are served, whatever is killed or frozen.

Counts and outcomes decide. Times are printed beside their bars, for a person who runs
the long form, `make chaos`, on a machine left alone.
"""

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator

import pytest
import requests

from devstack.postgres import Postgres
from devstack.stack import Stack
from tests.chaos.crowd import Crowd, crowd, slowest_of_a_hundred
from tests.proofs.size import IS_LONG, size
from tests.stack.people import Person, eventually

CREATES = size(short=100, long=10_000)
KILLS = size(short=6, long=60)
WIPES = size(short=1, long=2)
AWAY_SECONDS = size(short=3, long=60)
RESTARTS = size(short=2, long=5)

KILLED = ("web", "web2", "worker", "worker2", "beat", "valkey")
DELIVERY_SECONDS = 60
SWEEP_SECONDS = 3  # after which the relay would have rung a second time
FAILURES_ALLOWED = 10  # wrong passwords for one account
BELLS = """
    SELECT count(*) FROM notifications_notification
    JOIN auth_user ON auth_user.id = recipient_id WHERE username = '{}'
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    home, spa = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("spa")
    (spa / "index.html").write_text("the app")
    limits = {f"LIMIT_{scope}": "1000000/60" for scope in ("READ", "WRITE", "AUTH")}
    with Stack(
        home,
        programs=("web", "worker", "beat"),
        webs=2,
        workers=2,
        spa=spa,
        settings=limits,
    ) as stack:
        yield stack


@pytest.fixture
def person(site: Stack) -> Person:
    return Person.register(site)


def say(text: str) -> None:
    print(f"      {text}")  # noqa: T201 - figures for a person


def make_whole(site: Stack) -> float:
    """When everything runs again."""
    for service in site.services.values():
        service.thaw()
        service.start()
    return time.monotonic()


def expect_nothing_lost(site: Stack, people: Crowd, since: float) -> None:
    """Each acknowledged task is there once, and each bell rings once, in time."""
    person = people.person
    there = person.titles("/api/tasks/")
    assert set(people.acknowledged) <= set(there)
    assert set(there) <= {*people.acknowledged, *people.undecided}
    assert len(there) == len(set(there))
    postgres = site.services["postgres"]
    assert isinstance(postgres, Postgres)
    statement = BELLS.format(person.name)
    eventually(
        lambda: postgres.execute(statement)[0][0] >= len(there), DELIVERY_SECONDS
    )
    say(
        f"{len(people.acknowledged)} acknowledged, 0 lost; all bells rang "
        f"{time.monotonic() - since:.1f} s after recovery (bar: {DELIVERY_SECONDS} s)"
    )
    time.sleep(SWEEP_SECONDS)
    assert person.titles("/api/notifications/") == there


def test_random_kills_lose_nothing_and_ring_each_bell_once(
    site: Stack, person: Person
) -> None:
    seed = random.randrange(10_000) if IS_LONG else 1
    say(f"seed {seed}")
    chance = random.Random(seed)
    names = chance.sample(KILLED, len(KILLED))  # each of them, and then any
    kills: Counter[str] = Counter()
    with crowd(person, site.url) as people:
        while kills.total() < KILLS or len(people.acknowledged) < CREATES:
            name = names.pop() if names else chance.choice(KILLED)
            kills[name] += 1
            site.kill(name)
            if name == "valkey" and kills[name] <= WIPES:
                site.wipe(name)
            time.sleep(chance.uniform(0, 1))
            site.services[name].start(wait=False)
            time.sleep(chance.uniform(0, size(short=1, long=4)))
        recovered = make_whole(site)
        people.go_on(5)

    failed = Counter(each.status for each in people.asked if not each.is_ok)
    say(f"{kills.total()} kills, {dict(kills)}; {WIPES} of Redis wiped it")
    say(f"{len(people.asked)} requests; failed, and sent again: {dict(failed)}")
    expect_nothing_lost(site, people, recovered)


def sign_in_statuses(site: Stack) -> Counter[int]:
    """Of one try more than are allowed, with a wrong password."""
    name = Person.register(site).name
    body = {"username": name, "password": "not this one"}
    return Counter(
        requests.post(
            f"{site.web_url}/api/auth/token/", json=body, timeout=30
        ).status_code
        for _ in range(FAILURES_ALLOWED + 1)
    )


@pytest.mark.parametrize("fault", ["stopped", "frozen"])
def test_without_redis_people_are_served_as_before(
    site: Stack, person: Person, fault: str
) -> None:
    with crowd(person, site.url) as people:
        began = time.monotonic()
        time.sleep(AWAY_SECONDS)
        people.go_on()
        usual = people.during(began, time.monotonic())

        away_at = time.monotonic()
        site.stop("valkey") if fault == "stopped" else site.freeze("valkey")
        signing_in = sign_in_statuses(site)
        time.sleep(max(0.0, away_at + AWAY_SECONDS - time.monotonic()))
        people.go_on()
        away = people.during(away_at, time.monotonic())
        recovered = make_whole(site)
        people.go_on()

    failed = [each for each in away if not each.is_ok]
    before, meanwhile = slowest_of_a_hundred(usual), slowest_of_a_hundred(away)
    say(f"{fault}: {len(away)} requests, {len(failed)} failed (bar: 0.1 %)")
    say(
        f"p99 {before * 1000:.0f} ms before, {meanwhile * 1000:.0f} ms meanwhile "
        f"(bar: {before * 2000 + 250:.0f} ms)"
    )
    assert len(failed) <= 0.001 * len(away)
    assert signing_in == {401: FAILURES_ALLOWED, 429: 1}
    expect_nothing_lost(site, people, recovered)


def test_postgresql_restarted_again_and_again_loses_nothing(
    site: Stack, person: Person
) -> None:
    with crowd(person, site.url) as people:
        for _ in range(RESTARTS):
            people.go_on()
            site.restart("postgres", signal.SIGQUIT)  # "immediate"
            ready = time.monotonic()
            people.go_on()
            now = time.monotonic()
            served = min(
                each.ended for each in people.asked if each.is_ok and each.ended > ready
            )
            say(f"served {served - ready:.2f} s after it was ready (bar: 2 s)")
            assert [each for each in people.during(served, now) if not each.is_ok] == []
        recovered = make_whole(site)

    failed = Counter(each.status for each in people.asked if not each.is_ok)
    say(f"{len(people.asked)} requests; failed, and sent again: {dict(failed)}")
    assert set(failed) <= {503}
    expect_nothing_lost(site, people, recovered)
