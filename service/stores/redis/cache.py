"""A cache that all replicas of the service share, in the Redis of the store.

Its size is bounded without counting: there is a fixed number of places, a key's digest names its
place, and the newer value takes it over. So nothing of the archive is ever pushed out, whatever
Redis does when its memory is full.
"""

from typing import Final

from redis.asyncio import Redis, RedisCluster

from service.domain.errors import StoreFailed
from service.stores.redis.address import Address
from service.stores.redis.clients import close, make_client
from service.stores.redis.errors import RedisError

_PLACE_BYTES: Final = 4096
"""What a place takes, on average: a check is 1 to 3 KiB."""
_MOST_BYTES: Final = 65_536
"""What is larger is not kept: one value would take many others' share."""
_KEY_BYTES: Final = 32
_WAIT_S: Final = 0.5
"""For a connection or an answer: a check waits no longer than about as long as it takes to make the
answer anew."""


class RedisCache:
    """Holds about `max_bytes`, each value for `lifetime_s`. Keys are hexadecimal SHA-256 digests.

    `client` is closed with the cache.
    """

    def __init__(
        self, client: Redis | RedisCluster, *, prefix: str, max_bytes: int, lifetime_s: float
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._places = max(1, max_bytes // _PLACE_BYTES)
        self._lifetime_ms = max(1, round(1000 * lifetime_s))

    async def get(self, key: str) -> bytes | None:
        """The value, if nothing has taken its place. Raises StoreFailed."""
        try:
            held = await self._client.get(self._place(key))
        except (RedisError, OSError) as error:
            raise StoreFailed(f"the cache in Redis did not answer ({error})") from error
        # The key stands before the value, as several share a place.
        if not isinstance(held, bytes) or held[:_KEY_BYTES] != bytes.fromhex(key):
            return None
        return held[_KEY_BYTES:]

    async def put(self, key: str, value: bytes) -> None:
        """Keeps the value, unless it is too large. Raises StoreFailed."""
        if len(value) > _MOST_BYTES:
            return
        held = bytes.fromhex(key) + value
        try:
            await self._client.set(self._place(key), held, px=self._lifetime_ms)
        except (RedisError, OSError) as error:
            raise StoreFailed(f"the cache in Redis took nothing ({error})") from error

    async def close(self) -> None:
        """Closes the connections."""
        await close(self._client)

    def _place(self, key: str) -> str:
        return f"{self._prefix}:cache:{int(key, 16) % self._places}"


def open_cache(address: Address, *, max_bytes: int, lifetime_s: float) -> RedisCache:
    """A cache that connects when it is first asked."""
    return RedisCache(
        make_client(address, wait_s=_WAIT_S),
        prefix=address.prefix,
        max_bytes=max_bytes,
        lifetime_s=lifetime_s,
    )
