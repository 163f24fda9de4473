"""Access and refresh tokens: what they say, how they are signed and checked."""

import hashlib
import time
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NoReturn

import jwt
from django.conf import settings
from rest_framework_simplejwt import tokens
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import ExpiredTokenError, TokenError

from accounts.models import Session, User
from accounts.validators import known_time_zones
from common.errors import AuthenticationFailed

MAX_ID = 2**63 - 1
MAX_VERIFIED = 2_000  # per process; about 2 KB each


def key_id(key: str) -> str:
    """A key's public name: says which key signed, and nothing about the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]


class KeyRing(TokenBackend):
    """simplejwt's signer with `kid`, so that two keys can overlap while they rotate."""

    def __init__(self) -> None:
        jwt_settings = settings.SIMPLE_JWT
        super().__init__(
            jwt_settings["ALGORITHM"],
            signing_key=jwt_settings["SIGNING_KEY"],
            audience=jwt_settings["AUDIENCE"],
            issuer=jwt_settings["ISSUER"],
        )
        keys = [settings.JWT_SIGNING_KEY, settings.JWT_PREVIOUS_KEY]
        self.keys = {key_id(key): key.encode() for key in keys if key}

    def encode(self, payload: dict[str, Any]) -> str:
        claims = {**payload, "aud": self.audience, "iss": self.issuer}
        headers = {"kid": key_id(settings.JWT_SIGNING_KEY)}
        key = self.prepared_signing_key
        return jwt.encode(claims, key, algorithm=self.algorithm, headers=headers)

    def get_verifying_key(self, token: Any) -> Any:
        kid = jwt.get_unverified_header(token).get("kid")
        if not isinstance(kid, str) or kid not in self.keys:
            raise jwt.InvalidTokenError("unknown key")
        return self.keys[kid]


key_ring = KeyRing()


def is_id(value: Any) -> bool:
    return type(value) is int and 0 < value <= MAX_ID


class SessionToken(tokens.Token):
    """A token that belongs to a session (`sid`) and whose claims have their types.

    A token can be well signed and still odd (an old release, a leaked key): every
    claim is checked before it is used, so that oddness is 401 and never 500.
    """

    def get_token_backend(self) -> KeyRing:
        return key_ring

    def verify(self) -> None:
        super().verify()
        times = (self.payload.get("iat"), self.payload.get("exp"))
        if not all(type(moment) is int for moment in times):
            raise TokenError("iat and exp must be integers")
        if not is_id(self.payload.get("sid")):
            raise TokenError("sid must be an id")

    @property
    def session_id(self) -> int:
        sid: int = self.payload["sid"]
        return sid


class AccessToken(SessionToken):
    token_type = "access"  # noqa: S105 - a name, not a secret
    lifetime = timedelta(seconds=settings.ACCESS_TOKEN_SECONDS)

    @classmethod
    def for_session(cls, session: Session, user: User) -> "AccessToken":
        token = cls()
        token["sid"] = session.pk
        token["sub"] = str(user.pk)
        token["role"] = user.role
        # A zone that this release has no longer heard of shuts nobody out.
        is_known = user.time_zone in known_time_zones()
        token["tz"] = user.time_zone if is_known else "UTC"
        return token

    def verify(self) -> None:
        super().verify()
        subject = self.payload.get("sub")
        if not (isinstance(subject, str) and subject.isascii() and subject.isdigit()):
            raise TokenError("sub must be an id in digits")
        if len(subject) > len(str(MAX_ID)) or not is_id(int(subject)):
            raise TokenError("sub is out of range")
        if self.payload.get("role") not in list(User.Role.values):
            raise TokenError("role is unknown")
        if self.payload.get("tz") not in known_time_zones():
            raise TokenError("tz is unknown")

    @property
    def user_id(self) -> int:
        return int(self.payload["sub"])


class RefreshToken(SessionToken):
    token_type = "refresh"  # noqa: S105 - a name, not a secret
    lifetime = timedelta(seconds=settings.REFRESH_TOKEN_SECONDS)

    @classmethod
    def for_session(cls, session: Session) -> "RefreshToken":
        """The session's current refresh token: the same row gives the same token."""
        token = cls()
        token.payload = {
            "token_type": cls.token_type,
            "jti": f"{session.pk}.{session.generation}",
            "sid": session.pk,
            "gen": session.generation,
            "iat": seconds(session.rotated_at),
            "exp": seconds(session.rotated_at + cls.lifetime),
        }
        return token

    def verify(self) -> None:
        super().verify()
        if not is_id(self.payload.get("gen")):
            raise TokenError("gen must be a positive integer")

    @property
    def generation(self) -> int:
        generation: int = self.payload["gen"]
        return generation


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


@lru_cache(MAX_VERIFIED)
def verified(raw: bytes) -> AccessToken:
    """An access token whose signature and claims held when it was first seen.

    A client sends the same one for five minutes, and checking it takes a sixth of a
    list request's time. What time changes is checked by who asks: its end, and whether
    its session has ended.
    """
    return AccessToken(raw)  # type: ignore[arg-type]


def read_access_token(raw: bytes) -> AccessToken:
    """Raise AuthenticationFailed for anything but a valid access token."""
    try:
        token = verified(raw)
        if token["exp"] <= time.time():
            raise ExpiredTokenError
        return token
    except Exception as error:  # noqa: BLE001 - whatever a token breaks, it is 401
        refuse(error)


def read_refresh_token(raw: str) -> RefreshToken:
    """Raise AuthenticationFailed for anything but a valid refresh token."""
    try:
        return RefreshToken(raw)  # type: ignore[arg-type]
    except Exception as error:  # noqa: BLE001 - whatever a token breaks, it is 401
        refuse(error)


def refuse(error: Exception) -> NoReturn:
    if isinstance(error, ExpiredTokenError):
        raise AuthenticationFailed(
            "token_expired", "Get a new one with your refresh token."
        ) from error
    raise AuthenticationFailed(
        "token_invalid", "This is not a token of this site."
    ) from error
