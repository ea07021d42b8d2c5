"""How much each caller has asked for, counted by the library `limits` in memory or in Redis."""

import math
import time
from typing import Final

from limits import parse
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from service.domain.access import Allowance

_SPACE: Final = "onrecord"


class SlidingLimiter:
    """Satisfies `service.ports.Limiter`.

    `rate` is such as `600/minute`. The window slides: the one before counts by the part of it that
    is still within reach, so that nobody gets twice the rate around the turn of a minute, and a
    caller takes two numbers however high the rate is. Services that share a `storage` count
    together; by default it is this process's memory.
    """

    def __init__(self, rate: str, storage: Storage | None = None) -> None:
        self._rate = parse(rate)
        self._limiter = SlidingWindowCounterRateLimiter(storage or MemoryStorage())

    async def take(self, caller: str, cost: int = 1) -> Allowance:
        """Counts `cost`, or nothing where that is more than is left. What costs more than the whole
        window costs just that: else it would never be granted."""
        limit, window_s = self._rate.amount, self._rate.get_expiry()
        cost = min(cost, limit)
        granted = await self._limiter.hit(self._rate, _SPACE, caller, cost=cost)
        stats = await self._limiter.get_window_stats(self._rate, _SPACE, caller)
        reset_s = max(0.0, stats.reset_time - time.time())
        if not granted:  # not before as much has come free as was asked for, at the usual rate
            reset_s = max(reset_s, (cost - stats.remaining) * window_s / limit)
        return Allowance(granted, limit, stats.remaining, math.ceil(window_s), reset_s)
