import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backups.manifest import Manifest, unknown_migrations


class Command(BaseCommand):
    help = "Say what a backup holds, given its manifest; refuse one of a later release."

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = Manifest.parse(sys.stdin)
        if not manifest.migrations:
            raise CommandError("This is no manifest of a backup.")
        if unknown := unknown_migrations(manifest):
            raise CommandError(
                f"The backup is of release {manifest.release}, which is newer than "
                f"this code: it has {', '.join(unknown)}."
            )
        rows, tables = sum(manifest.rows.values()), len(manifest.rows)
        self.stdout.write(
            f"Backup of {manifest.taken_at}, release {manifest.release}: "
            f"{rows} rows in {tables} tables."
        )
