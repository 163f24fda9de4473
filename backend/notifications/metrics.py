"""Deliveries: what waits, from the database; what was settled, counted as it is."""

from collections.abc import Iterator
from itertools import product

from django.db import connection
from prometheus_client import Counter, Metric
from prometheus_client.core import GaugeMetricFamily

from common.scrape import database_readings, single
from notifications.models import Channel, Delivery

DELIVERIES = Counter(
    "taskmanager_deliveries", "Deliveries settled.", ["channel", "state"]
)
# By the partial index of what is due.
WAITING = """
    SELECT channel, state, count(*), count(*) FILTER (WHERE attempts > 0),
        coalesce(extract(epoch FROM now() - min(next_attempt_at)), 0)::float
    FROM notifications_delivery WHERE next_attempt_at IS NOT NULL GROUP BY 1, 2
"""


def waiting_deliveries() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        rows = {(channel, state): rest for channel, state, *rest in cursor.fetchall()}
    waiting = GaugeMetricFamily(
        "taskmanager_deliveries_waiting",
        "Deliveries not settled yet.",
        labels=["channel", "state"],
    )
    for channel, state in product(Channel.values, Delivery.WAITING):
        waiting.add_metric([channel, state], rows.get((channel, state), [0])[0])
    yield waiting
    retried = sum(again for _, again, _ in rows.values())
    yield single("deliveries_retrying", "Of them, what has failed before.", retried)
    late = max([0.0, *(seconds for *_, seconds in rows.values())])
    yield single("deliveries_overdue_seconds", "Since when the first is due.", late)


database_readings.append(waiting_deliveries)
