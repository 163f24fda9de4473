"""Health as two questions: is the process alive, and can it serve?"""

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from redis import RedisError

from common.redis import RedisAwayError, ask, client_at

_migrated = False


def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 while requests can be served; 503 without the database or its schema.

    Redis being away degrades (bells and live updates come late) but does not stop
    anything, so it is listed and does not make this 503.
    """
    parts = {"database": database_state(), "redis": redis_state()}
    if settings.REDIS_BROKER_URL != settings.REDIS_CACHE_URL:
        parts["broker"] = broker_state()
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


def broker_state() -> str:
    """Jobs come late without it, and requests do not ask it."""
    try:
        client_at(settings.REDIS_BROKER_URL).ping()
    except RedisError:
        return "away"
    return "ok"


def redis_state() -> str:
    try:
        ask(lambda redis: redis.ping())
    except RedisAwayError:
        return "away"
    return "ok"
