"""What the list of people can be filtered by."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from accounts.models import User
from common.filters import ChoiceFilter, ChoicesFilter, ListFilter

SEARCHED = ("username", "email", "first_name", "last_name")
MAX_SEARCH_LENGTH = 200
ACTIVE = "Only those who can sign in, or only those who cannot."


class PersonSearchFilter(ListFilter, filters.CharFilter):
    parameter = {
        "schema": {"type": "string", "minLength": 1, "maxLength": MAX_SEARCH_LENGTH}
    }

    def read(self, raw: list[str]) -> str:
        text = self.read_text(raw)
        if len(text) > MAX_SEARCH_LENGTH:
            message = f"Search for at most {MAX_SEARCH_LENGTH} characters."
            raise ValidationError(message, code="max_length")
        return text

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        found = Q()
        for field in SEARCHED:
            found |= Q(**{f"{field}__icontains": value})
        return qs.filter(found)


@extend_schema_field({"type": "boolean", "description": ACTIVE})
class ActiveFilter(ChoiceFilter):
    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(is_active=value == "true")


class PersonFilter(filters.FilterSet):
    search = PersonSearchFilter(
        help_text="Part of a username, e-mail address or name, in any case."
    )
    role = ChoicesFilter(
        choices=User.Role.choices,
        help_text="Any of these, repeated or comma-separated.",
    )
    is_active = ActiveFilter(
        choices=[("true", "true"), ("false", "false")],
    )

    class Meta:
        model = User
        fields: list[str] = []
