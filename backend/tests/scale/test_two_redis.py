"""One Redis for look-ups (REDIS_CACHE_URL), another for jobs."""

import contextlib
from collections.abc import Iterator

import pytest
from redis import Redis
from websockets.exceptions import WebSocketException

from devstack.log import Log
from devstack.ports import free_port
from devstack.stack import Stack
from devstack.valkey import Valkey
from tests.stack.people import Person, eventually

PREFIXES = {"limit", "marks", "realtime", "session", "waiting"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    home = tmp_path_factory.mktemp("cache")
    log = Log.to_file(home / "log")
    with Valkey(home, log, port=free_port(), password="word") as valkey:
        yield valkey
    log.close()


@pytest.fixture(scope="module")
def running_stack(
    tmp_path_factory: pytest.TempPathFactory, cache: Valkey
) -> Iterator[Stack]:
    limits = {f"LIMIT_{scope}": "1000000/60" for scope in ("READ", "WRITE", "AUTH")}
    settings = {"REDIS_CACHE_URL": cache.url, **limits}
    home = tmp_path_factory.mktemp("two-redis")
    with Stack(home, nginx=False, settings=settings) as stack:
        yield stack


@pytest.fixture(autouse=True)
def _whole(cache: Valkey) -> Iterator[None]:
    yield
    cache.thaw()
    cache.start()


def parts(stack: Stack) -> dict[str, str]:
    answer = Person.register(stack).call("GET", "/health/ready/")
    found: dict[str, str] = answer.json()["parts"]
    return found


def sign_out(person: Person) -> None:
    assert person.call("POST", "/api/auth/logout/", {"refresh": person.refresh}).ok


def prefixes(url: str) -> set[str]:
    with Redis.from_url(url, decode_responses=True) as redis:
        return {str(key).partition(":")[0] for key in redis.scan_iter()}


def rings(person: Person, titles: list[str]) -> None:
    eventually(lambda: person.titles("/api/notifications/") == sorted(titles))


def can_listen(person: Person) -> bool:
    """By every process, also where a test before has just left them without Redis."""
    errors = (KeyError, AssertionError, TimeoutError, WebSocketException)
    with contextlib.suppress(*errors):
        for _ in range(6):
            with person.socket():
                pass
        return True
    return False


def test_each_keeps_what_is_its(stack: Stack, person: Person, cache: Valkey) -> None:
    eventually(lambda: can_listen(person))
    with person.socket() as socket:
        person.create("one")
        assert socket.hear("notification")["unread"] == 1
        rings(person, ["one"])
        sign_out(person)
        there = prefixes(cache.url)

    assert {"limit", "marks", "realtime", "session"} <= there <= PREFIXES
    broker = stack.services["valkey"]
    assert isinstance(broker, Valkey)
    assert not PREFIXES & prefixes(broker.url)


@pytest.mark.parametrize("fault", ["wiped", "frozen", "full"])
def test_without_the_one_for_look_ups_everything_goes_on(
    stack: Stack, person: Person, cache: Valkey, fault: str
) -> None:
    """Full is what `noeviction` makes of it: it refuses, and forgets nothing."""
    if fault == "wiped":
        cache.kill()
        cache.wipe()
    elif fault == "frozen":
        cache.freeze()
    else:
        with Redis.from_url(cache.url) as redis:
            redis.config_set("maxmemory", 1)

    titles = [f"{fault} {n}" for n in range(10)]
    assert {person.create(title).status_code for title in titles} == {201}
    rings(person, titles)
    sign_out(person)
    assert person.call("GET", "/api/tasks/").status_code == 401
    if fault != "full":
        assert parts(stack) == {"database": "ok", "redis": "away", "broker": "ok"}
    if fault == "wiped":  # an empty one knows of no end
        cache.start()
        eventually(lambda: parts(stack)["redis"] == "ok")
        for _ in range(20):  # by every process
            assert person.call("GET", "/api/tasks/").status_code == 401
    elif fault == "full":
        cache.restart()  # with its own limit again
        eventually(lambda: person.call("GET", "/api/tasks/").status_code == 401)


@pytest.mark.parametrize("fault", ["killed", "frozen"])
def test_without_the_one_for_jobs_only_bells_wait(
    stack: Stack, person: Person, fault: str
) -> None:
    stack.kill("valkey") if fault == "killed" else stack.freeze("valkey")
    titles = [f"{fault} {n}" for n in range(10)]
    assert {person.create(title).status_code for title in titles} == {201}
    assert person.titles("/api/tasks/") == titles
    assert parts(stack) == {"database": "ok", "redis": "ok", "broker": "away"}
    stack.thaw("valkey") if fault == "frozen" else stack.start("valkey")

    rings(person, titles)
    sign_out(person)
    assert person.call("GET", "/api/tasks/").status_code == 401
