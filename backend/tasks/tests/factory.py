"""Rows for tests that don't care how they came to be."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from tasks.models import Task


def make_task(user: User, **fields: Any) -> Task:
    """One task as the database keeps it; no event, so no feed and no bell."""
    now = timezone.now()
    times = {"created_at": now, "updated_at": now}
    return Task.objects.create(user=user, **{"title": "Pay rent", **times, **fields})
