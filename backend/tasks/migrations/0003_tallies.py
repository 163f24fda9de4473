from django.conf import settings
from django.db import migrations, models

# Each tally: its table, what it is counted by, and which tasks count.
TALLIES = [
    ("tasks_status_tally", "user_id, status, priority", "{rows}", "TRUE"),
    (
        "tasks_due_tally",
        "user_id, due_date",
        "{rows}",
        "due_date IS NOT NULL AND status <> 'completed'",
    ),
    (
        "tasks_label_tally",
        "user_id, label",
        "{rows}, unnest(labels) AS labelled (label)",
        "TRUE",
    ),
]
# What each statement took away from the tallies, and what it put there.
STEPS = {
    "INSERT": [("after", 1)],
    "UPDATE": [("before", -1), ("after", 1)],
    "DELETE": [("before", -1)],
}

COUNTED = """
    SELECT {keys}, {step} AS step FROM {source}
    WHERE deleted_at IS NULL AND {condition}
"""
# In one order for everybody, so that two writers never wait for each other. A count may
# pass through zero on its way: it is the sum of all steps, and what is zero has no row.
COUNT = """
    INSERT INTO {table} AS tally ({keys}, count)
    SELECT {keys}, sum(step) FROM ({steps}) AS steps
    GROUP BY {keys} HAVING sum(step) <> 0 ORDER BY {keys}
    ON CONFLICT ({keys}) DO UPDATE SET count = tally.count + excluded.count;
"""
DROP_EMPTY = """
    IF FOUND THEN
        DELETE FROM {table} WHERE count = 0 AND ({keys}) IN (
            SELECT {keys} FROM ({taken}) AS taken
        );
    END IF;
"""
# Most changes are to nothing that is counted.
IS_COUNTED = """
    IF NOT EXISTS (
        SELECT FROM before JOIN after USING (id) WHERE
            (before.user_id, before.status, before.priority, before.due_date,
                before.labels, before.deleted_at IS NULL)
            IS DISTINCT FROM
            (after.user_id, after.status, after.priority, after.due_date,
                after.labels, after.deleted_at IS NULL)
    ) THEN
        RETURN NULL;
    END IF;
"""
# Once for each statement, however many rows: a row's own trigger would update the same
# tally a thousand times, which costs the square of it.
TRIGGER = """
    CREATE FUNCTION tasks_tally_{operation}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        {body}
        RETURN NULL;
    END $$;
    CREATE TRIGGER tasks_task_tally_{operation} AFTER {operation} ON tasks_task
    REFERENCING {tables} FOR EACH STATEMENT
    EXECUTE FUNCTION tasks_tally_{operation}();
"""
TABLES = {"before": "OLD TABLE AS before", "after": "NEW TABLE AS after"}
NO_TRIGGER = """
    DROP TRIGGER tasks_task_tally_{operation} ON tasks_task;
    DROP FUNCTION tasks_tally_{operation}();
"""
FILL = "INSERT INTO {table} ({keys}, count) SELECT {keys}, sum(step) FROM ({all}) AS counted GROUP BY {keys};"


def counted(tally, rows, step):
    _, keys, source, condition = tally
    source = source.format(rows=rows)
    return COUNTED.format(keys=keys, step=step, source=source, condition=condition)


def body(steps):
    return "".join(count(tally, steps) for tally in TALLIES)


def count(tally, steps):
    table, keys, *_ = tally
    each = [counted(tally, rows, step) for rows, step in steps]
    statement = COUNT.format(table=table, keys=keys, steps=" UNION ALL ".join(each))
    if steps[0][0] == "before":
        statement += DROP_EMPTY.format(table=table, keys=keys, taken=each[0])
    return statement


def triggers():
    for operation, steps in STEPS.items():
        yield TRIGGER.format(
            operation=operation,
            tables=" ".join(TABLES[rows] for rows, _ in steps),
            body=(IS_COUNTED if operation == "UPDATE" else "") + body(steps),
        )


def no_triggers():
    return [NO_TRIGGER.format(operation=operation) for operation in STEPS]


def fill():
    for tally in TALLIES:
        table, keys, *_ = tally
        yield FILL.format(table=table, keys=keys, all=counted(tally, "tasks_task", 1))


class Migration(migrations.Migration):
    """Creating the triggers locks out writers, so what is counted then stays right."""

    dependencies = [
        ("tasks", "0002_list_everything"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatusTally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "status",
                        "priority",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("status", models.CharField(max_length=11)),
                ("priority", models.CharField(max_length=6)),
                ("count", models.BigIntegerField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "tasks_status_tally"},
        ),
        migrations.CreateModel(
            name="DueTally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "due_date",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("due_date", models.DateField()),
                ("count", models.BigIntegerField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "tasks_due_tally"},
        ),
        migrations.CreateModel(
            name="LabelTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("label", models.CharField(max_length=40)),
                ("count", models.BigIntegerField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "tasks_label_tally",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["user", "label"], name="tasks_label_tally_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(list(triggers()), no_triggers()),
        migrations.RunSQL(
            ["SET LOCAL statement_timeout = 0", *fill()], migrations.RunSQL.noop
        ),
    ]
