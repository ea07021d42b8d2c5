"""The cache in Redis: shared, bounded, gone after its time, and no trouble when Redis is."""

import hashlib
from collections.abc import AsyncIterator

import pytest

from service.domain.errors import StoreFailed
from service.stores.redis.address import parse_address
from service.stores.redis.cache import RedisCache, open_cache
from tests.redis_servers import Servers, until


def key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def opened(servers: Servers, *, max_bytes: int = 1_000_000, lifetime_s: float = 60) -> RedisCache:
    return open_cache(parse_address(servers.url), max_bytes=max_bytes, lifetime_s=lifetime_s)


@pytest.fixture
async def cache(redis_server: Servers) -> AsyncIterator[RedisCache]:
    cache = opened(redis_server)
    yield cache
    await cache.close()


async def test_replicas_share_it(cache: RedisCache, redis_server: Servers) -> None:
    """What one has put another finds, byte for byte."""
    other = opened(redis_server)
    await cache.put(key("a"), b"\0\xffvalue")
    assert await other.get(key("a")) == b"\0\xffvalue"
    assert await other.get(key("b")) is None
    await other.close()


async def test_a_cluster_has_it_too(redis_cluster: Servers) -> None:
    """Places are spread over the nodes."""
    cache = opened(redis_cluster)
    names = [key(str(i)) for i in range(20)]
    for name in names:
        await cache.put(name, name.encode())
    found = [await cache.get(name) for name in names]
    assert sum(value == name.encode() for value, name in zip(found, names, strict=True)) >= 18
    await cache.close()
    sizes = []
    for node in redis_cluster.primaries():
        with node.client() as alone:
            sizes.append(alone.dbsize())
    assert all(sizes)


async def test_it_never_grows_beyond_its_places(redis_server: Servers) -> None:
    """The newer takes the place of the older, and no value is given for another's key."""
    cache = opened(redis_server, max_bytes=40_000)
    for i in range(100):
        await cache.put(key(str(i)), str(i).encode())
    for i in range(100):
        assert await cache.get(key(str(i))) in {None, str(i).encode()}
    assert await cache.get(key("99")) == b"99"
    await cache.close()
    with redis_server.nodes[0].client() as client:
        assert client.dbsize() <= 9


async def test_what_is_too_large_is_not_kept(cache: RedisCache) -> None:
    """It would take the share of many."""
    await cache.put(key("a"), b"a" * 65_537)
    assert await cache.get(key("a")) is None


async def test_redis_forgets_it_after_its_time(redis_server: Servers) -> None:
    """By itself, though nobody asks."""
    cache = opened(redis_server, lifetime_s=0.05)
    await cache.put(key("a"), b"a")
    with redis_server.nodes[0].client() as client:
        until(lambda: client.dbsize() == 0, "Redis has forgotten it")
    await cache.close()


async def test_a_redis_without_memory_or_gone_is_an_error_of_ours(
    cache: RedisCache, redis_server: Servers
) -> None:
    """Which the check passes over."""
    with redis_server.nodes[0].client() as client:
        client.config_set("maxmemory", 1)
    with pytest.raises(StoreFailed, match="took nothing"):
        await cache.put(key("a"), b"a")
    redis_server.nodes[0].kill()
    with pytest.raises(StoreFailed, match="did not answer"):
        await cache.get(key("a"))
