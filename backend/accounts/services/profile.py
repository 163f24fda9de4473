"""Making an account, and what its owner changes about it."""

from django.db import transaction

from accounts import verbs
from accounts.models import User
from accounts.services.sessions import Client, TokenPair, start_session
from common.errors import AuthenticationFailed
from events.log import ACCOUNT, append


def register_user(
    *, username: str, email: str, password: str, time_zone: str, client: Client
) -> TokenPair:
    with transaction.atomic():
        user = User(username=username, email=email, time_zone=time_zone)
        user.set_password(password)
        user.save(force_insert=True)
        append(
            owner_id=user.pk,
            kind=ACCOUNT,
            verb=verbs.REGISTERED,
            actor_id=user.pk,
            changes={},
        )
        return start_session(user=user, client=client)


def current_user(user_id: int, *, lock: bool = False) -> User:
    """The person behind a valid access token, who may be gone since it was signed."""
    users = User.objects.select_for_update() if lock else User.objects.all()
    user = users.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise AuthenticationFailed("session_ended", "Sign in again.")
    return user


def update_profile(*, user_id: int, changes: dict[str, str]) -> User:
    """Set the named fields, and nothing else."""
    with transaction.atomic():
        user = current_user(user_id, lock=True)
        changed = {
            name: [getattr(user, name), value]
            for name, value in changes.items()
            if getattr(user, name) != value
        }
        if not changed:
            return user
        for name, (_, new) in changed.items():
            setattr(user, name, new)
        user.save(update_fields=list(changed))
        append(
            owner_id=user_id,
            kind=ACCOUNT,
            verb=verbs.PROFILE_UPDATED,
            actor_id=user_id,
            changes=changed,
        )
    return user
