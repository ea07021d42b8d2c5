"""Where replicas of a service count together what their callers ask for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from limits.aio.storage import RedisStorage, Storage
from redis.asyncio import Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from service.stores.redis.address import Address

_PATIENCE_S: Final = 1.0
"""Whoever counts waits a shorter time, and lets the caller in then."""


class _Counters(RedisStorage):
    """Over a client that is open already: by itself the library would read another form of address,
    and would know a cluster only by its own."""

    STORAGE_SCHEME = None

    def __init__(self, client: Redis | RedisCluster, prefix: str) -> None:
        self._client = client
        super().__init__("redis://", implementation="redispy", key_prefix=prefix)

    def configure_bridge(self) -> None:
        """What the library calls to get its connections."""
        self.bridge.storage = self._client
        self.bridge.connection_getter = lambda _: self._client


@asynccontextmanager
async def open_counters(address: Address) -> AsyncIterator[Storage]:
    """Counters beside the index at `address`, connected when first used: a Redis that is away must
    not keep the service from starting."""
    client = _client(address)
    try:
        yield _Counters(client, f"{address.prefix}:rate")
    finally:
        await client.aclose()


def _client(address: Address) -> Redis | RedisCluster:
    patience: dict[str, Any] = {"socket_timeout": _PATIENCE_S, "socket_connect_timeout": _PATIENCE_S}
    if address.cluster:
        return RedisCluster(
            address.host,
            address.port,
            ssl=address.tls,
            username=address.username,
            password=address.password,
            **patience,
        )
    return Redis(
        host=address.host,
        port=address.port,
        ssl=address.tls,
        retry=Retry(NoBackoff(), 0),
        **address.sign_in,
        **patience,
    )
