"""What one caller may still ask for."""

import asyncio
import logging
import math
from ipaddress import IPv6Address, IPv6Network, ip_address

from service.domain.access import Allowance, Key
from service.domain.errors import RateLimited
from service.observe import Metrics
from service.ports import Limiter

ANSWER_S = 0.25
"""Longest that counting may take, so that a limiter that hangs holds nobody up."""
_STATEMENT_CHARS = 125
"""About as long as a statement of a draft is."""
_HOST_BITS = 64
"""Of an IPv6 address, which one subscriber has all to himself (RFC 6177)."""

_log = logging.getLogger(__name__)


class Meter:
    """Counts what a request costs its caller, so that the limit follows the work: 1 a call, 1 a
    line of a batch, 1 for each statement that a draft may have.

    Where counting fails the caller is let in, and the failure counted: a limit protects from too
    much, and must not be the reason for nothing at all.
    """

    def __init__(self, limiter: Limiter | None, caller: str, metrics: Metrics) -> None:
        self._limiter = limiter
        self._caller = caller
        self._metrics = metrics
        self._last: Allowance | None = None
        self._taken = 0

    async def take(self, cost: int = 1) -> None:
        """Counts `cost`, and for one request no more than the limit in all: else a long draft would
        never be let in. Raises RateLimited, with nothing counted, where less than that is left."""
        most = self._last.limit - self._taken if self._last else cost
        if min(cost, most) < 1:
            return
        allowance = await self._take(min(cost, most))
        if allowance is not None and not allowance.granted:
            limit = f"{allowance.limit:,} in {allowance.window_s:,} seconds (ONRECORD_RATE_LIMIT)"
            again_s = self._taken * allowance.window_s / allowance.limit  # it is counted again then
            raise RateLimited(
                f"This costs {cost:,}, and {allowance.left:,} are left of {limit}.",
                retry_after_s=_whole(allowance.reset_s + again_s),
            )

    async def take_draft(self, chars: int) -> None:
        """Counts the statements that a draft of so many characters may have. Raises RateLimited."""
        await self.take(chars // _STATEMENT_CHARS)

    async def wait(self) -> None:
        """Counts 1, as soon as there is room: for a stream, which goes no faster than the limit."""
        while True:
            allowance = await self._take(1)
            if allowance is None or allowance.granted:
                return
            await asyncio.sleep(max(allowance.reset_s, 0.01))

    def headers(self) -> dict[str, str]:
        """What the caller has left, as draft-ietf-httpapi-ratelimit-headers-10 writes it; nothing
        where nothing was counted."""
        if (last := self._last) is None:
            return {}
        return {
            "RateLimit-Policy": f'"default";q={last.limit};w={last.window_s}',
            "RateLimit": f'"default";r={last.left};t={_whole(last.reset_s)}',
        }

    async def _take(self, cost: int) -> Allowance | None:
        if self._limiter is None:
            return None
        try:
            async with asyncio.timeout(ANSWER_S):
                self._last = await self._limiter.take(self._caller, cost)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller is let in
            self._metrics.limiter_failed()
            _log.warning("not counted against the rate limit: %s", type(error).__name__)
            return None
        self._taken += cost if self._last.granted else 0
        return self._last


def caller_of(key: Key | None, address: str) -> str:
    """Whom a request counts against: its key, else the address of its client."""
    if key is not None:
        return f"key:{key.id}"
    try:
        host = ip_address(address)
    except ValueError:
        return "address:unknown"
    if isinstance(host, IPv6Address) and not host.ipv4_mapped:
        return f"address:{IPv6Network((int(host), _HOST_BITS), strict=False)}"
    return f"address:{getattr(host, 'ipv4_mapped', None) or host}"


def _whole(seconds: float) -> int:
    return max(1, math.ceil(seconds))
