"""The web program: Django's synchronous API under gunicorn's gthread workers."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django_application = get_wsgi_application()

from common import scrape  # noqa: E402 - once the settings are there
from common.checks import refuse_unsafe_settings  # noqa: E402 - likewise

refuse_unsafe_settings()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Prometheus names no host of ours and speaks no TLS: not for Django to refuse."""
    is_scrape = environ["PATH_INFO"] == "/metrics"
    answering = scrape.answer if is_scrape else django_application
    answer: Iterable[bytes] = answering(environ, start_response)
    return answer
