"""Keys in Redis: the same as in a file, for replicas that share one server or a cluster."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator

import pytest

from service.domain.errors import StoreCorrupt, StoreFailed
from service.stores import open_keys
from tests.redis_servers import Servers
from tests.stores.contract_keys import *  # noqa: F403 - the suite
from tests.stores.contract_keys import NOW, Places, made, seen


@pytest.fixture
async def places(redis_server: Servers) -> AsyncIterator[Places]:
    async with open_keys(redis_server.url) as keys, open_keys(redis_server.url) as elsewhere:
        yield keys, elsewhere


async def test_a_cluster_has_them_too(redis_cluster: Servers) -> None:
    """Whichever node has their slot."""
    async with open_keys(redis_cluster.url) as keys, open_keys(redis_cluster.url) as elsewhere:
        await test_a_revoked_key_stays_and_is_seen_as_such((keys, elsewhere))  # noqa: F405


async def test_what_was_revoked_stays_so_after_a_crash(redis_server: Servers) -> None:
    """It is on the disk when the command ends."""
    async with open_keys(redis_server.url) as keys:
        await keys.add(made())
        gone = await keys.revoke("cms", NOW)
    redis_server.nodes[0].kill()
    redis_server.nodes[0].start()
    async with open_keys(redis_server.url) as keys:
        assert list(await keys.all()) == [gone]


async def test_a_key_can_be_revoked_when_no_memory_is_left(redis_server: Servers) -> None:
    """A leaked key must not wait for the operator to find some."""
    async with open_keys(redis_server.url) as keys:
        await keys.add(made())
        with redis_server.nodes[0].client() as client:
            client.config_set("maxmemory", 1)
        await seen(keys, [await keys.revoke("cms", NOW)])


async def test_indexes_of_one_server_have_keys_of_their_own(redis_server: Servers) -> None:
    """By prefix, as everything else."""
    async with (
        open_keys(redis_server.url) as keys,
        open_keys(f"{redis_server.url}?prefix=other") as others,
    ):
        await keys.add(made())
        assert list(await others.all()) == []


async def test_a_redis_that_is_gone_lets_nobody_in(redis_server: Servers) -> None:
    """An error, once what was read is old; and it is right again when Redis is back."""
    async with open_keys(redis_server.url) as keys:
        key = made()
        await keys.add(key)
        redis_server.nodes[0].kill()
        begun = time.monotonic()
        told = await asyncio.gather(*(keys.all() for _ in range(50)), return_exceptions=True)
        assert {type(error) for error in told} == {StoreFailed}
        assert time.monotonic() - begun < 30  # together, and not one after the other
        redis_server.nodes[0].start()
        assert list(await keys.all()) == [key]


async def test_nobody_need_wait_for_what_fails(
    redis_server: Servers, caplog: pytest.LogCaptureFixture
) -> None:
    """Who asked has left by then, as for `/metrics`: asyncio has nothing to tell of it."""
    async with open_keys(redis_server.url) as keys:
        redis_server.nodes[0].kill()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(keys.all(), 0.05)
        await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()}, timeout=30)
        redis_server.nodes[0].start()
        await keys.all()
        gc.collect()
    assert "never retrieved" not in caplog.text


async def test_what_is_no_key_is_damage(redis_server: Servers) -> None:
    """And not the same as none."""
    with redis_server.nodes[0].client() as client:
        client.set("onrecord:{keys}:all", '{"keys": [{}]}')
    async with open_keys(redis_server.url) as keys:
        with pytest.raises(StoreCorrupt):
            await keys.all()
        with pytest.raises(StoreCorrupt):
            await keys.add(made())


async def test_a_wrong_password_is_told_without_it(redis_server: Servers) -> None:
    """In the error as everywhere."""
    address = f"redis://user:hunter2@127.0.0.1:{redis_server.nodes[0].port}"
    with pytest.raises(StoreFailed) as told:
        async with open_keys(address):
            pass
    assert "hunter2" not in str(told.value)
