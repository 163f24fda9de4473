from celery import shared_task

from notifications import mail
from notifications.deliveries import MAIL_JOB


# A run begins no mail after 20 s; the limits are for one that hangs.
@shared_task(name=MAIL_JOB, soft_time_limit=45, time_limit=50)
def send_mail() -> None:
    mail.send_waiting()
