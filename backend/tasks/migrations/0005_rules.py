from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact

WHITE_SPACE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
# A null counts as none, so there is one less than there are. Lower case by "C" is that of
# ASCII, which no other version of Unicode changes.
ARE_LABELS = """
    CREATE FUNCTION tasks_are_labels(labels varchar[], white_space text)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_ndims(labels) = 1 AND (
        SELECT bool_and(label <> '' AND label = btrim(label, white_space))
            AND count(DISTINCT lower(label COLLATE "C")) = cardinality(labels)
        FROM unnest(labels) AS each (label)
    )
"""


class Migration(migrations.Migration):
    """Rules for what is written from now on; the next migration looks at what is there.

    That needs no lock that keeps others from reading and writing.
    """

    dependencies = [("tasks", "0004_labels")]

    operations = [
        migrations.RunSQL([ARE_LABELS], ["DROP FUNCTION tasks_are_labels"]),
        AddConstraintNotValid(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=Exact(
                    F("title"), Func(F("title"), Value(WHITE_SPACE), function="btrim")
                ),
                name="tasks_task_title_trimmed",
            ),
        ),
        AddConstraintNotValid(
            model_name="task",
            constraint=models.CheckConstraint(
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
        ),
    ]
