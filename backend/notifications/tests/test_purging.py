"""What was read long ago goes; what was not stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from common import purging
from events.models import Event
from events.relay import relay_waiting
from notifications.jobs import purge_read
from notifications.models import Delivery, Notification
from notifications.purging import purge_read_notifications

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(api: APIClient) -> list[Notification]:
    for title in "abcde":
        api.post("/api/tasks/", {"title": title})
    relay_waiting()
    return list(Notification.objects.order_by("pk"))


def read_days_ago(days: float, *notifications: Notification) -> None:
    ids = [notification.pk for notification in notifications]
    read_at = timezone.now() - timedelta(days=days)
    Notification.objects.filter(pk__in=ids).update(read_at=read_at)


def test_what_was_read_90_days_ago_goes_with_its_deliveries(
    rung: list[Notification],
) -> None:
    old, recent, *unread = rung
    read_days_ago(90.01, old)
    read_days_ago(89.99, recent)
    Notification.objects.filter(pk=unread[0].pk).update(
        created_at=timezone.now() - timedelta(days=1_000)
    )

    assert purge_read_notifications() == 1

    left = set(Notification.objects.values_list("pk", flat=True))
    assert left == {each.pk for each in (recent, *unread)}
    assert set(Delivery.objects.values_list("notification_id", flat=True)) == left
    assert Event.objects.filter(verb="task_created").count() == 5


def test_it_goes_in_batches_and_may_run_again(
    rung: list[Notification], monkeypatch: Any
) -> None:
    read_days_ago(91, *rung)
    monkeypatch.setattr(purging, "BATCH_SIZE", 2)
    monkeypatch.setattr(purging, "MAX_BATCHES", 2)

    assert [purge_read_notifications() for _ in range(3)] == [4, 1, 0]


def test_the_job_purges(rung: list[Notification]) -> None:
    read_days_ago(91, *rung)

    purge_read()

    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()
