from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Built beside who reads and writes, so not in a transaction."""

    atomic = False

    dependencies = [("tasks", "0007_saved_filters")]

    operations = [
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(
                fields=["user", "created_at"],
                condition=Q(deleted_at__isnull=True, completed_at__isnull=True),
                name="tasks_task_open",
            ),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(
                fields=["user", "completed_at"],
                condition=Q(deleted_at__isnull=True, completed_at__isnull=False),
                name="tasks_task_done",
            ),
        ),
    ]
