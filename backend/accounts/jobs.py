from celery import shared_task

from accounts.services.api_tokens import forget_old_api_tokens
from accounts.services.mail import MAIL_JOB, send_waiting, waker
from accounts.services.removal import purge_deleted_accounts
from accounts.services.sessions import purge_sessions


@shared_task(name=MAIL_JOB)
def send_mail() -> None:
    waker.clear_mark()
    send_waiting()


@shared_task(name="accounts.purge")
def purge() -> None:
    forget_old_api_tokens()
    purge_sessions()


@shared_task(name="accounts.purge_deleted")
def purge_deleted() -> None:
    purge_deleted_accounts()
