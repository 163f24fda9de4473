"""Which facts leave for which sockets, and the tickets that open them."""

import secrets

from accounts.revocation import publish_ends
from common.errors import ServiceUnavailable
from common.redis import RedisAwayError, ask
from events.models import Event
from events.subscribers import AGAIN
from realtime.publish import tell
from tasks import verbs

TICKET_SECONDS = 30
MAX_ATTEMPTS = 6  # about a minute after the first


def push_task(event: Event) -> object:
    """A subscriber: tell the owner's sockets which task moved to which version.

    Told again while Redis is away, but not for ever: sockets that have lost Redis are
    sent away meanwhile, and catch up when they come back.
    """
    fact = {
        "type": "task",
        "verb": event.verb.removeprefix(verbs.PREFIX),
        "id": event.subject_id,
        "version": event.version,
        "stream": event.stream_id,
        "revision": event.revision,
    }
    is_told = tell(event.stream.owner_id, fact)
    return None if is_told or event.relay_attempts >= MAX_ATTEMPTS else AGAIN


def push_session_end(event: Event) -> object:
    """A subscriber: each socket knows its session, and the one meant closes.

    Told until it is heard. The mark that access tokens are checked against is set
    again as well: Redis may have been away when the session ended.
    """
    fact = {"type": "session_ended", "session": event.changes["session"]}
    try:
        publish_ends([event.changes["session"]])
    except RedisAwayError:
        return AGAIN
    return None if tell(event.stream.owner_id, fact) else AGAIN


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
