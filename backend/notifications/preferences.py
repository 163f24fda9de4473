"""Who hears of what by which channel; only what departs from the defaults is stored."""

from django.db import transaction

from accounts.services import current_user
from events.log import ACCOUNT, append
from notifications import verbs
from notifications.models import Channel, Notification, Preference

Matrix = dict[str, dict[str, bool]]

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


def matrix_of(user_id: int) -> Matrix:
    """{kind: {channel: whether it is on}}, complete. One query."""
    matrix = default_matrix()
    stored = Preference.objects.filter(user=user_id)
    for kind, channel, is_on in stored.values_list("kind", "channel", "is_on"):
        if channel in matrix.get(kind, {}):
            matrix[kind][channel] = is_on
    return matrix


def update_preferences(*, actor_id: int, wishes: Matrix) -> Matrix:
    """Set the cells that are named and nothing else; return the whole matrix.

    The person's row is locked, so that two tabs never undo each other's changes.
    """
    with transaction.atomic():
        current_user(actor_id, lock=True)
        matrix = matrix_of(actor_id)
        changes = {
            f"{kind}.{channel}": [matrix[kind][channel], is_on]
            for kind, channels in wishes.items()
            for channel, is_on in channels.items()
            if matrix[kind][channel] != is_on
        }
        if not changes:
            return matrix
        for name, (_, is_on) in changes.items():
            kind, channel = name.split(".")
            store(actor_id, kind, channel, is_on)
            matrix[kind][channel] = is_on
        append(
            owner_id=actor_id,
            kind=ACCOUNT,
            verb=verbs.PREFERENCES_UPDATED,
            actor_id=actor_id,
            changes=changes,
        )
    return matrix


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
