"""Two replicas of the service on one Redis: one set of keys, one limit."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
from httpx import AsyncClient, Response

from service.domain.access import Scope, new_key
from service.settings import Settings
from service.stores import open_keys
from service.wiring import Models, build_around
from tests.api.client import connect, problem
from tests.conftest import HOST
from tests.redis_servers import Servers

NOW = datetime.now(UTC)
Replicas = tuple[AsyncClient, AsyncClient]


@pytest.fixture
async def replicas(models: Models, redis_server: Servers) -> AsyncIterator[Replicas]:
    """A client of each, with the rate of 6 an hour."""
    settings = Settings(
        _env_file=None, store=redis_server.url, allowed_hosts=HOST, rate_limit="6/hour"
    )
    async with AsyncExitStack() as open_parts:
        clients = []
        for _ in range(2):
            services = await open_parts.enter_async_context(build_around(models, settings))
            clients.append(await open_parts.enter_async_context(connect(services)))
        yield clients[0], clients[1]


async def test_a_key_is_made_counted_and_revoked_for_both(
    replicas: Replicas, redis_server: Servers
) -> None:
    """Whichever is asked, within a second."""
    key, token = new_key("cms", [Scope.CHECK], now=NOW)
    headers = {"Authorization": f"Bearer {token}"}
    async with open_keys(redis_server.url) as keys:
        await keys.add(key)
        await asyncio.sleep(1)
        for client in replicas:
            problem(await client.get("/v1/index"), 401, "not-authenticated")
        left = []
        for client in replicas * 2:
            answer = await client.get("/v1/index", headers=headers)
            assert answer.status_code == 200
            left.append(answer.headers["RateLimit"].split(";")[1])
        assert left == ["r=5", "r=4", "r=3", "r=2"]
        await keys.revoke("cms", NOW)
        await asyncio.sleep(1)
        for client in replicas:
            refused = await client.get("/v1/index", headers=headers)
            assert "revoked" in str(problem(refused, 401, "not-authenticated")["detail"])


async def test_a_redis_that_is_gone_closes_the_service_and_opens_nothing(
    replicas: Replicas, redis_server: Servers
) -> None:
    """A limit that cannot be counted lets in; keys that cannot be read do not. When Redis is back,
    so is the service."""
    client, _ = replicas
    key, token = new_key("cms", [Scope.CHECK], now=NOW)
    headers = {"Authorization": f"Bearer {token}"}
    async with open_keys(redis_server.url) as keys:
        await keys.add(key)
    await asyncio.sleep(1)
    redis_server.nodes[0].kill()
    refused = await asyncio.gather(*(client.get("/v1/index", headers=h) for h in ({}, headers)))
    for answer in refused:
        problem(answer, 503, "store-failed")
    assert (await client.get("/healthz")).status_code == 200
    problem(await client.get("/readyz"), 503, "store-failed")
    redis_server.nodes[0].start()
    problem(await client.get("/v1/index"), 401, "not-authenticated")
    assert (await client.get("/v1/index", headers=headers)).status_code == 200


async def test_a_redis_without_memory_left_is_told_as_it_is(
    replicas: Replicas, redis_server: Servers, caplog: pytest.LogCaptureFixture
) -> None:
    """No disk is full; the log says which memory is."""
    with redis_server.nodes[0].client() as redis:
        redis.config_set("maxmemory", 1)
    refused = await replicas[0].put("/v1/articles/a", json={"text": "The mill has 14 looms."})
    told = problem(refused, 503, "store-full")
    assert "disk" not in f"{told['title']} {told['detail']}"
    logged = next(line for line in caplog.messages if line.startswith("store-full at /v1/"))
    assert "has no memory left (maxmemory)" in logged


@pytest.mark.parametrize("fault", ["kill", "pause"])
async def test_metrics_are_shown_while_redis_is_away(
    replicas: Replicas, redis_server: Servers, fault: str
) -> None:
    """To whoever had a key before, and to nobody else: an operator needs them just then. Prometheus
    waits 10 s for them."""
    client, _ = replicas
    monitor, token = new_key("prometheus", [Scope.METRICS], now=NOW)
    other, without_scope = new_key("cms", [Scope.CHECK], now=NOW)
    async with open_keys(redis_server.url) as keys:
        await keys.add(monitor)
        await keys.add(other)
    await asyncio.sleep(1)

    def ask(path: str, token: str) -> Awaitable[Response]:
        return client.get(path, headers={"Authorization": f"Bearer {token}"})

    assert "onrecord_index_articles 0.0" in (await ask("/metrics", token)).text
    getattr(redis_server.nodes[0], fault)()
    async with asyncio.timeout(10):
        problem(await ask("/readyz", ""), 503, "store-failed")
        shown = await ask("/metrics", token)
    assert 'onrecord_problems_total{type="store-failed"} 1.0' in shown.text
    assert "onrecord_index_articles 0.0" in shown.text
    problem(await ask("/metrics", "onr_guess"), 401, "not-authenticated")
    problem(await ask("/metrics", without_scope), 403, "scope-missing")
    redis_server.heal()


async def test_a_service_stays_closed_when_redis_is_emptied(
    replicas: Replicas, redis_server: Servers
) -> None:
    """One that runs; that none starts open is `ONRECORD_ALLOW_ANONYMOUS=false`."""
    client, _ = replicas
    async with open_keys(redis_server.url) as keys:
        await keys.add(new_key("cms", [Scope.CHECK], now=NOW)[0])
    await asyncio.sleep(1)
    problem(await client.get("/v1/index"), 401, "not-authenticated")
    with redis_server.nodes[0].client() as redis:
        redis.flushall()
    await asyncio.sleep(1)
    problem(await client.get("/v1/index"), 401, "not-authenticated")
