from celery import shared_task

from events.relay import relay_waiting
from events.wakeup import RELAY_JOB, waker


@shared_task(name=RELAY_JOB)
def relay() -> None:
    waker.clear_mark()
    relay_waiting()
