from celery import shared_task

from notifications import mail, purging
from notifications.deliveries import MAIL_JOB, waker


# A run begins no mail after 20 s; the limits are for one that hangs.
@shared_task(name=MAIL_JOB, soft_time_limit=45, time_limit=50)
def send_mail() -> None:
    waker.clear_mark()
    mail.send_waiting()


@shared_task(name="notifications.purge_read")
def purge_read() -> None:
    purging.purge_read_notifications()
