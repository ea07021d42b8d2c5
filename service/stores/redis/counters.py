"""Where replicas of a service count together what their callers ask for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final, cast

from limits.aio.storage import RedisStorage, Storage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.typing import AsyncRedisClient
from redis.asyncio import Redis, RedisCluster
from redis.exceptions import RedisError

from service.stores.redis.address import Address
from service.stores.redis.clients import close, make_client

_WAIT_S: Final = 1.0
"""Whoever counts waits a shorter time, and lets the caller in then."""


class _Counters(RedisStorage):
    """Over a client that is open already: by itself the library would read another form of address,
    and would know a cluster only by its own."""

    def __init__(self, client: Redis | RedisCluster, prefix: str) -> None:
        self._client = client
        super().__init__("redis://", implementation="redispy", key_prefix=prefix)

    def configure_bridge(self) -> None:
        """What the library calls to get its connections."""
        bridge = cast(RedispyBridge, self.bridge)
        bridge.storage = self._client
        bridge.connection_getter = lambda _: cast(AsyncRedisClient, self._client)


@asynccontextmanager
async def open_counters(address: Address) -> AsyncIterator[Storage]:
    """Counters beside the index at `address`. A Redis that is away does not keep a service from
    starting: it is looked for again at each use."""
    client = make_client(address, wait_s=_WAIT_S)
    try:
        # Not at the first use: a cluster's client that many use at once while it finds its nodes
        # drops connections that others hold.
        with suppress(RedisError, OSError):
            await client.initialize()
        yield _Counters(client, f"{address.prefix}:rate")
    finally:
        await close(client)
