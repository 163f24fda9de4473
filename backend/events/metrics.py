"""How far behind the relay is."""

from common.scrape import watch_backlog

# By the partial index of what waits.
WAITING = """
    SELECT count(*), coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float
    FROM events_event WHERE relayed_at IS NULL
"""

watch_backlog("events_waiting", "Events that the relay has not handed on.", WAITING)
