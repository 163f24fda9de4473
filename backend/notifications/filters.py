from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from common.filters import ChoiceFilter
from notifications.models import Notification


class UnreadFilter(ChoiceFilter):
    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(read_at__isnull=value == "true")


class NotificationFilter(filters.FilterSet):
    unread = UnreadFilter(
        choices=[("true", "true"), ("false", "false")],
        help_text="Only unread ones, or only read ones.",
    )

    class Meta:
        model = Notification
        fields: list[str] = []
