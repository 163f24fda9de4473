from django_filters import rest_framework as filters

from common.filters import CommaSeparatedChoiceFilter
from tasks.models import Task


class TaskFilter(filters.FilterSet):
    status = CommaSeparatedChoiceFilter(
        choices=Task.Status.choices,
        help_text="Any of these, repeated or comma-separated.",
    )
    priority = CommaSeparatedChoiceFilter(
        choices=Task.Priority.choices,
        help_text="Any of these, repeated or comma-separated.",
    )

    class Meta:
        model = Task
        fields = ["status", "priority"]
