"""Personal API tokens: how they are made, found and noted as used."""

import base64
import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import ApiToken
from common.errors import AuthenticationFailed

PREFIX = "tm_"
NOTED_EVERY = timedelta(minutes=1)


def is_api_token(raw: bytes) -> bool:
    return raw.startswith(PREFIX.encode())


def derive(nonce: bytes, key: str) -> str:
    """The token of a nonce: 256 bits that only who has the signing key can name."""
    mac = hmac.digest(key.encode(), b"api-token:" + nonce, "sha256")
    return PREFIX + base64.urlsafe_b64encode(mac).decode().rstrip("=")


def digest_of(raw: str) -> str:
    """What is stored. Plain SHA-256: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(raw.encode()).hexdigest()


def recall(token: ApiToken) -> str | None:
    """The token in plain, as it was shown once; None when it is too long ago."""
    if token.nonce is None:
        return None
    for key in filter(None, [settings.JWT_SIGNING_KEY, settings.JWT_PREVIOUS_KEY]):
        raw = derive(bytes(token.nonce), key)
        if digest_of(raw) == token.digest:
            return raw
    return None


def read_api_token(raw: bytes) -> ApiToken:
    """Raise AuthenticationFailed for anything but a valid token of somebody active.

    One query. Its `user` holds id, role and time zone, like an access token's.
    """
    found = (
        ApiToken.objects.select_related("user")
        .filter(digest=hashlib.sha256(raw).hexdigest())
        .filter(revoked_at=None, user__is_active=True)
        .only("scope", "expires_at", "last_used_at", "user__role", "user__time_zone")
        .first()
    )
    if found is None:
        raise AuthenticationFailed("token_invalid", "This is not a token of this site.")
    if found.expires_at and found.expires_at <= timezone.now():
        raise AuthenticationFailed("token_expired", "This API token has run out.")
    note_use(found)
    return found


def note_use(token: ApiToken) -> None:
    """Once a minute, however many requests come at once."""
    now = timezone.now()
    if token.last_used_at and now - token.last_used_at < NOTED_EVERY:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lte=now - NOTED_EVERY)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
