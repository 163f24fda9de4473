"""At most ten sockets for each person, over all realtime processes.

Redis keeps how many each process holds for a user, and which processes are alive: what
a killed one held is free a few seconds later. The eleventh is refused, and not the
oldest closed: pages that push each other out would reconnect for ever.
"""

import asyncio
import secrets
from collections import Counter
from functools import cache

import structlog

from common.redis import RedisAwayError, Script, ask

logger = structlog.get_logger(__name__)

MAX_SOCKETS = 10
ALIVE_SECONDS = 5  # renewed twice a second by the hub's pulse
KEPT_SECONDS = 24 * 3600  # longer than a socket lives

# KEYS: the user's seats, this process; ARGV: its name, its seats after this one.
TAKE = Script(
    """
    redis.call('SET', KEYS[2], 1, 'EX', ARGV[4])
    local held = redis.call('HGETALL', KEYS[1])
    local total = tonumber(ARGV[2])
    for n = 1, #held, 2 do
        if redis.call('EXISTS', 'realtime:process:' .. held[n]) == 0 then
            redis.call('HDEL', KEYS[1], held[n])
        elseif held[n] ~= ARGV[1] then
            total = total + tonumber(held[n + 1])
        end
    end
    if total > tonumber(ARGV[3]) then
        return 0
    end
    redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
    redis.call('EXPIRE', KEYS[1], ARGV[5])
    return 1
    """
)


@cache
def process_name() -> str:
    return secrets.token_hex(8)


def process_key() -> str:
    return f"realtime:process:{process_name()}"


def seats_key(user_id: int) -> str:
    return f"realtime:sockets:{user_id}"


class Seats:
    """How many sockets this process holds for each user, and has told Redis of."""

    def __init__(self) -> None:
        self.mine: Counter[int] = Counter()
        self.untold: set[int] = set()
        self.lock = asyncio.Lock()  # what Redis is told stays in order

    async def take(self, user_id: int) -> bool:
        """Whether there was one left. Raises RedisAwayError."""
        async with self.lock:
            wanted = self.mine[user_id] + 1
            if not await asyncio.to_thread(take_seat, user_id, wanted):
                return False
            self.mine[user_id] = wanted
            return True

    async def give_back(self, user_id: int) -> None:
        async with self.lock:
            self.mine[user_id] -= 1
            self.untold.add(user_id)
            await self.tell()

    async def tell_again(self) -> None:
        """Tell Redis what it could not be told before."""
        async with self.lock:
            await self.tell()

    async def tell(self) -> None:
        for user_id in list(self.untold):
            try:
                await asyncio.to_thread(set_seats, user_id, self.mine[user_id])
            except RedisAwayError:
                return
            self.untold.discard(user_id)
            if not self.mine[user_id]:
                del self.mine[user_id]


def take_seat(user_id: int, wanted: int) -> bool:
    keys = (seats_key(user_id), process_key())
    arguments = (process_name(), wanted, MAX_SOCKETS, ALIVE_SECONDS, KEPT_SECONDS)
    return bool(TAKE.run(*keys, *arguments, keys=len(keys)))


def set_seats(user_id: int, count: int) -> None:
    key, name = seats_key(user_id), process_name()
    if count:
        ask(lambda redis: redis.hset(key, name, str(count)))
    else:
        ask(lambda redis: redis.hdel(key, name))


def stay_alive() -> None:
    """Raises RedisAwayError."""
    ask(lambda redis: redis.set(process_key(), 1, ex=ALIVE_SECONDS))


seats = Seats()
