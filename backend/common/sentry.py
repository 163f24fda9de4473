"""Errors for Sentry: what is logged with a traceback, and nothing about anybody.

Sentry's own integrations collect requests, headers, cookies, users, queries and local
variables, and scrub them afterwards. Here is nothing to scrub: an event is an
exception, the lines of code it went through, and tags of ours.
"""

import sys
from collections.abc import MutableMapping
from typing import Any

import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.types import Event, Hint
from sentry_sdk.utils import BadDsn, Dsn

ERRORS = {"error", "critical"}
TAGS = ("request_id", "task_id", "logger")
# A broker that is away is told by alerts, once, and not by each try to reach it.
NO_NEWS = (
    "kombu.exceptions.OperationalError",
    "redis.exceptions.ConnectionError",
    "redis.exceptions.TimeoutError",
    "celery.beat.SchedulingError",
)
MAX_MESSAGE = 200
WAITING_EVENTS = 30  # while Sentry is away; more are dropped


def start(*, dsn: str, environment: str, release: str) -> None:
    """Report from this process and its children. Raises ImproperlyConfigured.

    Events leave in a thread of their own: a Sentry that is away costs nobody time.
    """
    try:
        Dsn(dsn)
    except BadDsn as error:
        raise ImproperlyConfigured(f"SENTRY_DSN cannot be used: {error}") from None
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[DedupeIntegration(), AtexitIntegration(callback=say_nothing)],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        propagate_traces=False,
        auto_session_tracking=False,
        send_client_reports=False,
        ignore_errors=NO_NEWS,
        transport_queue_size=WAITING_EVENTS,
        before_send=first_lines_only,
    )


def say_nothing(pending: int, timeout: float) -> None:
    """On leaving, for up to two seconds, what is on its way."""


def first_lines_only(event: Event, hint: Hint) -> Event:
    """PostgreSQL quotes rows on the lines after the first of a message."""
    for exception in event.get("exception", {}).get("values", ()):
        lines = str(exception.get("value") or "").splitlines() or [""]
        exception["value"] = lines[0][:MAX_MESSAGE]
    return event


def report(
    logger: Any, method: str, event_dict: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A processor of structlog's: hand an error with a traceback to Sentry."""
    error = error_in(event_dict.get("exc_info"))
    if error is not None and event_dict.get("level") in ERRORS:
        with sentry_sdk.new_scope() as scope:
            scope.set_tags(tags_of(event_dict))
            scope.capture_exception(error)
    return event_dict


def tags_of(event_dict: MutableMapping[str, Any]) -> dict[str, str]:
    # What is no event of ours may be a sentence, with anything in it.
    is_ours = event_dict.get("_from_structlog", True)
    names = (*TAGS, "event") if is_ours else TAGS
    return {name: str(event_dict[name]) for name in names if event_dict.get(name)}


def error_in(exc_info: Any) -> BaseException | None:
    """Of what a log call may say: an error, a triple, or that there is one."""
    match exc_info:
        case BaseException():
            return exc_info
        case (_, BaseException() as error, _):
            return error
        case None | False | ():
            return None
    return sys.exception()
