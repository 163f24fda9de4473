"""Who hears of which event. Apps register themselves in their `apps.py`."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from events.models import Event

Handler = Callable[["Event"], object]

# What a handler returns to get the event again later, with what it and others have
# written kept; one that raises takes everything back.
AGAIN = object()

_handlers: dict[str, list[Handler]] = defaultdict(list)


def subscribe(verbs: Iterable[str], handler: Handler) -> None:
    """Call `handler(event)` for these verbs, in the relay's transaction.

    A handler may see an event twice (a worker can die after its work and before the
    commit that says so): its writes must be unique by event. What leaves the database
    goes into `transaction.on_commit`.
    """
    for verb in verbs:
        _handlers[verb].append(handler)


def handlers_of(verb: str) -> list[Handler]:
    return _handlers.get(verb, [])
