from collections.abc import Iterator

import pytest
from pytest_django import Settings

from notifications.tests.smtp import MailServer


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server, which the site sends its mail to."""
    with MailServer() as mail_server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = mail_server.port
        settings.EMAIL_TIMEOUT = 1
        yield mail_server
