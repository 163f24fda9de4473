"""A demo account with a few hundred tasks, to look around in."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.services import Client, register_user
from demo.plans import Plan, plans
from events.models import Event
from events.relay import relay_waiting
from notifications.services import read_all
from tasks.models import Task
from tasks.services import create_task

USERNAME = "demo"
PASSWORD = "demo-demo-demo"  # noqa: S105 - printed, and only on request


class Command(BaseCommand):
    help = "Make the account `demo` with a few hundred tasks. Does nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=240)
        parser.add_argument("--time-zone", default="UTC")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username=USERNAME).exists():
            self.stdout.write(f"The account {USERNAME} is there already.")
            return
        with transaction.atomic():
            user = register_user(
                username=USERNAME,
                email="demo@example.org",
                password=PASSWORD,
                time_zone=options["time_zone"],
                client=Client(user_agent="seed_demo"),
            ).user
            for plan in plans(timezone.now().date(), options["count"]):
                make(user, plan)
        settle_bells(user)
        self.stdout.write(f"Sign in as {USERNAME} with the password {PASSWORD}")


def make(user: User, plan: Plan) -> None:
    task = create_task(actor_id=user.pk, fields=plan.fields)
    if plan.age_days:
        age = timedelta(days=plan.age_days)
        # As if it had been written then, and finished halfway since.
        Task.objects.filter(pk=task.pk).update(
            created_at=F("created_at") - age,
            updated_at=F("updated_at") - age / 2,
            completed_at=F("completed_at") - age / 2,
        )


def settle_bells(user: User) -> None:
    """Ring now instead of later, and leave only the last few unread."""
    while Event.objects.filter(stream__owner=user, relayed_at=None).exists():
        relay_waiting()  # a worker may be at it, too
    newest = user.notification_set.order_by("-id").values_list("pk", flat=True)[3:4]
    read_all(user_id=user.pk, up_to=newest.first())
