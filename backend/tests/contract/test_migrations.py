import pytest

from tests.contract.migrations import complaints

DANGEROUS = {
    "a type that rewrites the table": (
        "changing-column-type",
        "ALTER TABLE tasks_task ALTER COLUMN title TYPE text USING title::text;",
    ),
    "an index that stops writers": (
        "require-concurrent-index-creation",
        "CREATE INDEX tasks_task_new ON tasks_task (title);",
    ),
    "a constraint that reads all rows": (
        "constraint-missing-not-valid",
        "ALTER TABLE tasks_task ADD CONSTRAINT new CHECK (title <> '');",
    ),
    "a column the release before does not fill": (
        "adding-required-field",
        "ALTER TABLE tasks_task ADD COLUMN new integer NOT NULL;",
    ),
    "a column the release before reads": (
        "ban-drop-column",
        "ALTER TABLE tasks_task DROP COLUMN title;",
    ),
    "a name the release before knows": (
        "renaming-column",
        "ALTER TABLE tasks_task RENAME COLUMN title TO name;",
    ),
}
HARMLESS = """
    ALTER TABLE tasks_task ADD COLUMN new integer NOT NULL DEFAULT 0;
    ALTER TABLE tasks_task ADD CONSTRAINT new_positive CHECK (new >= 0) NOT VALID;
"""


@pytest.mark.parametrize(("rule", "sql"), DANGEROUS.values(), ids=DANGEROUS)
def test_a_migration_that_stops_the_site_is_refused(rule: str, sql: str) -> None:
    said = complaints({"tasks.9998_fine": HARMLESS, "tasks.9999_next": f"BEGIN;{sql}"})

    assert rule in said
    assert "9999_next" in said
    assert "9998_fine" not in said


def test_expanding_is_fine() -> None:
    assert complaints({"tasks.9999_next": HARMLESS}) == ""
