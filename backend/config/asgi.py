"""The realtime program: holds WebSockets and answers its own health check."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Persistent connections starve an event loop's thread pool under load.
os.environ["CONN_MAX_AGE"] = "0"

import django

django.setup()

from realtime.app import application  # noqa: E402

__all__ = ["application"]
