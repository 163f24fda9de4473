from django.db import migrations, models


class Migration(migrations.Migration):
    """What needs a table for itself, for a moment."""

    dependencies = [("tasks", "0008_progress")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE tasks_task ADD COLUMN next_size integer NOT NULL DEFAULT 0;
            ALTER TABLE tasks_task ADD COLUMN next_note text;
            ALTER TABLE tasks_task
                ADD CONSTRAINT next_size_positive CHECK (next_size >= 0) NOT VALID;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="Next",
            fields=[("id", models.BigAutoField(primary_key=True, serialize=False))],
        ),
    ]
