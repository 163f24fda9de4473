import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

# A word that is found in the title counts for more. The owner is in the index, so that
# one owner's words are found among everybody's.
SEARCH = """
ALTER TABLE tasks_task ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('pg_catalog.simple', title), 'A')
    || setweight(to_tsvector('pg_catalog.simple', description), 'B')
) STORED;

CREATE INDEX tasks_task_search ON tasks_task USING gin (user_id, search)
    WITH (gin_pending_list_limit = 256) WHERE deleted_at IS NULL;
"""
NO_SEARCH = "ALTER TABLE tasks_task DROP COLUMN search;"


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]

    operations = [
        BtreeGinExtension(),
        migrations.RunSQL(SEARCH, NO_SEARCH),
        migrations.RemoveIndex(
            model_name="task",
            name="tasks_task_labels",
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("user"),
                models.F("updated_at"),
                models.F("id"),
                condition=models.Q(("deleted_at__isnull", True)),
                name="tasks_task_updated",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("user"),
                models.Func(
                    models.F("due_date"),
                    template="coalesce(%(expressions)s, 'infinity'::date)",
                ),
                models.F("id"),
                condition=models.Q(("deleted_at__isnull", True)),
                name="tasks_task_due",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("user"),
                models.Func(
                    models.F("due_date"),
                    template="coalesce(%(expressions)s, '-infinity'::date)",
                ),
                models.F("id"),
                condition=models.Q(("deleted_at__isnull", True)),
                name="tasks_task_due_last",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("user"),
                models.Func(
                    models.F("priority"),
                    template="array_position('{low,medium,high}'::text[], %(expressions)s::text)",
                ),
                models.F("id"),
                condition=models.Q(("deleted_at__isnull", True)),
                name="tasks_task_priority",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("user"),
                django.db.models.functions.text.Lower("title"),
                models.F("id"),
                condition=models.Q(("deleted_at__isnull", True)),
                name="tasks_task_title",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("created_at"),
                models.F("id"),
                condition=models.Q(("deleted_at__isnull", True)),
                name="tasks_task_everybodys",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["user", "labels"], name="tasks_task_labels"
            ),
        ),
    ]
