from typing import Any

from django.core.management.base import BaseCommand

from tasks.services import recount_tasks


class Command(BaseCommand):
    help = "Count all tasks anew and correct the tallies that are wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Tallies that were wrong: {recount_tasks()}")
