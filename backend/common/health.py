"""Health as two questions: is the process alive, and can it serve?"""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from common.redis import RedisAwayError, ask

_migrated = False


def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 while requests can be served; 503 without the database or its schema.

    Redis being away degrades (bells and live updates come late) but does not stop
    anything, so it is listed and does not make this 503.
    """
    parts = {"database": database_state(), "redis": redis_state()}
    can_serve = parts["database"] == "ok"
    is_whole = all(state == "ok" for state in parts.values())
    status = "ok" if is_whole else "degraded" if can_serve else "unavailable"
    return JsonResponse(
        {"status": status, "parts": parts}, status=200 if can_serve else 503
    )


def database_state() -> str:
    try:
        return "ok" if is_migrated() else "migrations pending"
    except Error:  # DatabaseError, or InterfaceError for a connection that broke
        return "away"


def is_migrated() -> bool:
    """Once true it stays true for this process, so only a plain query is left."""
    global _migrated  # noqa: PLW0603
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not _migrated:
        executor = MigrationExecutor(connection)
        targets = executor.loader.graph.leaf_nodes()
        _migrated = not executor.migration_plan(targets)
    return _migrated


def redis_state() -> str:
    try:
        ask(lambda redis: redis.ping())
    except RedisAwayError:
        return "away"
    return "ok"
