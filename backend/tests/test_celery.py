"""The worker's broker connection, with a Valkey of its own to break; its jobs."""

from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from kombu import Connection
from redis.exceptions import ConnectionError as RedisConnectionError

from devstack.log import Log
from devstack.ports import free_port
from devstack.valkey import Valkey


@pytest.mark.parametrize("answer", ["ack", "reject"])
def test_an_answer_that_redis_never_heard_does_not_use_up_the_prefetch_limit(
    tmp_path: Path, answer: str
) -> None:
    log = Log.to_file(tmp_path / "log")
    valkey = Valkey(tmp_path, log, port=free_port(), password="secret")
    valkey.start()
    try:
        with Connection(valkey.url) as connection:
            queue = connection.SimpleQueue("jobs")
            queue.put("a job")
            channel: Any = queue.channel
            channel.basic_qos(0, 1, False)
            message = queue.get(timeout=5)
            assert not channel.qos.can_consume()

            valkey.kill()
            with pytest.raises(RedisConnectionError):
                getattr(message, answer)()

            assert channel.qos.can_consume()
    finally:
        valkey.stop()
        log.close()


def test_every_job_that_is_named_is_there() -> None:
    current_app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    routed = set(settings.CELERY_TASK_ROUTES)

    assert named | routed <= set(current_app.tasks)


@pytest.mark.django_db
@pytest.mark.parametrize("job", ["send_mail", "purge", "purge_deleted"])
def test_a_job_about_accounts_may_run_when_there_is_nothing_to_do(job: str) -> None:
    current_app.loader.import_default_modules()
    current_app.tasks[f"accounts.{job}"]()
