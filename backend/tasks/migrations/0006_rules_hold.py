from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tasks", "0005_rules")]

    operations = [
        migrations.RunSQL(
            "SET LOCAL statement_timeout = 0", migrations.RunSQL.noop, elidable=True
        ),
        ValidateConstraint(model_name="task", name="tasks_task_title_trimmed"),
        ValidateConstraint(model_name="task", name="tasks_task_labels_proper"),
    ]
