import time
from typing import Any

from django.core.management.commands import migrate

from common.migrating import go_past_pgbouncer, limit_waiting, persist


class Command(migrate.Command):
    """Django's, which waits for no lock long and comes back for it instead."""

    def handle(self, *args: Any, **options: Any) -> None:
        def run() -> None:
            super(Command, self).handle(*args, **options)

        go_past_pgbouncer()
        if options["plan"] or options["check_unapplied"]:
            run()
        else:
            persist(run, time.sleep)

    def migration_progress_callback(
        self, action: str, migration: Any = None, fake: bool = False
    ) -> None:
        if action in ("apply_start", "unapply_start"):
            limit_waiting(atomic=migration.atomic)
        super().migration_progress_callback(action, migration, fake)
