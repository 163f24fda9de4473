"""Settings, URLs and the entry points of the five programs."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
