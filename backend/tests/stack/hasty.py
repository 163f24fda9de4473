"""The realtime program with quick clocks, for those who wait for them in tests."""

from config.asgi import application
from realtime import consumers

consumers.PING_SECONDS = 1
consumers.LIFE_SECONDS = 4

__all__ = ["application"]
