"""Clients of redis-py for what is small and may fail, the cache of checks and counters; and how
connections end."""

from contextlib import suppress

from redis.asyncio import ConnectionPool, Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from service.stores.redis.address import Address
from service.stores.redis.errors import RedisError


def make_client(address: Address, *, wait_s: float) -> Redis | RedisCluster:
    """One that connects when it is first asked, and waits no longer than `wait_s` seconds. Close it
    after use."""
    retry = Retry(NoBackoff(), 1)  # a connection that was idle may be gone
    if not address.cluster:
        return Redis(
            host=address.host,
            port=address.port,
            ssl=address.tls,
            socket_timeout=wait_s,
            socket_connect_timeout=wait_s,
            retry=retry,
            db=address.database,
            **address.sign_in,
        )
    return RedisCluster(
        address.host,
        address.port,
        ssl=address.tls,
        socket_timeout=wait_s,
        socket_connect_timeout=wait_s,
        retry=retry,
        require_full_coverage=False,
        **address.sign_in,
    )


async def close(connections: Redis | RedisCluster | ConnectionPool) -> None:
    """Closes them, and never fails: what does not end in time, on a busy machine or where the other
    side hangs, ends with the process."""
    with suppress(RedisError, OSError):
        await connections.aclose()
