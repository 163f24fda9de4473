from typing import ClassVar

from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Task(models.Model):
    """This project's own table, read as a stock project would."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    priority = models.CharField(
        max_length=6,
        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
        default="medium",
    )
    status = models.CharField(
        max_length=11,
        choices=[
            ("pending", "Pending"),
            ("in_progress", "In progress"),
            ("completed", "Completed"),
        ],
        default="pending",
    )
    due_date = models.DateField(null=True, blank=True)
    due_time = models.TimeField(null=True, blank=True)
    labels = ArrayField(models.CharField(max_length=40), blank=True, default=list)
    completed_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # Not shown; filtered on, so that the table's own indexes serve this peer, too.
    deleted_at = models.DateTimeField(null=True, blank=True)

    # What Django adds by itself, said aloud for mypy, which knows our own apps only.
    objects: ClassVar[models.Manager["Task"]] = models.Manager()

    class Meta:
        managed = False
        db_table = "tasks_task"

    def __str__(self) -> str:
        return self.title
