"""What PostgreSQL and Redis must have for this installation, asked of them.

Django runs these at the start of `migrate`, which goes before the programs, and in
`manage.py check --database default`. They warn: whatever is counted here is the most
that can be, and a site that has room enough today shall start.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's
from django.db import DEFAULT_DB_ALIAS, connection
from redis import RedisError

from common import sizes
from common.redis import client_at

SPARE = 5  # for migrations, a backup, and who looks after the server

ROOM = """
    SELECT current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int
"""  # the last is new in PostgreSQL 16
TIMEOUT = "SELECT current_setting('statement_timeout')"


@register(Tags.database)
def connections_have_room(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None,
    **kwargs: object,
) -> list[CheckMessage]:
    """All threads at work at once find a connection each, where no pool is between."""
    if settings.DB_PGBOUNCER or DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    held = sizes.connections(has_replica=bool(settings.DATABASE_REPLICA_URL))
    room, needed = int(ask(ROOM)), sum(held.values()) + SPARE
    if needed <= room:
        return []
    counted = ", ".join(f"{program} {count}" for program, count in held.items())
    return [
        Warning(
            f"PostgreSQL has room for {room} connections, and this site may need "
            f"{needed}: {counted}, and {SPARE} to spare.",
            hint=f"Set PostgreSQL's max_connections to {max_connections(needed, room)} "
            "or more, run less (WEB_CONCURRENCY, WEB_THREADS, WORKER_CONCURRENCY, "
            "WEB_INSTANCES, WORKER_INSTANCES), or put PgBouncer between "
            "(DB_PGBOUNCER); see docs/operations.md, Growing.",
            id="common.W002",
        )
    ]


def max_connections(needed: int, room: int) -> int:
    """What it must be, for so many beside those that are reserved."""
    return int(ask("SHOW max_connections")) - room + needed


@register(Tags.database)
def statements_end(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None,
    **kwargs: object,
) -> list[CheckMessage]:
    """Through PgBouncer no timeout can be sent along, so the role must have one."""
    if not settings.DB_PGBOUNCER or DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    if ask(TIMEOUT) != "0":
        return []
    role = connection.settings_dict["USER"]
    return [
        Warning(
            "Statements may run for ever: PgBouncer passes on no statement_timeout.",
            hint=f"ALTER ROLE {role} SET statement_timeout = "
            f"{settings.DB_STATEMENT_TIMEOUT_MS}; ALTER ROLE {role} SET "
            "idle_in_transaction_session_timeout = 10000; then RECONNECT in PgBouncer.",
            id="common.W003",
        )
    ]


@register(Tags.database)
def redis_forgets_nothing(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None,
    **kwargs: object,
) -> list[CheckMessage]:
    """An evicted job is lost, and a session whose end is evicted goes on.

    Redis that is full refuses instead, which is as if it were away.
    """
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    urls = {
        "REDIS_BROKER_URL": settings.REDIS_BROKER_URL,
        "REDIS_CACHE_URL": settings.REDIS_CACHE_URL,
    }
    policies = {name: eviction_policy(url) for name, url in urls.items()}
    return [
        Warning(
            f"Redis at {name} may drop what must stay: maxmemory-policy is {policy}.",
            hint="Set it to noeviction, and maxmemory so that it is never reached.",
            id="common.W004",
        )
        for name, policy in policies.items()
        if policy != "noeviction"
    ]


def eviction_policy(url: str) -> str:
    """`noeviction` as well for a server that is away or does not say."""
    try:
        server: Any = client_at(url).info("memory")
    except RedisError:
        return "noeviction"
    return str(server.get("maxmemory_policy", "noeviction"))


def ask(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        ((answer,),) = cursor.fetchall()
    return str(answer)
