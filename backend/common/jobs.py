from celery import shared_task

from common import purging


@shared_task(name="common.purge_attempts")
def purge_attempts() -> None:
    purging.purge_attempts()


@shared_task(name="common.purge_idempotency_keys")
def purge_idempotency_keys() -> None:
    purging.purge_idempotency_keys()
