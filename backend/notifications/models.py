"""What rings, by which channels it goes out, and who wants which."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from notifications.querysets import NotificationQuerySet


class Channel(models.TextChoices):
    IN_APP = "in_app"
    EMAIL = "email"


class Notification(models.Model):
    """One line behind somebody's bell.

    Unique by (event, recipient): however often an event is relayed, it rings once.
    """

    class Kind(models.TextChoices):
        TASK_CREATED = "task_created"
        SESSION_REUSED = "session_reused"
        TEST = "test"

    # Without indexes of their own: those below begin with them.
    event = models.ForeignKey(
        "events.Event",
        on_delete=models.CASCADE,
        related_name="notifications",
        db_index=False,
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False
    )
    kind = models.CharField(max_length=40, choices=Kind)
    title = models.CharField(
        max_length=200,
        blank=True,
        help_text="The task's title as it was then, or what has happened.",
    )
    task = models.ForeignKey("tasks.Task", null=True, on_delete=models.SET_NULL)
    read_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = NotificationQuerySet.as_manager()

    class Meta:
        db_table = "notifications_notification"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient"], name="notifications_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["recipient", "-created_at", "-id"], name="notifications_newest"
            ),
            models.Index(
                fields=["recipient", "-created_at", "-id"],
                condition=Q(read_at__isnull=True),
                name="notifications_unread",
            ),
            # For the purge, which looks at everybody's.
            models.Index(
                fields=["read_at"],
                condition=Q(read_at__isnull=False),
                name="notifications_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for user {self.recipient_id}"


class Delivery(models.Model):
    """One notification on its way by one channel.

    `next_attempt_at` is when a pending one is due and when the lease of one being sent
    runs out; a settled one (sent, failed, skipped) has none.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        SKIPPED = "skipped"

    WAITING = (State.PENDING, State.SENDING)

    notification = models.ForeignKey(
        Notification,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,  # the unique one below begins with it
    )
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=7, choices=State)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    last_error = models.CharField(
        max_length=200,
        blank=True,
        db_default="",
        help_text="Why the last attempt failed, in words for the recipient.",
    )
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    is_collected = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Goes with all of the person's that are due at the same instant.",
    )
    changed_at = models.DateTimeField(
        db_default=Now(), help_text="Since when it is in this state."
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "notifications_delivery"
        verbose_name_plural = "deliveries"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "channel"], name="notifications_delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["in_app", "email"]),
                name="notifications_delivery_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["pending", "sending"], next_attempt_at__isnull=False
                )
                | Q(
                    state__in=["sent", "failed", "skipped"],
                    next_attempt_at__isnull=True,
                ),
                name="notifications_delivery_due_while_waiting",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_attempt_at", "id"],
                condition=Q(next_attempt_at__isnull=False),
                name="notifications_delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} of notification {self.notification_id}: {self.state}"


class Preference(models.Model):
    """Where somebody departs from `preferences.is_on_by_default`; no row, no wish."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=40, choices=Notification.Kind)
    channel = models.CharField(max_length=8, choices=Channel)
    is_on = models.BooleanField()

    class Meta:
        db_table = "notifications_preference"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "channel"], name="notifications_preference_once"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["in_app", "email"]),
                name="notifications_preference_channel_known",
            ),
        ]

    def __str__(self) -> str:
        state = "on" if self.is_on else "off"
        return f"{self.kind} by {self.channel} {state} for user {self.user_id}"


class DigestHour(models.Model):
    """When a person gets one collected mail; without a row, each mail goes at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True
    )
    hour = models.PositiveSmallIntegerField(help_text="0 to 23, in their time zone.")

    class Meta:
        db_table = "notifications_digest_hour"
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__lte=23), name="notifications_digest_hour_is_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hour}:00 for user {self.user_id}"
