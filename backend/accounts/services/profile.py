"""Making an account, and what its owner changes about it."""

import hashlib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import verbs
from accounts.models import Mail, User
from accounts.services.mail import queue_mail
from accounts.services.sessions import Client, TokenPair, start_session
from common.errors import AuthenticationFailed, field_error
from common.models import IdempotencyKey
from events.log import ACCOUNT, append

REPEATABLE_FOR = timedelta(hours=24)


def register_user(
    *,
    username: str,
    email: str,
    password: str,
    time_zone: str,
    client: Client,
    language: str = User.Language.ENGLISH,
    idempotency_key: str | None = None,
) -> TokenPair:
    """With a key, `repeat_registration` can answer the same request again."""
    with transaction.atomic():
        user = User(
            username=username, email=email, time_zone=time_zone, language=language
        )
        user.set_password(password)
        user.save(force_insert=True)
        append(
            owner_id=user.pk,
            kind=ACCOUNT,
            verb=verbs.REGISTERED,
            actor_id=user.pk,
            changes={},
        )
        if idempotency_key is not None:
            IdempotencyKey.objects.create(
                user=user,
                key=idempotency_key,
                fingerprint=registration_fingerprint(username, email),
                status=201,
            )
        return start_session(user=user, client=client)


def registration_fingerprint(username: str, email: str) -> str:
    """Nothing of the password: its only trace is Django's own hash."""
    said = f"register\n{username.casefold()}\n{email.casefold()}"
    return hashlib.sha256(said.encode()).hexdigest()


def repeat_registration(
    *, username: str, email: str, password: str, client: Client, idempotency_key: str
) -> TokenPair | None:
    """A new session for who registered so before; None for anybody else.

    The same key, name and address within 24 hours, and the password still verifies.
    """
    before = IdempotencyKey.objects.select_related("user").filter(
        user__username__iexact=username,
        key=idempotency_key,
        fingerprint=registration_fingerprint(username, email),
        created_at__gt=timezone.now() - REPEATABLE_FOR,
        user__is_active=True,
    )
    found = before.first()
    if found is None or not found.user.check_password(password):
        return None
    return start_session(user=found.user, client=client)


def current_user(user_id: int, *, lock: bool = False) -> User:
    """The person behind a valid access token, who may be gone since it was signed."""
    users = User.objects.filter(pk=user_id, is_active=True)
    # Only as strong as an update's own lock: whoever appends an event refers to the
    # person meanwhile, and must not have to wait.
    user = (users.select_for_update(no_key=True) if lock else users).first()
    if user is None:
        raise AuthenticationFailed("session_ended", "Sign in again.")
    return user


def check_own_password(user: User, password: str) -> None:
    """Raises 400 at `/password`. One hash."""
    if not user.check_password(password):
        raise field_error("password", "wrong_password", "This is not your password.")


def update_profile(
    *, user_id: int, changes: dict[str, Any], password: str | None = None
) -> User:
    """Set the named fields, and nothing else.

    A new e-mail address needs the password, because it can reset it; the old address
    is told. A password is checked whether needed or not: what passes unchecked would
    start the count of wrong ones anew. Raises 400 at `/password`, and IntegrityError
    when the address is taken.
    """
    with transaction.atomic():
        user = current_user(user_id, lock=True)
        if password is not None:
            check_own_password(user, password)
        changed = {
            name: [getattr(user, name), value]
            for name, value in changes.items()
            if getattr(user, name) != value
        }
        if not changed:
            return user
        if "email" in changed:
            if password is None:
                detail = "A new e-mail address needs it."
                raise field_error("password", "required", detail)
            queue_mail(Mail.Kind.EMAIL_CHANGED, user.email)
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
