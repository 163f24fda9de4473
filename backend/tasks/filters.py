"""What a list of tasks can be filtered by."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from rest_framework.request import Request

from common.filters import ChoiceFilter, ChoicesFilter, ListFilter, split_commas
from common.params import Param
from common.serializers import DATE_PATTERN, FIRST_YEAR, LAST_YEAR
from tasks import sorting
from tasks.days import Days
from tasks.models import MAX_LABEL_LENGTH, MAX_LABELS, Task
from tasks.search import MAX_SEARCH_LENGTH, Matches, tsquery_text

INSTANT_PATTERN = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII
)


def zone_of(request: Request) -> ZoneInfo:
    """The time zone in which this person's days begin."""
    user: Any = request.user
    return ZoneInfo(user.time_zone)


def read_date(raw: str) -> date:
    """`YYYY-MM-DD`, from 1900 to 2200."""
    try:
        value = date.fromisoformat(raw) if DATE_PATTERN.fullmatch(raw) else None
    except ValueError:
        value = None
    if value is None or not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError("Give a date as YYYY-MM-DD.", code="invalid")
    return value


def read_instant(raw: str) -> datetime:
    """RFC 3339, with its offset."""
    try:
        value = datetime.fromisoformat(raw) if INSTANT_PATTERN.fullmatch(raw) else None
        in_utc = value and value.astimezone(UTC)
    except (ValueError, OverflowError):
        in_utc = None
    if in_utc is None or not FIRST_YEAR <= in_utc.year <= LAST_YEAR:
        message = "Give a date, or a moment such as 2026-01-31T08:00:00Z."
        raise ValidationError(message, code="invalid")
    return in_utc


class DueDayFilter(ListFilter, filters.DateFilter):
    """Due by, or from, a day, itself included. Without a date: neither."""

    cast = "date"
    is_selective = True

    def read(self, raw: list[str]) -> date:
        return read_date(self.read_text(raw))

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        is_until = self.lookup_expr == "lte"
        due = sorting.DUE_ASCENDING if is_until else sorting.DUE_DESCENDING
        found: QuerySet[Any] = qs.alias(due=due).filter(
            **{f"due__{self.lookup_expr}": value}
        )
        return found


class MomentFilter(ListFilter, filters.IsoDateTimeFilter):
    """A moment, itself included; or a day of the person's time zone, all of it."""

    parameter = {
        "schema": {
            "type": "string",
            "anyOf": [{"format": "date-time"}, {"format": "date"}],
        }
    }
    cast = "timestamptz"
    is_selective = True

    def read(self, raw: list[str]) -> date:
        text = self.read_text(raw)
        return read_date(text) if DATE_PATTERN.fullmatch(text) else read_instant(text)

    def bind(self, name: str, value: Any, request: Request) -> dict[str, Any]:
        if not isinstance(value, datetime):
            value = self.edge_of(value, zone_of(request))
        return {name: value}

    def edge_of(self, day: date, zone: ZoneInfo) -> datetime:
        """The day's first moment, or its last where the filter asks for "before"."""
        if self.lookup_expr == "gte":
            return datetime.combine(day, time.min, zone)
        return datetime.combine(day + timedelta(days=1), time.min, zone) - timedelta(
            microseconds=1
        )


class LabelFilter(ListFilter, filters.CharFilter):
    """Tasks with any of these labels, in exactly this spelling."""

    parameter = {
        "schema": {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "maxItems": MAX_LABELS,
        },
        "explode": True,
        "style": "form",
    }
    cast = "varchar[]"
    is_selective = True

    def read(self, raw: list[str]) -> list[str]:
        labels = split_commas(raw)
        if len(labels) > MAX_LABELS or not all(
            0 < len(label) <= MAX_LABEL_LENGTH for label in labels
        ):
            message = (
                f"Give 1 to {MAX_LABELS} labels of 1 to {MAX_LABEL_LENGTH} characters."
            )
            raise ValidationError(message, code="invalid")
        return labels


class DueFilter(ChoiceFilter):
    """By the calendar of the person's time zone; weeks begin on Monday."""

    is_selective = True

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        today, sunday = Param("today", "date"), Param("sunday", "date")
        conditions = {
            "overdue": Q(due__lt=today) & ~Q(status=Task.Status.COMPLETED),
            "today": Q(due=today),
            "week": Q(due__gte=Param("monday", "date"), due__lte=sunday),
            "none": Q(due=sorting.NEVER),
        }
        dated: QuerySet[Any] = qs.alias(due=sorting.DUE_ASCENDING)
        return dated.filter(conditions[value])

    def bind(self, name: str, value: Any, request: Request) -> dict[str, Any]:
        if value == "none":
            return {}
        days = Days.now_in(zone_of(request))
        return {"today": days.today, "monday": days.monday, "sunday": days.sunday}


class SearchFilter(ListFilter, filters.CharFilter):
    """Every word or its beginning, every "quoted phrase", in title or description."""

    parameter = {
        "schema": {"type": "string", "minLength": 1, "maxLength": MAX_SEARCH_LENGTH}
    }
    is_selective = True

    def read(self, raw: list[str]) -> str:
        text = self.read_text(raw)
        if len(text) > MAX_SEARCH_LENGTH:
            message = f"Search for at most {MAX_SEARCH_LENGTH} characters."
            raise ValidationError(message, code="max_length")
        return tsquery_text(text)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(Matches(value))


ANY_OF = "Any of these, repeated or comma-separated."
DAY = "This day included."
MOMENT = "A moment (RFC 3339), or a day of your time zone; itself included."


class TaskFilter(filters.FilterSet):
    status = ChoicesFilter(choices=Task.Status.choices, help_text=ANY_OF)
    priority = ChoicesFilter(choices=Task.Priority.choices, help_text=ANY_OF)
    label = LabelFilter(
        field_name="labels",
        lookup_expr="overlap",
        help_text=f"{ANY_OF} Spelled exactly so; one that holds a comma goes in double "
        "quotes.",
    )
    due = DueFilter(
        choices=[(name, name) for name in ("overdue", "today", "week", "none")],
        help_text="By your time zone's calendar. `overdue` is not completed, `week` is "
        "Monday to Sunday.",
    )
    due_after = DueDayFilter(field_name="due_date", lookup_expr="gte", help_text=DAY)
    due_before = DueDayFilter(field_name="due_date", lookup_expr="lte", help_text=DAY)
    created_after = MomentFilter(
        field_name="created_at", lookup_expr="gte", help_text=MOMENT
    )
    created_before = MomentFilter(
        field_name="created_at", lookup_expr="lte", help_text=MOMENT
    )
    updated_after = MomentFilter(
        field_name="updated_at", lookup_expr="gte", help_text=MOMENT
    )
    updated_before = MomentFilter(
        field_name="updated_at", lookup_expr="lte", help_text=MOMENT
    )
    search = SearchFilter(
        help_text='Tasks that hold every word, or its beginning, and every "quoted '
        'phrase", in title or description.'
    )

    class Meta:
        model = Task
        fields: list[str] = []
