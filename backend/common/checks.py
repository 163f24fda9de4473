"""Refuse to run with settings that are not safe, and say what to set instead."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

MIN_KEY_BYTES = 32  # RFC 7518 §3.2: an HS256 key has at least 256 bits
PLACEHOLDERS = ("changeme", "change-me", "changethis", "secret", "django-insecure")


def key_error(name: str, value: str) -> Error | None:
    """What is wrong with the secret called `name`, if anything."""
    hint = f"Set {name} (or {name}_FILE) to at least {MIN_KEY_BYTES} random characters."
    if len(value.encode()) < MIN_KEY_BYTES:
        return Error(f"{name} is too short.", hint=hint, id="common.E001")
    if value.lower().startswith(PLACEHOLDERS):
        return Error(f"{name} is a placeholder.", hint=hint, id="common.E002")
    return None


@register()
def secrets_are_real(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    found = [
        key_error("SECRET_KEY", settings.SECRET_KEY),
        key_error("JWT_SIGNING_KEY", settings.JWT_SIGNING_KEY),
    ]
    if settings.JWT_PREVIOUS_KEY:
        found.append(key_error("JWT_PREVIOUS_KEY", settings.JWT_PREVIOUS_KEY))
    errors: list[CheckMessage] = [error for error in found if error]
    if settings.SECRET_KEY == settings.JWT_SIGNING_KEY:
        errors.append(
            Error(
                "JWT_SIGNING_KEY is the same as SECRET_KEY.",
                hint="Give tokens a key of their own, so that each can be rotated.",
                id="common.E003",
            )
        )
    return errors


@register()
def site_is_declared(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    if settings.DEBUG:
        return errors
    if not settings.SITE_URL.startswith(("http://", "https://")):
        errors.append(
            Error(
                "SITE_URL does not say how people reach this site.",
                hint="Set SITE_URL, e.g. https://tasks.example.org; its scheme decides "
                "whether cookies are sent over HTTPS only.",
                id="common.E004",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        errors.append(
            Error(
                "ALLOWED_HOSTS accepts every host name.",
                hint="List the names of this site, or leave it unset to use SITE_URL.",
                id="common.E005",
            )
        )
    return errors
