"""Where people are signed in: starting, rotating and ending sessions."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Expression, F, QuerySet
from django.db.models.functions import Least, Now
from django.utils import timezone
from rest_framework.exceptions import NotFound

from accounts import verbs
from accounts.models import Session, User
from accounts.revocation import revoke_access
from accounts.tokens import AccessToken, RefreshToken
from common.errors import AuthenticationFailed
from common.purging import purge
from events.log import ACCOUNT, Entry, append, append_many

REFRESH_LIFETIME = timedelta(seconds=settings.REFRESH_TOKEN_SECONDS)
SESSION_LIFETIME = timedelta(seconds=settings.SESSION_SECONDS)
GRACE = timedelta(seconds=settings.REFRESH_GRACE_SECONDS)

EXPIRED = """
    DELETE FROM accounts_session WHERE id IN (
        SELECT id FROM accounts_session
        WHERE expires_at < %(before)s ORDER BY expires_at LIMIT %(limit)s
    )
"""


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
    """Sign in, unless password, role or account have changed since they were checked.

    The person's row is taken first, as by whoever ends all sessions after such a
    change: a sign-in is either among those that end, or sees the change. Raises
    AuthenticationFailed.
    """
    now = timezone.now()
    with transaction.atomic():
        unchanged = User.objects.filter(
            pk=user.pk, password=user.password, role=user.role, is_active=True
        )
        if not unchanged.update(last_login=now):
            raise AuthenticationFailed(
                "invalid_credentials", "Check the username and the password."
            )
        session = Session.objects.create(
            user=user,
            created_at=now,
            rotated_at=now,
            expires_at=now + REFRESH_LIFETIME,
            user_agent=client.user_agent[:255],
            ip_address=client.ip_address,
        )
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
        expires_at=Least(now + REFRESH_LIFETIME, F("created_at") + SESSION_LIFETIME),
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


def end_sessions(
    *, user_id: int, reason: str, actor_id: int | None, but: int | None = None
) -> int:
    """End all open sessions of a user, `but` one; return how many there were.

    Three queries, however many. Seen everywhere within 1 s.
    """
    with transaction.atomic():
        open_ones = Session.objects.filter(user=user_id, ended_at=None).exclude(
            pk=but or 0
        )
        locked = open_ones.select_for_update(no_key=True).order_by("pk")
        ids = list(locked.values_list("pk", flat=True))
        if not ids:
            return 0
        Session.objects.filter(pk__in=ids).update(
            ended_at=timezone.now(), end_reason=reason
        )
        append_many(
            owner_id=user_id,
            kind=ACCOUNT,
            actor_id=actor_id,
            entries=[
                Entry(verbs.SESSION_ENDED, changes={"session": pk, "reason": reason})
                for pk in ids
            ],
        )
        transaction.on_commit(lambda: revoke_access(ids), robust=True)
    return len(ids)


def purge_sessions() -> int:
    """Delete those whose tokens have all run out; return how many. May run twice."""
    return purge(EXPIRED, before=timezone.now())


def live_sessions(user_id: int | Expression) -> QuerySet[Session]:
    return Session.objects.filter(user=user_id, ended_at=None, expires_at__gt=Now())


def end_own_session(*, user_id: int, session_id: int) -> None:
    """Raises NotFound for another's, and for one that has ended."""
    session = live_sessions(user_id).filter(pk=session_id).first()
    reason = Session.EndReason.LOGOUT
    if session is None or not end_session(
        session=session, reason=reason, actor_id=user_id
    ):
        raise NotFound
