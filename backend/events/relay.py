"""The relay: hands every event to its subscribers, at least once, whatever dies."""

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from events.models import Event
from events.subscribers import AGAIN, handlers_of

logger = structlog.get_logger(__name__)

BATCH_SIZE = 100
MAX_BATCHES = 50
LONGEST_BACKOFF_SECONDS = 300


def relay_waiting() -> int:
    """Relay what is due, in batches; return how many events were handed on.

    Bounded, so that the job stays below its time limit; the next wake-up or sweep
    goes on where this one stopped.
    """
    total = 0
    for _ in range(MAX_BATCHES):
        taken = relay_batch()
        total += taken
        if taken < BATCH_SIZE:
            break
    return total


def relay_batch() -> int:
    """One transaction: lock due events nobody else holds, hand them on, mark them."""
    with transaction.atomic():
        due = (
            Event.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("stream")
            .filter(relayed_at=None, relay_at__lte=timezone.now())
            .order_by("relay_at", "id")[:BATCH_SIZE]
        )
        events = list(due)
        done = [event.pk for event in events if hand_on(event)]
        if done:
            Event.objects.filter(pk__in=done).update(relayed_at=timezone.now())
    return len(events)


def hand_on(event: Event) -> bool:
    """Whether every subscriber took it; else all get it again later."""
    context = {"request_id": event.request_id, "event_id": event.pk}
    try:
        with transaction.atomic(), structlog.contextvars.bound_contextvars(**context):
            answers = [handler(event) for handler in handlers_of(event.verb)]
            is_done = not any(answer is AGAIN for answer in answers)
            logger.info(
                "event_relayed" if is_done else "event_put_off", verb=event.verb
            )
    except Exception:
        logger.exception("event_not_relayed", verb=event.verb, **context)
        postpone(event)
        return False
    if not is_done:
        postpone(event)
    return is_done


def postpone(event: Event) -> None:
    seconds = min(2**event.relay_attempts, LONGEST_BACKOFF_SECONDS)
    Event.objects.filter(pk=event.pk).update(
        relay_attempts=F("relay_attempts") + 1,
        relay_at=timezone.now() + timedelta(seconds=seconds),
    )
