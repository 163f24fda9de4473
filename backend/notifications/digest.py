"""When collected mail goes out: once a day, at the hour that a person has named.

A mail that waits for it is a delivery like any other, due at that instant. All of a
person's that are due at one instant go out together (`deliveries.claim_mail`), so there
is nothing to collect and nothing to be lost.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from notifications.models import DigestHour, Notification

# A test is to be seen now, and whoever's session was copied should not wait a day.
KINDS = (Notification.Kind.TASK_CREATED,)
SPREAD = 60 * 1_000_000  # microseconds


def digest_for(user_id: int, kind: str) -> datetime | None:
    """When mail of this kind is due for this person; None: at once. One query."""
    if kind not in KINDS:
        return None
    wishes = DigestHour.objects.filter(user=user_id)
    wish = wishes.values_list("hour", "user__time_zone").first()
    if wish is None:
        return None
    hour, zone = wish
    return due_at(user_id, next_time(timezone.now(), hour, ZoneInfo(zone)))


def next_time(now: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The first time after `now` that the clock there shows this hour.

    Once for each date: an hour that comes twice counts when it comes first, and one
    that is left out counts as the moment it would have been (PEP 495, fold=0).
    """
    today = now.astimezone(zone).date()
    dates = (today + timedelta(days=n) for n in range(3))
    times = (datetime.combine(date, time(hour), zone) for date in dates)
    return next(at for at in times if at.timestamp() > now.timestamp())


def due_at(user_id: int, at: datetime) -> datetime:
    """An instant of this person's own within the minute, by which theirs are found."""
    return at.astimezone(UTC) + timedelta(microseconds=user_id % SPREAD)
