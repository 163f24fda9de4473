from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length, Lower, Now, Trim, Upper
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThanOrEqual

from tasks import sorting
from tasks.querysets import TaskQuerySet

MAX_TITLE_LENGTH = 200
MAX_DESCRIPTION_LENGTH = 20_000
MAX_LABELS = 20
MAX_LABEL_LENGTH = 40
MAX_FILTER_NAME_LENGTH = 60
MAX_FILTER_QUERY_LENGTH = 1_000
# What str.strip() takes off.
WHITE_SPACE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def alive_index(name: str, *keys: Any) -> models.Index:
    """For pages of one list of living tasks, sorted by `keys`, then by id."""
    return models.Index(*keys, name=name, condition=Q(deleted_at__isnull=True))


def tally_owner() -> Any:
    """Deleting a user deletes the tasks, and with the last of them their tallies."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,  # each tally has an index that begins with it
    )


class Task(models.Model):
    """One thing to do. The database holds every rule the API states."""

    class Priority(models.TextChoices):
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"

    class Status(models.TextChoices):
        PENDING = "pending"
        IN_PROGRESS = "in_progress"
        COMPLETED = "completed"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    title = models.CharField(max_length=MAX_TITLE_LENGTH)
    description = models.TextField(
        blank=True,
        default="",
        db_default="",
        validators=[MaxLengthValidator(MAX_DESCRIPTION_LENGTH)],
    )
    priority = models.CharField(max_length=6, choices=Priority, default=Priority.MEDIUM)
    status = models.CharField(max_length=11, choices=Status, default=Status.PENDING)
    due_date = models.DateField(null=True, blank=True)
    due_time = models.TimeField(
        null=True, blank=True, help_text="Wall-clock time in the owner's time zone."
    )
    labels = ArrayField(
        models.CharField(max_length=MAX_LABEL_LENGTH), blank=True, default=list
    )
    completed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.IntegerField(default=1, db_default=1, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        db_table = "tasks_task"
        indexes = [
            models.Index(
                fields=["user", "-created_at", "-id"],
                condition=Q(deleted_at__isnull=True),
                name="tasks_task_newest",
            ),
            models.Index(
                fields=["user", "-deleted_at", "-id"],
                condition=Q(deleted_at__isnull=False),
                name="tasks_task_trash",
            ),
            alive_index("tasks_task_updated", "user", "updated_at", "id"),
            alive_index("tasks_task_due", "user", sorting.DUE_ASCENDING, "id"),
            alive_index("tasks_task_due_last", "user", sorting.DUE_DESCENDING, "id"),
            alive_index("tasks_task_priority", "user", sorting.PRIORITY, "id"),
            alive_index("tasks_task_title", "user", sorting.TITLE, "id"),
            alive_index("tasks_task_everybodys", "created_at", "id"),
            # Each living task is in one of these two: they count, and list nothing.
            models.Index(
                fields=["user", "created_at"],
                condition=Q(deleted_at__isnull=True, completed_at__isnull=True),
                name="tasks_task_open",
            ),
            models.Index(
                fields=["user", "completed_at"],
                condition=Q(deleted_at__isnull=True, completed_at__isnull=False),
                name="tasks_task_done",
            ),
            GinIndex(fields=["user", "labels"], name="tasks_task_labels"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(Trim("title")), 1),
                name="tasks_task_title_not_blank",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Length("description"), MAX_DESCRIPTION_LENGTH
                ),
                name="tasks_task_description_length",
            ),
            models.CheckConstraint(
                condition=Q(priority__in=["low", "medium", "high"]),
                name="tasks_task_priority_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "in_progress", "completed"]),
                name="tasks_task_status_known",
            ),
            models.CheckConstraint(
                condition=Q(due_time__isnull=True) | Q(due_date__isnull=False),
                name="tasks_task_due_time_has_date",
            ),
            models.CheckConstraint(
                condition=Q(due_date__isnull=True)
                | Q(due_date__range=("1900-01-01", "2200-12-31")),
                name="tasks_task_due_date_range",
            ),
            models.CheckConstraint(
                condition=Q(status="completed", completed_at__isnull=False)
                | (~Q(status="completed") & Q(completed_at__isnull=True)),
                name="tasks_task_completed_at_follows_status",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(
                        F("labels"),
                        function="cardinality",
                        output_field=models.IntegerField(),
                    ),
                    MAX_LABELS,
                ),
                name="tasks_task_labels_count",
            ),
            models.CheckConstraint(
                condition=~Q(labels__contains=[""]), name="tasks_task_labels_not_blank"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="tasks_task_version_positive"
            ),
            models.CheckConstraint(
                condition=Exact(
                    F("title"),
                    Func(F("title"), Value(WHITE_SPACE), function="btrim"),
                ),
                name="tasks_task_title_trimmed",
            ),
            # Trimmed, not blank, none null, none twice. It ignores the case of ASCII
            # only: of newer letters Python and PostgreSQL know different ones.
            models.CheckConstraint(
                condition=Q(labels=[])
                | Q(
                    Func(
                        F("labels"),
                        Value(WHITE_SPACE),
                        function="tasks_are_labels",
                        output_field=models.BooleanField(),
                    )
                ),
                name="tasks_task_labels_proper",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """The rule no constraint can state, for forms; serializers have their own."""
        if len({label.casefold() for label in self.labels}) < len(self.labels):
            raise ValidationError({"labels": "A label is named twice."})


class StatusTally(models.Model):
    """How many tasks of a user, not in the trash, have this status and priority.

    Like the tallies below it is kept by triggers (migration 0003) in the transaction of
    the change, whoever makes it; nothing else writes it. A count of zero has no row.
    """

    pk = models.CompositePrimaryKey("user_id", "status", "priority")
    user = tally_owner()
    status = models.CharField(max_length=11)
    priority = models.CharField(max_length=6)
    count = models.BigIntegerField()

    class Meta:
        db_table = "tasks_status_tally"

    def __str__(self) -> str:
        return f"{self.count} {self.status}, {self.priority}"


class DueTally(models.Model):
    """How many tasks of a user are due on this day and not completed."""

    pk = models.CompositePrimaryKey("user_id", "due_date")
    user = tally_owner()
    due_date = models.DateField()
    count = models.BigIntegerField()

    class Meta:
        db_table = "tasks_due_tally"

    def __str__(self) -> str:
        return f"{self.count} due on {self.due_date}"


class LabelTally(models.Model):
    """How many tasks of a user, not in the trash, have a label in this spelling."""

    user = tally_owner()
    label = models.CharField(max_length=MAX_LABEL_LENGTH)
    count = models.BigIntegerField()

    class Meta:
        db_table = "tasks_label_tally"
        indexes = [
            models.Index("user", Lower("label"), "id", name="tasks_label_tally_name")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "label"], name="tasks_label_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.label}"


class SavedFilter(models.Model):
    """A question that a person asks the list of their tasks again and again."""

    class Grouping(models.TextChoices):
        DUE_DATE = "due_date"
        STATUS = "status"
        PRIORITY = "priority"
        LABEL = "label"
        NONE = "none"

    # Without an index of its own: the one for names begins with it.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False
    )
    name = models.CharField(max_length=MAX_FILTER_NAME_LENGTH)
    query = models.CharField(max_length=MAX_FILTER_QUERY_LENGTH, blank=True)
    grouping = models.CharField(
        max_length=8, choices=Grouping, default=Grouping.DUE_DATE
    )
    position = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "tasks_saved_filter"
        ordering = ["position", "id"]
        constraints = [
            # Django's iexact compares UPPER(…), so this index serves it too.
            models.UniqueConstraint(
                "user", Upper("name"), name="tasks_saved_filter_name_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    grouping__in=["due_date", "status", "priority", "label", "none"]
                ),
                name="tasks_saved_filter_grouping_known",
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(Trim("name")), 1),
                name="tasks_saved_filter_name_not_blank",
            ),
        ]

    def __str__(self) -> str:
        return self.name
