"""Deleting an account: closed at once, its rows purged later in small pieces."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone

from accounts import verbs
from accounts.models import Session, User
from accounts.services.api_tokens import revoke_api_tokens
from accounts.services.people import is_admin, lock_with_admins
from accounts.services.profile import check_own_password, current_user
from accounts.services.sessions import end_sessions
from common.errors import LastAdmin, field_error
from events.log import ACCOUNT, append
from events.models import Event

# Until then every access token has run out, and the relay has told of the end.
PURGED_AFTER = timedelta(minutes=10)
BATCH_SIZE = 500
RUN_SECONDS = 40


def delete_account(*, user_id: int, password: str) -> None:
    """Close one's own account and free its name. Raises LastAdmin, 400 at /password."""
    user = current_user(user_id)
    check_own_password(user, password)
    with transaction.atomic():
        person, admins = lock_with_admins(user_id)
        if person.password != user.password or not person.is_active:
            raise field_error("password", "wrong_password", "It has just changed.")
        if is_admin(person) and not admins:
            raise LastAdmin
        end_sessions(
            user_id=user_id, reason=Session.EndReason.DELETED, actor_id=user_id
        )
        revoke_api_tokens(user_id=user_id)
        append(
            owner_id=user_id,
            kind=ACCOUNT,
            verb=verbs.ACCOUNT_DELETED,
            actor_id=user_id,
            changes={},
        )
        close(person)


def close(person: User) -> None:
    """Nobody can sign in to it, and nothing in it says whose it was.

    The last step: a new username is a new key, which waits for whoever refers to it.
    """
    name = f"deleted-{person.pk}"
    User.objects.filter(pk=person.pk).update(
        is_active=False,
        deleted_at=timezone.now(),
        username=name,
        email=f"{name}@invalid",
        first_name="",
        last_name="",
        password=make_password(None),
        role=User.Role.MEMBER,
        is_staff=False,
        is_superuser=False,
    )


def purge_deleted_accounts() -> int:
    """Purge what is due and return how many accounts are gone.

    Each batch is its own transaction, so the job may be killed and run again, and may
    run twice at the same time; it stops below its time limit and goes on next time.
    """
    until = time.monotonic() + RUN_SECONDS
    due = User.objects.filter(deleted_at__lt=timezone.now() - PURGED_AFTER)
    purged = 0
    for user in due.order_by("deleted_at")[:100]:
        for rows, empty in belongings(user):
            while empty_batch(rows, empty):
                if time.monotonic() > until:
                    return purged
        user.delete()
        purged += 1
    return purged


def belongings(user: User) -> Iterator[tuple[models.QuerySet[Any], dict[str, None]]]:
    """Every table's rows that hang on the account, and what to set where they stay.

    Taken from the models, so that a table of tomorrow is not forgotten. Events first:
    there are many of them, and they hang on a stream, of which there are two.
    """
    yield Event.objects.filter(stream__owner=user), {}
    for relation in User._meta.get_fields(include_hidden=True):  # noqa: SLF001 - public, documented
        if not isinstance(relation, models.ManyToOneRel):
            continue
        if relation.on_delete is models.DO_NOTHING:
            continue  # the database does it itself, as with the tallies of tasks
        name = relation.field.name
        rows: models.QuerySet[Any] = models.QuerySet(relation.related_model).filter(
            **{name: user}
        )
        stays = relation.on_delete is models.SET_NULL
        yield rows, {name: None} if stays else {}


def empty_batch(rows: models.QuerySet[Any], stays: dict[str, None]) -> bool:
    """Delete or let go of one batch; False when there is none left."""
    with transaction.atomic():
        # In any order: one by id could have PostgreSQL look through everybody's.
        ids = list(rows.order_by().values_list("pk", flat=True)[:BATCH_SIZE])
        batch: models.QuerySet[Any] = models.QuerySet(rows.model).filter(pk__in=ids)
        if stays:
            batch.update(**stays)
        else:
            batch.delete()
    return bool(ids)
