"""How much anybody may ask in a while: counted in Redis, exactly, by every process.

A window starts with the first request of a holder in a scope and lasts for the
scope's seconds: in it, N requests pass, however many processes count. While Redis is
away, everything passes (sign-in has limits of its own: `common.attempts`).
"""

import ipaddress
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from common.identity import address_of
from common.redis import RedisAwayError, Script

TAKEN = "common.limits.taken"  # in request.META, which DRF's and Django's request share
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

# A Redis that has lost its data has lost marks of ended sessions as well. It is `YOUNG`
# for as long as they would have lasted, and what no mark says is not known meanwhile.
KEPT, YOUNG = "marks:kept", "marks:young"

# One round trip: count this request, and look for two marks, which would otherwise be
# another: that its holder has no say any more (an ended session), and that they have
# just written (common.replica).
TAKE = Script(
    """
    local used = redis.call('INCR', KEYS[1])
    local left = tonumber(ARGV[1])
    if used == 1 then
        redis.call('PEXPIRE', KEYS[1], left)
    else
        left = redis.call('PTTL', KEYS[1])
    end
    if redis.call('SET', KEYS[4], 1, 'NX') then
        redis.call('SET', KEYS[5], 1, 'EX', ARGV[2])
    end
    local function has(key) return redis.call('EXISTS', key) end
    return {used, left, has(KEYS[5]), has(KEYS[2]), has(KEYS[3])}
    """
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A request that has been counted, or could not be (`used` is None).

    `is_marked` is None where Redis does not know: away, or without its data of late.
    """

    scope: str
    quota: int
    window_seconds: int
    used: int | None = None
    left_ms: int = 0
    is_marked: bool | None = None
    is_writer: bool | None = None

    @property
    def is_allowed(self) -> bool:
        return self.used is None or self.used <= self.quota

    @property
    def left_seconds(self) -> int:
        return max(1, ceil(self.left_ms / 1000))

    def headers(self) -> dict[str, str]:
        """`RateLimit-Policy`, and `RateLimit` where Redis has counted.

        draft-ietf-httpapi-ratelimit-headers: q(uota) per w(indow), r(emaining) for t.
        """
        policy = f'"{self.scope}";q={self.quota};w={self.window_seconds}'
        if self.used is None:
            return {"RateLimit-Policy": policy}
        remaining = max(0, self.quota - self.used)
        now = f'"{self.scope}";r={remaining};t={self.left_seconds}'
        return {"RateLimit-Policy": policy, "RateLimit": now}


def take_for_user(request: Request, user_id: int, *, mark: str = "") -> Taken:
    """Count a request of a user's. `mark`: a key to look for in the same round trip."""
    scope = scope_of(request, request.parser_context.get("view"))
    return take(request, scope, f"user:{user_id}", mark, writer_key(user_id))


def take_for_address(request: Request | HttpRequest, scope: str) -> Taken:
    """Count a request nobody has signed."""
    return take(request, scope, f"address:{network_of(request)}")


def writer_key(user_id: int) -> str:
    return f"wrote:{user_id}"


def take(
    request: Request | HttpRequest,
    scope: str,
    holder: str,
    mark: str = "",
    writer: str = "",
) -> Taken:
    quota, seconds = settings.LIMITS[scope]
    key = f"limit:{scope}:{holder}"
    try:
        keys = (key, mark, writer, KEPT, YOUNG)
        lasts = settings.ACCESS_TOKEN_SECONDS
        answer = TAKE.run(*keys, seconds * 1000, lasts, keys=len(keys))
        used, left_ms, is_young, ended, wrote = answer
        is_marked = True if ended else None if is_young else False
        taken = Taken(scope, quota, seconds, used, left_ms, is_marked, bool(wrote))
    except RedisAwayError:
        taken = Taken(scope, quota, seconds)
    request.META[TAKEN] = taken
    return taken


def scope_of(request: Request | HttpRequest, view: Any = None) -> str:
    """What the view says (`throttle_scope`), else what the method does."""
    scope: str | None = getattr(view, "throttle_scope", None)
    if scope is not None:
        return scope
    by_method = scope_by_method(request)
    is_search = by_method == "read" and "search" in request.GET
    return "search" if is_search else by_method


def scope_by_method(request: Request | HttpRequest) -> str:
    return "read" if request.method in SAFE_METHODS else "write"


def network_of(request: HttpRequest | Request) -> str:
    """Whose address it is: a household has one IPv4 address, or a /64 of IPv6."""
    text = address_of(request)
    if text is None:
        return "unknown"
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv4Address):
        return text
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


class LimitThrottle(BaseThrottle):
    """Refuses what is beyond the limit; authentication has usually counted already."""

    taken: Taken

    def allow_request(self, request: Request, view: Any) -> bool:
        scope = scope_of(request, view)
        self.taken = request.META.get(TAKEN) or take_for_address(request, scope)
        return self.taken.is_allowed

    def wait(self) -> float:
        return self.taken.left_seconds
