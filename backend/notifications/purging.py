"""Notifications that were read long ago go, and what says how they were delivered."""

from datetime import timedelta

from django.utils import timezone

from common.purging import purge

KEPT = timedelta(days=90)

# One that is being marked as unread just now is passed over.
READ = """
    WITH old AS (
        SELECT id FROM notifications_notification
        WHERE read_at < %(before)s ORDER BY read_at LIMIT %(limit)s
        FOR UPDATE SKIP LOCKED
    ), told AS (
        DELETE FROM notifications_delivery
        WHERE notification_id IN (SELECT id FROM old)
    )
    DELETE FROM notifications_notification WHERE id IN (SELECT id FROM old)
"""


def purge_read_notifications() -> int:
    """Delete what was read 90 days ago; return how many. May run twice."""
    return purge(READ, before=timezone.now() - KEPT)
