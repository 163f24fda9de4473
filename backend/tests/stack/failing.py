"""The realtime program with an error in it, for the test that it is reported."""

from config.asgi import application
from realtime.consumers import FactsConsumer


async def fail(self: FactsConsumer, ticket: str) -> tuple[int, int]:
    raise ZeroDivisionError(f"an error\nwith {ticket} on its second line")


FactsConsumer.identify = fail  # type: ignore[method-assign]

__all__ = ["application"]
