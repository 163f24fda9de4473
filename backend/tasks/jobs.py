from celery import shared_task

from tasks.services import purge_expired


@shared_task(name="tasks.purge_trash")
def purge_trash() -> None:
    purge_expired()
