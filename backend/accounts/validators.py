import re
import zoneinfo
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from rest_framework import exceptions

MIN_PASSWORD_LENGTH = 8  # as Django's MinimumLengthValidator has it
MAX_SUFFIX_LENGTH = 3  # com, org, net, www: no name of a site

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


@cache
def site_words() -> tuple[str, ...]:
    """What this site is called: by its makers, and in the parts of its host name."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    parts = [part for part in host.split(".") if len(part) > MAX_SUFFIX_LENGTH]
    return ("task", "manager", "todo", *parts)


class SiteWordsValidator:
    """Refuse a password that is the site's name and too little more."""

    def validate(self, password: str, user: object = None) -> None:
        rest = password.casefold()
        for word in site_words():
            rest = rest.replace(word, "")
        if rest != password.casefold() and len(rest) < MIN_PASSWORD_LENGTH:
            raise ValidationError(
                "The password is little more than the name of this site.",
                code="password_site_name",
            )

    def get_help_text(self) -> str:
        return "A password has to be more than the name of this site."


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
