"""The realtime program: holds WebSockets and answers its own health check."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Persistent connections starve an event loop's thread pool under load.
os.environ["CONN_MAX_AGE"] = "0"

import django

django.setup()

from common.checks import refuse_unsafe_settings  # noqa: E402 - apps first
from realtime.app import application  # noqa: E402 - likewise

refuse_unsafe_settings()

__all__ = ["application"]
