"""Where people are signed in: starting, rotating and ending sessions."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import verbs
from accounts.models import Session, User
from accounts.revocation import revoke_access
from accounts.tokens import AccessToken, RefreshToken
from common.errors import AuthenticationFailed
from events.log import ACCOUNT, append

REFRESH_LIFETIME = timedelta(seconds=settings.REFRESH_TOKEN_SECONDS)
GRACE = timedelta(seconds=settings.REFRESH_GRACE_SECONDS)


@dataclass(frozen=True)
class Client:
    """Where a sign-in comes from, as shown in the list of sessions."""

    user_agent: str = ""
    ip_address: str | None = None


@dataclass(frozen=True)
class TokenPair:
    user: User
    access: str
    refresh: str


def start_session(*, user: User, client: Client) -> TokenPair:
    now = timezone.now()
    with transaction.atomic():
        session = Session.objects.create(
            user=user,
            created_at=now,
            rotated_at=now,
            expires_at=now + REFRESH_LIFETIME,
            user_agent=client.user_agent[:255],
            ip_address=client.ip_address,
        )
        User.objects.filter(pk=user.pk).update(last_login=now)
        append(
            owner_id=user.pk,
            kind=ACCOUNT,
            verb=verbs.SESSION_STARTED,
            actor_id=user.pk,
            changes={"session": session.pk},
        )
    return sign_pair(session, user)


def sign_pair(session: Session, user: User) -> TokenPair:
    return TokenPair(
        user=user,
        access=str(AccessToken.for_session(session, user)),
        refresh=str(RefreshToken.for_session(session)),
    )


def rotate_session(*, token: RefreshToken) -> TokenPair:
    """Spend a refresh token for the next pair.

    One conditional update decides the winner, however many race. (It must not look at
    another table: a join makes it a subquery, which PostgreSQL does not evaluate again
    for those who waited, and then everybody wins.) Whoever comes second
    with the previous token within the grace gets the winner's successor again. An
    older token has been copied by somebody: the session ends (RFC 9700 §4.14.2).
    Raises AuthenticationFailed: session_ended, token_reused.
    """
    now = timezone.now()
    advanced = Session.objects.filter(
        pk=token.session_id,
        generation=token.generation,
        ended_at=None,
        expires_at__gt=now,
    ).update(
        generation=F("generation") + 1,
        rotated_at=now,
        expires_at=now + REFRESH_LIFETIME,
    )
    session = Session.objects.select_related("user").filter(pk=token.session_id).first()
    if session is None or session.ended_at or not session.user.is_active:
        raise AuthenticationFailed("session_ended", "Sign in again.")
    if not advanced:
        check_grace(session, token)
    return sign_pair(session, session.user)


def check_grace(session: Session, token: RefreshToken) -> None:
    """Let a lost race pass; end the session for a token that was spent long ago."""
    is_previous = token.generation == session.generation - 1
    if is_previous and timezone.now() - session.rotated_at <= GRACE:
        return
    if token.generation >= session.generation:  # it can only have run out
        raise AuthenticationFailed("session_ended", "Sign in again.")
    end_session(session=session, reason=Session.EndReason.REUSED, actor_id=None)
    raise AuthenticationFailed(
        "token_reused",
        "This refresh token was spent before, so the session has ended. Sign in again.",
    )


def end_session(*, session: Session, reason: str, actor_id: int | None) -> bool:
    """End one session; False if it had ended already. Seen everywhere within 1 s."""
    with transaction.atomic():
        ended = Session.objects.filter(pk=session.pk, ended_at=None).update(
            ended_at=timezone.now(), end_reason=reason
        )
        if not ended:
            return False
        is_reuse = reason == Session.EndReason.REUSED
        happened = [verbs.SESSION_REUSED] if is_reuse else []
        for verb in [*happened, verbs.SESSION_ENDED]:
            append(
                owner_id=session.user_id,
                kind=ACCOUNT,
                verb=verb,
                actor_id=actor_id,
                changes={"session": session.pk, "reason": reason},
            )
        transaction.on_commit(lambda: revoke_access([session.pk]), robust=True)
    return True


def end_sessions(*, user_id: int, reason: str, actor_id: int | None) -> int:
    """End all open sessions of a user and return how many there were."""
    return sum(
        end_session(session=session, reason=reason, actor_id=actor_id)
        for session in Session.objects.filter(user=user_id, ended_at=None)
    )
