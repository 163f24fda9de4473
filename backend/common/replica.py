"""Reads that a streaming replica may answer: DATABASE_REPLICA_URL.

A replica is behind. So only what a view opts in by `ReplicaReads` is read there, by
people who have not written of late, and only while it is known to be near; whether
something is still as it was (`If-None-Match`) the primary answers. Where the replica
fails, the same request is answered by the primary. Why: docs/adr/0070.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from psycopg2.errors import QueryCanceled
from redis import Redis
from rest_framework.request import Request
from rest_framework.views import APIView

from common.limits import SAFE_METHODS, TAKEN, Taken, writer_key
from common.metrics import REPLICA_READS
from common.redis import RedisAwayError, ask
from common.replica_watch import ALIAS, watch
from common.request_log import signed_in_id

# Of these apps; who may do what is always asked of the primary.
APPS = {"events", "notifications", "tasks"}
GetResponse = Callable[[HttpRequest], HttpResponse]

_here = threading.local()


def read_connection() -> BaseDatabaseWrapper:
    """Where this request reads: the primary, unless its view lets a replica answer."""
    return connections[read_alias()]


def read_alias() -> str:
    return getattr(_here, "alias", DEFAULT_DB_ALIAS)


class Router:
    """The ORM's reads as `read_connection`; its writes and migrations the primary's."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        is_there = model._meta.app_label in APPS  # noqa: SLF001 - Django's documented API
        return (
            getattr(_here, "alias", DEFAULT_DB_ALIAS) if is_there else DEFAULT_DB_ALIAS
        )

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # the same rows in both

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReplicaReads(APIView):
    """A view whose GETs may be a moment behind what others write.

    Who sends the request, and whether that is too often, has been settled before, and
    without the replica. A GET changes nothing, so it may be tried a second time.
    """

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        name = str(request.method).lower()
        if settings.DATABASE_REPLICA_URL and name in ("get", "head"):
            handler = getattr(self, name)
            reading = either if may_read_there(request) else at_primary
            setattr(self, name, lambda *given, **named: reading(handler, given, named))


def may_read_there(request: Request) -> bool:
    taken: Taken | None = request.META.get(TAKEN)
    has_written = taken is None or taken.is_writer is not False
    is_conditional = "HTTP_IF_NONE_MATCH" in request.META
    return not has_written and not is_conditional and watch.is_fresh()


def at_primary(handler: Callable[..., Any], given: Any, named: Any) -> Any:
    REPLICA_READS.labels("primary").inc()
    return handler(*given, **named)


def either(handler: Callable[..., Any], given: Any, named: Any) -> Any:
    """The replica's answer; the primary's where the replica could not give one."""
    REPLICA_READS.labels("replica").inc()
    try:
        with reading_replica():
            return handler(*given, **named)
    except Error as error:
        if isinstance(error.__cause__, QueryCanceled):  # as dear at the primary
            raise
        give_up(error)
        return handler(*given, **named)


def give_up(error: Error) -> None:
    """A query that the replica refuses is one; a lost connection is all of them."""
    REPLICA_READS.labels("failed").inc()
    if not connections[ALIAS].is_usable():
        watch.lose(error)
        connections[ALIAS].close()


@contextmanager
def reading_replica() -> Iterator[None]:
    _here.alias = ALIAS
    try:
        connections[ALIAS].ensure_connection()
        watch.add(connections[ALIAS].connection)
        yield
    finally:
        del _here.alias


# --- Who has just written -----------------------------------------------------------


class WriterMiddleware:
    """Marks who has written, before they hear that it is done.

    Also where the answer is an error: it may be about what came after a commit.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in SAFE_METHODS:
            user_id = signed_in_id(request)
            if user_id is not None:
                mark_writer(user_id)
        return response


def mark_writer(user_id: int) -> None:
    """From now on this person reads from the primary, until the replica has caught up.

    To be called for what others write for them as well, before they are told of it.
    Never raises: where Redis cannot keep the mark, this process reads nothing from the
    replica until the mark would have run out.
    """
    if not settings.DATABASE_REPLICA_URL:
        return

    def mark(redis: Redis) -> None:
        redis.set(writer_key(user_id), 1, px=int(settings.REPLICA_MARK_SECONDS * 1000))

    try:
        ask(mark)
    except RedisAwayError:
        watch.lose_marks()
