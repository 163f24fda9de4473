"""Changing a password, with the old one or with a link from a mail."""

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import DjangoUnicodeDecodeError, force_str
from django.utils.http import urlsafe_base64_decode

from accounts import verbs
from accounts.models import Mail, Session, User
from accounts.services.api_tokens import revoke_api_tokens
from accounts.services.mail import queue_mail
from accounts.services.profile import check_own_password, current_user
from accounts.services.sessions import Client, TokenPair, end_sessions, start_session
from accounts.tokens import MAX_ID
from accounts.validators import validate_new_password
from common.errors import ResetTokenInvalid, field_error
from events.log import ACCOUNT, append


def change_password(
    *, user_id: int, password: str, new_password: str, client: Client
) -> TokenPair:
    """End every session, this one too, and start a new one. API tokens stay.

    Raises 400 for a wrong password (also one that has just been changed elsewhere)
    and for a new one that breaks a rule.
    """
    user = current_user(user_id)
    check_own_password(user, password)
    validate_new_password(new_password, user, field="new_password")
    with transaction.atomic():
        if not replace_password(user, new_password, verbs.PASSWORD_CHANGED, user_id):
            raise field_error("password", "wrong_password", "It has just changed.")
        return start_session(user=user, client=client)


def request_password_reset(*, email: str) -> None:
    """Queue a mail; whether anybody has this address is looked up when it is sent."""
    queue_mail(Mail.Kind.PASSWORD_RESET, email)


def confirm_password_reset(*, uid: str, token: str, new_password: str) -> None:
    """Set a new password; the token is spent, sessions and API tokens end.

    Raises ResetTokenInvalid, and 400 for a password that breaks a rule.
    """
    user = user_of(uid)
    if user is None or not default_token_generator.check_token(user, token):
        raise ResetTokenInvalid
    validate_new_password(new_password, user, field="new_password")
    with transaction.atomic():
        if not replace_password(user, new_password, verbs.PASSWORD_RESET, user.pk):
            raise ResetTokenInvalid  # somebody spent it a moment ago
        revoke_api_tokens(user_id=user.pk)


def user_of(uid: str) -> User | None:
    try:
        user_id = int(force_str(urlsafe_base64_decode(uid)))
    except (ValueError, DjangoUnicodeDecodeError):
        return None
    if not 0 < user_id <= MAX_ID:
        return None
    return User.objects.filter(pk=user_id, is_active=True).first()


def replace_password(user: User, password: str, verb: str, actor_id: int) -> bool:
    """False if the password is not the one any more that `user` was read with."""
    before = user.password
    user.set_password(password)
    unchanged = User.objects.filter(pk=user.pk, password=before, is_active=True)
    if not unchanged.update(password=user.password):
        return False
    end_sessions(user_id=user.pk, reason=Session.EndReason.PASSWORD, actor_id=actor_id)
    append(owner_id=user.pk, kind=ACCOUNT, verb=verb, actor_id=actor_id, changes={})
    queue_mail(Mail.Kind.PASSWORD_CHANGED, user.email)
    return True


def record_password_set(*, user_id: int, actor_id: int) -> None:
    """After an admin has set somebody's password: what it opened before is closed."""
    with transaction.atomic():
        end_sessions(
            user_id=user_id, reason=Session.EndReason.PASSWORD, actor_id=actor_id
        )
        revoke_api_tokens(user_id=user_id)
        append(
            owner_id=user_id,
            kind=ACCOUNT,
            verb=verbs.PASSWORD_CHANGED,
            actor_id=actor_id,
            changes={},
        )
