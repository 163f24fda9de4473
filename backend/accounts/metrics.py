"""Mail about accounts that has not left."""

from collections.abc import Iterator

from django.db import connection
from prometheus_client import Metric

from common.scrape import database_readings, single

WAITING = """
    SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)::float
    FROM accounts_mail WHERE sent_at IS NULL
"""


def waiting_mail() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        ((count, age),) = cursor.fetchall()
    yield single("account_mail_waiting", "Mail about accounts not sent yet.", count)
    yield single("account_mail_waiting_seconds", "The age of the oldest.", age)


database_readings.append(waiting_mail)
