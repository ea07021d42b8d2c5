"""Replicas count together, on one server as in a cluster."""

import asyncio

import pytest
from redis.exceptions import RedisError

from service.ports import Limiter
from service.stores import open_limiter
from tests.redis_servers import Servers


@pytest.mark.parametrize("topology", ["redis_server", "redis_cluster"])
async def test_replicas_share_what_a_caller_has_left(
    request: pytest.FixtureRequest, topology: str
) -> None:
    """Forty that come at the same time by two ways: as many are let in as the rate says."""
    servers: Servers = request.getfixturevalue(topology)
    async with (
        open_limiter(servers.url, "25/hour") as one,
        open_limiter(servers.url, "25/hour") as other,
    ):
        assert one
        assert other
        taken = await asyncio.gather(*(way.take("key:a") for way in [one, other] * 20))
        assert sum(allowance.granted for allowance in taken) == 25
        refused = await other.take("key:a", 3)
        assert (refused.granted, refused.left, refused.limit) == (False, 0, 25)
        assert refused.reset_s >= 3 * 3600 / 25
        assert (await one.take("key:b")).left == 24


async def test_what_is_counted_is_forgotten(redis_server: Servers) -> None:
    """Nothing stays for longer than two windows: callers come and go."""
    async with open_limiter(redis_server.url, "5/minute") as limiter:
        assert limiter
        await limiter.take("address:192.0.2.1")
    with redis_server.nodes[0].client() as client:
        names = client.keys("onrecord:rate*")
        assert names
        assert all(0 < client.ttl(name) <= 120 for name in names)


async def test_a_redis_that_is_away_is_an_error_soon(redis_server: Servers) -> None:
    """The service starts all the same, lets callers in, and counts again when Redis is back."""

    async def told(limiter: Limiter) -> None:
        async with asyncio.timeout(10):
            with pytest.raises((RedisError, OSError)):
                await limiter.take("a")

    redis_server.nodes[0].kill()
    async with open_limiter(redis_server.url, "5/hour") as limiter:
        assert limiter
        await told(limiter)
        redis_server.nodes[0].start()
        assert (await limiter.take("a")).left == 4
        redis_server.nodes[0].pause()
        await told(limiter)
        redis_server.nodes[0].resume()
