import zoneinfo
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

# No "@": a username must never look like somebody's e-mail address, which signs in too.
validate_username = RegexValidator(
    r"\A[A-Za-z0-9_.-]+\Z",
    "Use letters, digits, dot, dash and underscore only.",
    code="invalid",
)


@cache
def known_time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(value: str) -> None:
    if value not in known_time_zones():
        raise ValidationError(
            "Name a time zone of the IANA list, e.g. Europe/Lisbon.", code="invalid"
        )
