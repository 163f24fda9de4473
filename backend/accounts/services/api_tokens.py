import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Expression, QuerySet
from django.utils import timezone
from rest_framework.exceptions import NotFound

from accounts import verbs
from accounts.api_tokens import derive, digest_of
from accounts.models import ApiToken
from accounts.services.profile import current_user
from common.errors import TooManyApiTokens
from events.log import ACCOUNT, append

MAX_PER_USER = 50
# Longer than the answers to an Idempotency-Key are kept.
RECALLED_FOR = timedelta(days=2)


def create_api_token(
    *, user_id: int, name: str, scope: str, expires_at: datetime | None = None
) -> ApiToken:
    """A new token; `api_tokens.recall` names it. Raises TooManyApiTokens."""
    nonce = secrets.token_bytes(32)
    with transaction.atomic():
        current_user(user_id, lock=True)  # so that two requests count one by one
        if live_api_tokens(user_id).count() >= MAX_PER_USER:
            raise TooManyApiTokens
        token = ApiToken.objects.create(
            user_id=user_id,
            name=name,
            scope=scope,
            nonce=nonce,
            digest=digest_of(derive(nonce, settings.JWT_SIGNING_KEY)),
            created_at=timezone.now(),
            expires_at=expires_at,
        )
        append_change(token, verbs.API_TOKEN_CREATED)
    return token


def revoke_api_token(*, user_id: int, token_id: int) -> None:
    """Void it at once. Raises NotFound for another's, and for one that is void."""
    with transaction.atomic():
        mine = live_api_tokens(user_id).filter(pk=token_id)
        if not mine.update(revoked_at=timezone.now()):
            raise NotFound
        append_change(ApiToken.objects.get(pk=token_id), verbs.API_TOKEN_REVOKED)


def revoke_api_tokens(*, user_id: int) -> None:
    """All of them. Called with the change that makes them void, which is the event."""
    live_api_tokens(user_id).update(revoked_at=timezone.now())


def forget_old_api_tokens() -> None:
    """Nonces and revoked tokens that no repeated request can ask for. May run twice."""
    before = timezone.now() - RECALLED_FOR
    ApiToken.objects.filter(revoked_at__lt=before, created_at__lt=before).delete()
    ApiToken.objects.filter(created_at__lt=before).exclude(nonce=None).update(
        nonce=None
    )


def live_api_tokens(user_id: int | Expression) -> QuerySet[ApiToken]:
    """Those that are listed and count; one that has run out stays until it is taken."""
    return ApiToken.objects.filter(user=user_id, revoked_at=None)


def append_change(token: ApiToken, verb: str) -> None:
    append(
        owner_id=token.user_id,
        kind=ACCOUNT,
        verb=verb,
        actor_id=token.user_id,
        changes={"token": token.pk, "name": token.name, "scope": token.scope},
    )
