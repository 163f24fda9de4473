"""Saved filters: few for each person, in an order of their own.

Every write locks the person's row, so that two of them count, name and place filters
one after the other. Positions run from 0 without gaps.
"""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError

from accounts.services import current_user
from common.errors import field_error
from events.log import ACCOUNT, append
from tasks import verbs
from tasks.models import SavedFilter

MAX_PER_USER = 50


def create_filter(*, actor_id: int, fields: dict[str, Any]) -> SavedFilter:
    """A new one, at its `position` or else the last.

    Raises ValidationError for a name that is taken, and when there are 50 already.
    """
    now = timezone.now()
    with transaction.atomic():
        current_user(actor_id, lock=True)
        end = SavedFilter.objects.filter(user=actor_id).count()
        if end >= MAX_PER_USER:
            detail = f"There are {MAX_PER_USER} already; delete one of them."
            raise ValidationError({"": [ErrorDetail(detail, code="too_many")]})
        refuse_taken(actor_id, fields["name"])
        position = min(fields.get("position", end), end)
        if position < end:
            shift(actor_id, position, end, by=1)
        placed = {**fields, "position": position}
        saved = SavedFilter.objects.create(
            user_id=actor_id, created_at=now, updated_at=now, **placed
        )
        said = {name: [None, value] for name, value in placed.items()}
        record(saved, verbs.FILTER_CREATED, said)
    return saved


def update_filter(
    *, actor_id: int, filter_id: int, fields: dict[str, Any]
) -> SavedFilter:
    """Set the named fields; a new position moves those between as well.

    Raises NotFound, and ValidationError for a name that is taken.
    """
    with transaction.atomic():
        saved = lock_filter(actor_id, filter_id)
        changes = {
            name: [getattr(saved, name), value]
            for name, value in placed_within(saved, fields).items()
            if getattr(saved, name) != value
        }
        if not changes:
            return saved
        if "name" in changes:
            refuse_taken(actor_id, fields["name"], but=filter_id)
        if "position" in changes:
            make_room(actor_id, *changes["position"])
        for name, (_, new) in changes.items():
            setattr(saved, name, new)
        saved.updated_at = timezone.now()
        saved.save(update_fields=[*changes, "updated_at"])
        record(saved, verbs.FILTER_UPDATED, changes)
    return saved


def delete_filter(*, actor_id: int, filter_id: int) -> None:
    """Raises NotFound."""
    with transaction.atomic():
        saved = lock_filter(actor_id, filter_id)
        record(saved, verbs.FILTER_DELETED, {"name": [saved.name, None]})
        saved.delete()
        shift(actor_id, saved.position + 1, MAX_PER_USER, by=-1)


def lock_filter(user_id: int, filter_id: int) -> SavedFilter:
    current_user(user_id, lock=True)
    saved = SavedFilter.objects.filter(user=user_id, pk=filter_id).first()
    if saved is None:
        raise NotFound
    return saved


def refuse_taken(user_id: int, name: str, but: int = 0) -> None:
    same = SavedFilter.objects.filter(user=user_id, name__iexact=name).exclude(pk=but)
    if same.exists():
        raise field_error("name", "unique", "You have a filter of this name.")


def placed_within(saved: SavedFilter, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with a position that there is: what is beyond the end is the end."""
    if "position" not in fields:
        return fields
    end = SavedFilter.objects.filter(user=saved.user_id).count() - 1
    return {**fields, "position": min(fields["position"], end)}


def make_room(user_id: int, old: int, new: int) -> None:
    if old < new:
        shift(user_id, old + 1, new, by=-1)
    else:
        shift(user_id, new, old - 1, by=1)


def shift(user_id: int, first: int, last: int, *, by: int) -> None:
    between = SavedFilter.objects.filter(user=user_id, position__range=(first, last))
    between.update(position=F("position") + by)


def record(saved: SavedFilter, verb: str, changes: dict[str, list[Any]]) -> None:
    append(
        owner_id=saved.user_id,
        kind=ACCOUNT,
        verb=verb,
        actor_id=saved.user_id,
        changes={"filter": saved.pk, **changes},
    )
