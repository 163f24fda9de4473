"""The Celery application: `celery -A config worker`, `celery -A config beat`."""

import os
from typing import Any

from billiard.process import current_process
from celery import Celery
from celery.loaders.app import AppLoader
from celery.signals import (
    beat_init,
    setup_logging,
    worker_init,
    worker_process_init,
    worker_shutdown,
)
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu.transport import redis, virtual

from common import metrics_dir

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Loader(AppLoader):
    """Of worker and beat; other programs only send jobs, and never call this."""

    def init_worker(self) -> None:
        if not self.worker_initialized:  # the children of a worker ask again
            metrics_dir.prepare()  # before what counts is loaded
            super().init_worker()
            from common.checks import refuse_unsafe_settings  # noqa: PLC0415 - apps first

            refuse_unsafe_settings()


app = Celery("task_manager", loader="config.celery:Loader")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def keep_django_logging(**kwargs: object) -> None:
    """Having a receiver stops Celery from installing its own log handlers."""


@worker_process_init.connect
def take_slot(**kwargs: object) -> None:
    # billiard gives a new child the lowest index that no living one has.
    child: Any = current_process()
    metrics_dir.take_slot(child.index)


@worker_init.connect
@beat_init.connect
def serve_metrics(**kwargs: object) -> None:
    from common import scrape  # noqa: PLC0415 - what it loads needs the settings

    scrape.listen()


@worker_shutdown.connect
def remove_metrics(**kwargs: object) -> None:
    metrics_dir.remove()


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
