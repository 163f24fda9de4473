"""How near a replica must be, and how long somebody who has written reads elsewhere.

The bounds are an hour here, so that no pause of the machine decides.
"""

import threading
import time

import pytest
from pytest_django import Settings

from common import replica
from common.limits import writer_key
from common.redis import client
from common.replica_watch import NEVER, Watch
from common.tests.redis_away import redis_away

HOUR = 3600.0
NOBODY = -1  # no user has this id


@pytest.fixture
def watch(settings: Settings) -> Watch:
    """One that learns of nothing but what a test says."""
    settings.REPLICA_MAX_LAG_SECONDS = HOUR
    settings.REPLICA_MARK_SECONDS = 2 * HOUR
    watch = Watch()
    watch.thread = threading.current_thread()
    return watch


@pytest.mark.parametrize(
    ("behind", "kept_marks", "is_fresh"),
    [
        (0, 3 * HOUR, True),
        (0.9 * HOUR, 3 * HOUR, True),
        (1.1 * HOUR, 3 * HOUR, False),
        (-NEVER, 3 * HOUR, False),
        (0, 2.1 * HOUR, True),
        (0, 1.9 * HOUR, False),
        (0, -NEVER, True),
    ],
)
def test_it_is_read_while_it_is_near_and_every_mark_is_known(
    watch: Watch, behind: float, kept_marks: float, is_fresh: bool
) -> None:
    now = time.monotonic()
    watch.as_of, watch.marks_from = now - behind, now - kept_marks

    assert watch.is_fresh() is is_fresh


def test_a_lost_one_is_left_alone(watch: Watch) -> None:
    watch.as_of, watch.marks_from = time.monotonic(), NEVER
    watch.lose(TimeoutError())

    assert not watch.is_fresh()


def test_a_mark_outlasts_what_the_replica_may_lack(
    settings: Settings, watch: Watch
) -> None:
    settings.DATABASE_REPLICA_URL = "postgres://replica/tasks"
    key = writer_key(NOBODY)
    try:
        replica.mark_writer(NOBODY)
        left_ms = client().pttl(key)
    finally:
        client().delete(key)

    assert HOUR * 1000 < left_ms <= settings.REPLICA_MARK_SECONDS * 1000


def test_a_mark_that_could_not_be_kept_keeps_everybody_away(
    settings: Settings, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATABASE_REPLICA_URL = "postgres://replica/tasks"
    monkeypatch.setattr(replica, "watch", watch)
    watch.as_of, watch.marks_from = time.monotonic(), NEVER
    assert watch.is_fresh()

    with redis_away():
        replica.mark_writer(NOBODY)

    assert not watch.is_fresh()
