"""Serializers that refuse what they do not know instead of dropping it."""

import re
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, TypeVar

from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

DATE_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT_PATTERN = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
TIME_PATTERN = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
SerializerT = TypeVar("SerializerT", bound="serializers.Serializer[Any]")
FIRST_YEAR, LAST_YEAR = 1900, 2200


@cache
def shared(
    serializer_class: type[SerializerT], *, partial: bool = False
) -> SerializerT:
    """One instance for the whole process, of a serializer that asks no request.

    To make one is to make all of its fields, which takes longer than using it.
    """
    return serializer_class(partial=partial)


def validated(
    serializer_class: type[serializers.Serializer[Any]],
    data: Any,
    *,
    partial: bool = False,
) -> dict[str, Any]:
    """What is_valid leaves in validated_data. Raises ValidationError."""
    fields: dict[str, Any] = shared(serializer_class, partial=partial).run_validation(
        data
    )
    return fields


def represented(
    serializer_class: type[serializers.Serializer[Any]], instance: Any
) -> dict[str, Any]:
    """What `serializer_class(instance).data` holds."""
    shown: dict[str, Any] = shared(serializer_class).to_representation(instance)
    return shown


class StrictCharField(serializers.CharField):
    """A string is a string: 5 and true are not turned into one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class StrictEmailField(StrictCharField, serializers.EmailField):
    pass


class StrictBooleanField(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class StrictIntegerField(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class StrictChoiceField(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.choices:
            self.fail("invalid_choice", input=data)
        return data


class StrictDateField(serializers.DateField):
    """`YYYY-MM-DD` and nothing else, within the years 1900 to 2200."""

    default_error_messages = {
        "out_of_range": f"The year must be from {FIRST_YEAR} to {LAST_YEAR}.",
    }

    def to_internal_value(self, data: Any) -> date:
        if not isinstance(data, str) or not DATE_PATTERN.fullmatch(data):
            self.fail("invalid", format="YYYY-MM-DD")
        value: date = super().to_internal_value(data)
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.fail("out_of_range")
        return value


class StrictDateTimeField(serializers.DateTimeField):
    """RFC 3339 with its offset: a moment, whoever reads it.

    Written in UTC and always with microseconds, as lists write it in SQL, too.
    """

    def to_representation(self, value: Any) -> str:
        text: str = value.astimezone(UTC).isoformat(timespec="microseconds")
        return text.removesuffix("+00:00") + "Z"

    def to_internal_value(self, data: Any) -> datetime:
        if not isinstance(data, str) or not MOMENT_PATTERN.fullmatch(data):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ssZ")
        value: datetime = super().to_internal_value(data)
        return value


@extend_schema_field({"type": "string", "pattern": f"^{TIME_PATTERN.pattern}$"})
class MinuteField(serializers.TimeField):
    """`HH:MM`, 00:00 to 23:59."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"], **kwargs)

    def to_internal_value(self, data: Any) -> time:
        if not isinstance(data, str) or not TIME_PATTERN.fullmatch(data):
            self.fail("invalid", format="HH:MM")
        value: time = super().to_internal_value(data)
        return value


class IsSetField(serializers.BooleanField):
    """Whether a column holds something."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: Any) -> bool:
        return super().get_attribute(instance) is not None


class UnknownFieldsMixin(serializers.Serializer[Any]):
    """400 for a field the resource does not have; read-only ones may be sent back."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            message = ErrorDetail("There is no such field.", code="unknown_field")
            raise ValidationError({name: [message] for name in unknown})
        return super().to_internal_value(data)


class StrictSerializer(UnknownFieldsMixin):
    pass


class StrictModelSerializer(UnknownFieldsMixin, serializers.ModelSerializer[Any]):
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: StrictCharField,
        models.TextField: StrictCharField,
        models.EmailField: StrictEmailField,
        models.BooleanField: StrictBooleanField,
        models.DateField: StrictDateField,
        models.DateTimeField: StrictDateTimeField,
        models.TimeField: MinuteField,
    }
    serializer_choice_field = StrictChoiceField
