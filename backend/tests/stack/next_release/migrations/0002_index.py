from django.db import migrations


class Migration(migrations.Migration):
    """What takes long, and stops nobody."""

    atomic = False

    dependencies = [("next_release", "0001_expand")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY next_sizes ON tasks_task (user_id, next_size)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "ALTER TABLE tasks_task VALIDATE CONSTRAINT next_size_positive",
            migrations.RunSQL.noop,
        ),
    ]
