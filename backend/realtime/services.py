"""Which facts leave for which sockets, and the tickets that open them."""

import secrets
from typing import Any

from django.db import transaction

from common.errors import ServiceUnavailable
from common.redis import RedisAwayError, ask
from events.models import Event
from realtime.publish import publish
from tasks import verbs

TICKET_SECONDS = 30


def push_task(event: Event) -> None:
    """A subscriber: tell the owner's sockets which task moved to which version."""
    fact = {
        "type": "task",
        "verb": event.verb.removeprefix(verbs.PREFIX),
        "id": event.subject_id,
        "version": event.version,
        "stream": event.stream_id,
        "revision": event.revision,
    }
    publish_after_commit(event.stream.owner_id, fact)


def push_session_end(event: Event) -> None:
    """A subscriber: each socket knows its session, and the one meant closes."""
    fact = {"type": "session_ended", "session": event.changes["session"]}
    publish_after_commit(event.stream.owner_id, fact)


def publish_after_commit(user_id: int, fact: dict[str, Any]) -> None:
    transaction.on_commit(lambda: publish(user_id, fact), robust=True)


def ticket_key(ticket: str) -> str:
    return f"realtime:ticket:{ticket}"


def issue_ticket(*, user_id: int, session_id: int) -> str:
    """A word that opens one socket, once, within 30 s. Raises ServiceUnavailable."""
    ticket = secrets.token_urlsafe(32)
    identity = f"{user_id}:{session_id}"
    try:
        ask(lambda redis: redis.set(ticket_key(ticket), identity, ex=TICKET_SECONDS))
    except RedisAwayError as away:
        raise ServiceUnavailable(
            "Live updates are away; everything else works."
        ) from away
    return ticket


def redeem_ticket(ticket: str) -> tuple[int, int] | None:
    """(user id, session id) of an unused ticket, or None. Raises RedisAwayError."""
    identity = ask(lambda redis: redis.getdel(ticket_key(ticket)))
    if not isinstance(identity, str):
        return None
    user_id, session_id = identity.split(":")
    return int(user_id), int(session_id)
