from collections.abc import Iterator

import pytest
from pytest_django import Settings

from common.tests.smtp import MailServer, mail_server


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server(settings) as server:
        yield server
