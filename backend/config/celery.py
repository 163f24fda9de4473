"""The Celery application: `celery -A config worker`, `celery -A config beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu.transport import redis, virtual

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("task_manager")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def keep_django_logging(**kwargs: object) -> None:
    """Having a receiver stops Celery from installing its own log handlers."""


class HonestQoS(redis.QoS):
    """Counts a job as done even when Redis could not be told.

    kombu 5.7 leaves such a job counted as running, so that as many lost
    acknowledgements as the prefetch limit (a Redis restart is enough) leave the worker
    alive and deaf for good: it neither takes jobs nor notices the lost connection.
    Redis hands the unacknowledged message out again, and our jobs may run twice.
    """

    @property
    def lost(self) -> tuple[type[Exception], ...]:
        channel: Any = self.channel
        return tuple(channel.connection_errors)

    def ack(self, delivery_tag: str) -> None:
        try:
            super().ack(delivery_tag)
        except self.lost:
            virtual.QoS.ack(self, delivery_tag)
            raise

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        try:
            super().reject(delivery_tag, requeue=requeue)
        except self.lost:
            virtual.QoS.ack(self, delivery_tag)
            raise


redis.Channel.QoS = HonestQoS
