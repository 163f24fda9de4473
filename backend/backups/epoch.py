"""A restored database goes on from an earlier day, and the world has seen a later one.

Browsers, programs and Redis remember ids, revisions and sessions that the database has
lost. It must never give the same out again for something else.
"""

from dataclasses import dataclass

from django.contrib.sessions.models import Session as AdminSession
from django.db import connection, transaction

from accounts.models import Session
from accounts.services import end_sessions
from tasks.services import recount_tasks

GAP = 1_000_000
"""More than were given out since the backup: one a second, for eleven days."""

SKIP_IDS = """
    SELECT setval(
        format('%%I.%%I', schemaname, sequencename)::regclass,
        coalesce(last_value, start_value) + %s
    )
    FROM pg_sequences
    WHERE schemaname = current_schema() AND data_type = 'bigint'::regtype
"""
# A cursor of the change feed names a stream and a revision, an ETag of a list a
# revision. References are checked at the end of the transaction.
RENEW_STREAMS = """
    WITH renewed AS MATERIALIZED (
        SELECT id AS was, nextval(pg_get_serial_sequence('events_stream', 'id')) AS now
        FROM events_stream
    ), streams AS (
        UPDATE events_stream SET id = renewed.now, revision = revision + %s
        FROM renewed WHERE id = was
    )
    UPDATE events_event SET stream_id = renewed.now FROM renewed WHERE stream_id = was
"""


@dataclass(frozen=True)
class Epoch:
    streams: int
    ended_sessions: int
    corrected_tallies: int


def begin_epoch() -> Epoch:
    """Let nothing be mistaken for what was lost; all or nothing, may run twice.

    Ids and revisions go on far above any that were given out. Cursors of the change
    feed are gone (410), so who keeps a copy starts over. Every session ends, those of
    the admin too: one that was ended after the backup was taken would be open again.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(SKIP_IDS, [GAP])
            cursor.execute(RENEW_STREAMS, [GAP])
            cursor.execute("SELECT count(*) FROM events_stream")
            (streams,) = cursor.fetchone()
        ended = end_all_sessions()
        return Epoch(streams, ended, recount_tasks())


def end_all_sessions() -> int:
    AdminSession.objects.all().delete()
    open_ones = Session.objects.filter(ended_at=None)
    users = list(open_ones.values_list("user_id", flat=True).distinct())
    reason = Session.EndReason.ADMIN
    return sum(
        end_sessions(user_id=user_id, reason=reason, actor_id=None) for user_id in users
    )
