"""What is said of servers that are too old, closed, forgetful, silent or gone."""

import time
from pathlib import Path

import pytest

from service.domain.claim import Filters
from service.domain.errors import OnrecordError, StoreFailed
from service.stores.redis import open_redis, parse_address
from tests.redis_servers import Servers, one_server
from tests.stores.archive import DIM, entry
from tests.stores.redis.opening import opened

EVERYTHING = Filters()


async def test_a_server_that_lets_nobody_in_says_so(redis_program: str, tmp_path: Path) -> None:
    """Without a password or with a wrong one; the message has neither."""
    with one_server(redis_program, tmp_path) as servers:
        with servers.nodes[0].client() as client:
            client.config_set("requirepass", "right")
        host = servers.url.removeprefix("redis://")
        for sign_in in ("", ":wrong@"):
            address = parse_address(f"redis://{sign_in}{host}")
            with pytest.raises(StoreFailed, match="does not let us in") as refused:
                await open_redis(address, embedder="made up", dim=DIM)
            assert "wrong" not in str(refused.value)
        address = parse_address(f"redis://:right@{host}")
        store = await open_redis(address, embedder="made up", dim=DIM)
        await store.put([entry("a", "buxk")])
        await store.close()


async def test_a_server_that_would_remove_articles_is_refused(
    redis_program: str, tmp_path: Path
) -> None:
    """When its memory is full. What expires by itself may go."""
    with one_server(redis_program, tmp_path, "--maxmemory-policy", "allkeys-lru") as servers:
        with pytest.raises(StoreFailed, match="maxmemory-policy allkeys-lru"):
            await opened(servers)
        with servers.nodes[0].client() as client:
            client.config_set("maxmemory-policy", "volatile-lru")
        await (await opened(servers)).close()


@pytest.mark.parametrize(
    ("name", "wrong", "right", "told"),
    [
        ("maxmemory-policy", "allkeys-lfu", "noeviction", "maxmemory-policy allkeys-lfu"),
        ("appendonly", "no", "yes", "Set `appendonly yes`"),
    ],
)
async def test_a_server_that_becomes_forgetful_is_not_well(
    redis_server: Servers, name: str, wrong: str, right: str, told: str
) -> None:
    """Somebody changes its settings while it is used."""
    store = await opened(redis_server)
    with redis_server.nodes[0].client() as client:
        await store.health()
        client.config_set(name, wrong)
        with pytest.raises(StoreFailed, match=told):
            await store.health()
        client.config_set(name, right)
    await store.health()
    await store.close()


async def test_nobody_there_is_an_error_that_says_where() -> None:
    """And not a word of a shard."""
    with pytest.raises(StoreFailed, match=r"^Redis at redis://127.0.0.1:1 cannot be reached"):
        await open_redis(parse_address("redis://127.0.0.1:1"), embedder="made up", dim=DIM)


async def test_a_shard_that_does_not_answer_is_named(
    redis_cluster: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No question is answered without it; once it answers again, nothing needs a restart."""
    monkeypatch.setattr("service.stores.redis.nodes._ANSWER_S", 0.5)
    monkeypatch.setattr("service.stores.redis.nodes._CONNECT_S", 0.5)
    store = await opened(redis_cluster, "shards=6")
    await store.put([entry(f"a{i}", "buxk") for i in range(12)])
    primary = redis_cluster.primaries()[0]
    primary.pause()
    try:
        with pytest.raises(StoreFailed, match=r"^Shard \d of 6, in Redis at"):
            await store.coverage(EVERYTHING)
        with pytest.raises(StoreFailed, match=r"Shard \d of 6|cannot be reached"):
            await store.put([entry(f"b{i}", "buxk") for i in range(12)])
    finally:
        primary.resume()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            assert (await store.coverage(EVERYTHING)).articles >= 12
            break
        except StoreFailed:
            continue
    await store.put([entry(f"b{i}", "buxk") for i in range(12)])
    assert (await store.coverage(EVERYTHING)).articles == 24
    await store.close()


async def test_a_store_goes_on_with_the_replica_that_takes_over(redis_cluster: Servers) -> None:
    """A primary is killed: what it had acknowledged is there, and changes are taken again."""
    store = await opened(redis_cluster, "shards=6")
    await store.put([entry(f"a{i}", "buxk") for i in range(12)])
    redis_cluster.primaries()[0].kill()
    deadline = time.monotonic() + 60
    while True:
        try:
            await store.put([entry(f"b{i}", "buxk") for i in range(12)])
            break
        except StoreFailed:
            assert time.monotonic() < deadline
    assert (await store.coverage(EVERYTHING)).articles == 24
    assert len(await store.matching("buxk", EVERYTHING, limit=50)) == 24
    await store.close()


async def test_the_scheme_says_whether_it_is_a_cluster(
    redis_server: Servers, redis_cluster: Servers
) -> None:
    """Either way the message says which it should be."""
    for servers, scheme, told in (
        (redis_server, "redis+cluster", "is no cluster: write redis://"),
        (redis_cluster, "redis", r"is a node of a cluster: write redis\+cluster://"),
    ):
        address = parse_address(f"{scheme}://{servers.url.partition('://')[2]}")
        with pytest.raises(OnrecordError, match=told):
            await open_redis(address, embedder="made up", dim=DIM)
