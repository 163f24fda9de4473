from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Notification(models.Model):
    """One line behind somebody's bell.

    Unique by (event, recipient): however often an event is relayed, it rings once.
    """

    class Kind(models.TextChoices):
        TASK_CREATED = "task_created"
        SESSION_REUSED = "session_reused"

    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="notifications"
    )
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=40, choices=Kind)
    title = models.CharField(
        max_length=200, blank=True, help_text="The task's title as it was then."
    )
    task = models.ForeignKey("tasks.Task", null=True, on_delete=models.SET_NULL)
    read_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

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
                condition=models.Q(read_at__isnull=True),
                name="notifications_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for user {self.recipient_id}"
