"""Mail about accounts that has not left."""

from common.scrape import watch_backlog

WAITING = """
    SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)::float
    FROM accounts_mail WHERE sent_at IS NULL
"""

watch_backlog("account_mail_waiting", "Mail about accounts not sent yet.", WAITING)
