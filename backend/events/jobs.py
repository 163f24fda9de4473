from celery import shared_task

from events.relay import relay_waiting
from events.wakeup import RELAY_JOB


@shared_task(name=RELAY_JOB)
def relay() -> None:
    relay_waiting()
