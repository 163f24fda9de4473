"""The calendar that a person's days are counted by."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.utils import timezone


@dataclass(frozen=True)
class Days:
    """A day and its week, which begins on Monday (ISO 8601)."""

    today: date

    @classmethod
    def now_in(cls, zone: ZoneInfo) -> Self:
        return cls(timezone.now().astimezone(zone).date())

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)
