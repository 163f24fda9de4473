"""How far behind the relay is."""

from collections.abc import Iterator

from django.db import connection
from prometheus_client import Metric

from common.scrape import database_readings, single

# By the partial index of what waits.
WAITING = """
    SELECT count(*), coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float
    FROM events_event WHERE relayed_at IS NULL
"""


def waiting_events() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        ((count, age),) = cursor.fetchall()
    yield single("events_waiting", "Events that the relay has not handed on.", count)
    yield single("events_waiting_seconds", "The age of the oldest of them.", age)


database_readings.append(waiting_events)
