import re
import zoneinfo
from functools import cache
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from rest_framework import exceptions

# No "@": a username must never look like somebody's e-mail address, which signs in too.
validate_username = RegexValidator(
    r"\A[A-Za-z0-9_.-]+\Z",
    "Use letters, digits, dot, dash and underscore only.",
    code="invalid",
)


def refuse_reserved(value: str) -> None:
    """`deleted-7` is what the account 7 will be called once it is deleted."""
    if re.fullmatch(r"deleted-\d+", value, re.ASCII | re.IGNORECASE):
        raise ValidationError("This username is reserved.", code="reserved")


@cache
def known_time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(value: str) -> None:
    if value not in known_time_zones():
        raise ValidationError(
            "Name a time zone of the IANA list, e.g. Europe/Lisbon.", code="invalid"
        )


def validate_new_password(password: str, person: Any, *, field: str) -> None:
    """Raise DRF's ValidationError for `field`, with each rule that is broken."""
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        details = [
            exceptions.ErrorDetail(" ".join(each.messages), code=each.code or "invalid")
            for each in error.error_list
        ]
        raise exceptions.ValidationError({field: details}) from error
