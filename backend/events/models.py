"""The event log: audit trail, history, outbox and change feed in one table."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Stream(models.Model):
    """One owner's facts of one kind; its row is lock and counter at once.

    Whoever appends holds this row until commit, so within a stream revisions have no
    gaps and become visible in order: who has seen 41 can never miss 40.
    """

    class Kind(models.TextChoices):
        TASKS = "tasks"
        ACCOUNT = "account"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=7, choices=Kind)
    revision = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "events_stream"
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind"], name="events_stream_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of user {self.owner_id} at {self.revision}"


class Event(models.Model):
    """Who did what to which row, as {field: [old, new]}; never changed afterwards.

    Two exceptions: the relay's columns (`relayed_at` is set once every subscriber has
    had the event, `relay_at` is when the relay may next try), and `changes`, which is
    blanked when the row they are about is deleted for good.
    """

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="events")
    revision = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject_id = models.BigIntegerField(null=True, help_text="The task's id, if one.")
    version = models.IntegerField(null=True, help_text="Its version afterwards.")
    changes = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True, default="")
    occurred_at = models.DateTimeField(db_default=Now())
    relayed_at = models.DateTimeField(null=True)
    relay_at = models.DateTimeField(db_default=Now())
    relay_attempts = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "events_event"
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "revision"], name="events_event_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["relay_at", "id"],
                condition=models.Q(relayed_at__isnull=True),
                name="events_event_waiting",
            ),
            models.Index(
                fields=["stream", "subject_id", "-revision"],
                name="events_event_history",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} ({self.stream_id}/{self.revision})"
