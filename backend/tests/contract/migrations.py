"""What migrations would do to a site in use, as squawk sees their SQL.

    python -m tests.contract.migrations  # fails on what squawk.toml does not except

Needs a database of its own, which it migrates: Django looks up names of constraints
there, and leaves out what it does not find.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

BACKEND = Path(__file__).resolve().parents[2]
SQUAWK = Path(sys.executable).with_name("squawk")
HELP = """
A migration has to leave the site usable while it runs, and the release before it
usable afterwards: docs/adr/0050-expand-and-contract.md shows how. What was looked at
and is harmless goes into squawk.toml, with the reason."""


def complaints(migrations: dict[str, str]) -> str:
    """What squawk says of migrations, given as {name: SQL}; empty where nothing."""
    with tempfile.TemporaryDirectory() as directory:
        for name, sql in migrations.items():
            Path(directory, f"{name}.sql").write_text(sql)
        config = str(BACKEND / "squawk.toml")
        command = [str(SQUAWK), "--config", config, "--reporter", "gcc"]
        done = subprocess.run(
            command + [f"{name}.sql" for name in migrations],
            cwd=directory,
            capture_output=True,
            text=True,
            check=False,
        )
    said = done.stdout.strip()
    if done.returncode != 0 and not said:
        raise RuntimeError(done.stderr)
    return said


def own_migrations() -> dict[str, str]:
    """The SQL of every migration of this project, by name."""
    call_command("migrate", verbosity=0)
    own = {a.label for a in apps.get_app_configs() if BACKEND in Path(a.path).parents}
    nodes = sorted(MigrationLoader(connection).graph.nodes)
    return {f"{app}.{name}": sql_of(app, name) for app, name in nodes if app in own}


def sql_of(app: str, name: str) -> str:
    out = io.StringIO()
    call_command("sqlmigrate", app, name, stdout=out, no_color=True)
    return str(out.getvalue())


def main() -> int:
    django.setup()
    said = complaints(own_migrations())
    if said:
        print(said, HELP, sep="\n", file=sys.stderr)  # noqa: T201 - for people
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
