from typing import Any

from django.core.management.base import BaseCommand

from backups.epoch import begin_epoch


class Command(BaseCommand):
    help = "After a backup was restored: let nothing of the time since be mistaken."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = begin_epoch()
        self.stdout.write(
            f"New epoch: {begun.ended_sessions} sessions ended, "
            f"{begun.streams} streams of events begun anew, "
            f"{begun.corrected_tallies} tallies corrected."
        )
