"""Who hears of what by which channel; only what departs from the defaults is stored."""

from enum import Enum
from typing import Any, Final, TypedDict

from django.db import transaction

from accounts.models import User
from accounts.services import current_user
from events.log import ACCOUNT, append
from notifications import verbs
from notifications.models import Channel, DigestHour, Notification, Preference

Matrix = dict[str, dict[str, bool]]


class Preferences(TypedDict):
    kinds: Matrix
    digest_hour: int | None


class Unnamed(Enum):
    """What a change does not name stays as it is, which None does not say here."""

    UNNAMED = ""


UNNAMED: Final = Unnamed.UNNAMED

# Whoever's session was copied may not be looking at the app at all.
MAILED_BY_DEFAULT = (Notification.Kind.SESSION_REUSED,)


def is_on_by_default(kind: str, channel: str) -> bool:
    return channel == Channel.IN_APP or kind in MAILED_BY_DEFAULT


def default_matrix() -> Matrix:
    return {
        kind: {channel: is_on_by_default(kind, channel) for channel in Channel.values}
        for kind in Notification.Kind.values
    }


def channels_of(user_id: int, kind: str) -> list[str]:
    """The channels this person wants for this kind. One query."""
    stored = Preference.objects.filter(user=user_id, kind=kind)
    wishes = dict(stored.values_list("channel", "is_on"))
    return [
        channel
        for channel in Channel.values
        if wishes.get(channel, is_on_by_default(kind, channel))
    ]


def preferences_of(user_id: int) -> Preferences:
    """The whole matrix, and the hour of the digest. One query."""
    matrix, hour = default_matrix(), None
    stored = User.objects.filter(pk=user_id).values_list(
        "digesthour__hour",
        "preference__kind",
        "preference__channel",
        "preference__is_on",
    )
    for digest_hour, kind, channel, is_on in stored:
        hour = digest_hour
        if channel in matrix.get(kind, {}):
            matrix[kind][channel] = is_on
    return {"kinds": matrix, "digest_hour": hour}


def update_preferences(
    *, actor_id: int, wishes: Matrix, digest_hour: int | Unnamed | None = UNNAMED
) -> Preferences:
    """Set what is named and nothing else; return all of it.

    The person's row is locked, so that two tabs never undo each other's changes. What
    waits for a digest already goes out when it was to.
    """
    with transaction.atomic():
        current_user(actor_id, lock=True)
        current = preferences_of(actor_id)
        changes: dict[str, Any] = change_matrix(actor_id, current["kinds"], wishes)
        hour = current["digest_hour"]
        if not isinstance(digest_hour, Unnamed) and digest_hour != hour:
            changes["digest_hour"] = [hour, digest_hour]
            store_hour(actor_id, digest_hour)
            current["digest_hour"] = digest_hour
        if changes:
            append(
                owner_id=actor_id,
                kind=ACCOUNT,
                verb=verbs.PREFERENCES_UPDATED,
                actor_id=actor_id,
                changes=changes,
            )
    return current


def change_matrix(user_id: int, matrix: Matrix, wishes: Matrix) -> dict[str, Any]:
    """Put the wishes into the matrix and store them; return what changed."""
    changes = {}
    for kind, channels in wishes.items():
        for channel, is_on in channels.items():
            if matrix[kind][channel] != is_on:
                changes[f"{kind}.{channel}"] = [matrix[kind][channel], is_on]
                matrix[kind][channel] = is_on
                store(user_id, kind, channel, is_on)
    return changes


def store_hour(user_id: int, hour: int | None) -> None:
    """One query."""
    if hour is None:
        DigestHour.objects.filter(user=user_id).delete()
        return
    DigestHour.objects.bulk_create(
        [DigestHour(user_id=user_id, hour=hour)],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["hour"],
    )


def store(user_id: int, kind: str, channel: str, is_on: bool) -> None:
    """One query."""
    if is_on == is_on_by_default(kind, channel):
        cell = Preference.objects.filter(user=user_id, kind=kind, channel=channel)
        cell.delete()
        return
    wish = Preference(user_id=user_id, kind=kind, channel=channel, is_on=is_on)
    Preference.objects.bulk_create(
        [wish],
        update_conflicts=True,
        unique_fields=["user", "kind", "channel"],
        update_fields=["is_on"],
    )
