"""Refuse to run with settings that are not safe, and say what to set instead."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

MIN_KEY_BYTES = 32  # RFC 7518 §3.2: an HS256 key has at least 256 bits
MIN_KEY_CHARACTERS = 8  # different ones: far fewer than any random key has
PLACEHOLDERS = ("change", "secret", "django-insecure", "example", "insecure", "your-")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


def refuse_unsafe_settings() -> None:
    """For programs that start without `manage.py`, which checks by itself.

    Raises ImproperlyConfigured with what is wrong and what to set.
    """
    errors = [each for each in run_checks(tags=[Tags.security]) if each.is_serious()]
    if errors:
        raise ImproperlyConfigured(
            "Unsafe settings. "
            + " ".join(f"{each.msg} {each.hint or ''}".strip() for each in errors)
        )


def key_error(name: str, value: str) -> Error | None:
    """What is wrong with the secret called `name`, if anything."""
    hint = f"Set {name} (or {name}_FILE) to at least {MIN_KEY_BYTES} random characters."
    if len(value.encode()) < MIN_KEY_BYTES:
        return Error(f"{name} is too short.", hint=hint, id="common.E001")
    is_filler = len(set(value)) < MIN_KEY_CHARACTERS
    if is_filler or value.lower().startswith(PLACEHOLDERS):
        return Error(f"{name} is a placeholder.", hint=hint, id="common.E002")
    return None


@register(Tags.security)
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


@register(Tags.security)
def site_is_declared(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    if settings.DEBUG:
        return []
    errors: list[CheckMessage] = []
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


def is_local() -> bool:
    """Whether SITE_URL, if set at all, leads to this very machine."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return host in LOCAL_HOSTS or host.endswith(".localhost")


@register(Tags.security)
def others_get_no_tracebacks(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    if not settings.DEBUG or is_local():
        return []
    return [
        Error(
            "DEBUG is on, and SITE_URL is an address that others can reach.",
            hint="Unset DEBUG: it shows settings and code to everybody.",
            id="common.E007",
        )
    ]


@register(Tags.security)
def others_sign_in_over_tls(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """A word and no refusal: the scheme of SITE_URL is the operator's decision."""
    if settings.IS_HTTPS or is_local():
        return []
    return [
        checks.Warning(
            "Passwords and tokens travel unencrypted: SITE_URL is http://.",
            hint="Serve the site over TLS and set SITE_URL to https://...; see "
            "docs/operations.md.",
            id="common.W001",
        )
    ]


@register()
def posts_happen_once(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """Every POST of somebody signed in takes an Idempotency-Key, new ones too.

    Or it `ends_own_session`: sent twice it happens once as well, because the second
    comes with an access token that the first has made void. It could not be one of
    `IdempotentPosts`: it counts a password's attempts, which no transaction may undo,
    and answers with secrets, which nothing stored may hold.
    """
    forgetful = set(forgetful_views(get_resolver().url_patterns))
    return [
        Error(
            f"{view.__module__}.{view.__name__} takes POST without Idempotency-Key.",
            hint="Derive it from common.idempotency.IdempotentPosts, first of all.",
            id="common.E006",
        )
        for view in sorted(forgetful, key=lambda view: view.__name__)
    ]


HAPPENS_ONCE = ("takes_idempotency_key", "ends_own_session")


def forgetful_views(patterns: list[Any]) -> Iterator[type]:
    for callback in callbacks(patterns):
        view = getattr(callback, "cls", None)  # DRF's views have one
        actions = getattr(callback, "actions", None)
        takes_post = "post" in actions if actions else hasattr(view, "post")
        happens_once = any(getattr(view, name, False) for name in HAPPENS_ONCE)
        if view and takes_post and view.authentication_classes and not happens_once:
            yield view


def callbacks(patterns: list[Any]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from callbacks(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback
