"""Changes are whole, once, and last, whatever others and the servers do at the same time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from redis.crc import key_slot
from redis.exceptions import ConnectionError as Cut
from redis.exceptions import ResponseError

from service.domain.claim import Filters
from service.domain.errors import StoreCorrupt, StoreFailed, StoreFull
from service.domain.indexing import Change
from service.ports import Entry
from service.stores.embedded import open_embedded
from service.stores.redis import Durability, RedisStore
from service.stores.redis.keys import all_keys
from service.stores.redis.nodes import Home, Nodes
from tests.redis_servers import Servers, one_server
from tests.stores.archive import DIM, day, entry
from tests.stores.contract_questions import answers, ids
from tests.stores.redis.opening import opened

EVERYTHING = Filters()


@pytest.fixture
async def store(redis_server: Servers) -> AsyncIterator[RedisStore]:
    """On an empty server."""
    found = await opened(redis_server)
    yield found
    await found.close()


def history(text: str, count: int) -> list[Entry]:
    """Revisions of one article, a day apart."""
    return [
        entry("a", f"{text} b{i}k", published_at=day(0), recorded_at=day(i)) for i in range(count)
    ]


async def test_what_the_user_may_not_run_leaves_nothing_half_done(
    redis_server: Servers, store: RedisStore
) -> None:
    """The commands of vector sets are in no category of Redis, and easily forgotten."""
    with redis_server.nodes[0].client() as client:
        client.acl_setuser("default", enabled=True, commands=["-vadd"])
        before = set(client.keys("*"))
        try:
            with pytest.raises(StoreFailed, match="may not run VADD"):
                await store.put([entry("a", "buxk dozk")])
            written = {
                key for key in client.keys("*") if not str(key).endswith(":numbers")
            } - before
            assert not written  # that a number was given away is nobody's article
        finally:
            client.acl_setuser("default", enabled=True, commands=["+vadd"])
    assert list(await store.put([entry("a", "buxk dozk")])) == [Change.CREATED]


@pytest.mark.parametrize("lost", ["near", "roster", "order"])
async def test_a_key_that_was_removed_is_told(
    redis_server: Servers, store: RedisStore, lost: str
) -> None:
    """By hand, or by Redis under another policy: what is gone is not silently left out."""
    await store.put([entry(f"a{i}", "buxk dozk") for i in range(8)])
    with redis_server.nodes[0].client() as client:
        (name, *_) = client.keys(f"*{lost}")
        client.delete(name)
    other = await opened(redis_server)
    vector = entry("a", "buxk").vectors[0]
    with pytest.raises(StoreCorrupt, match="should have"):
        await other.nearest(vector, EVERYTHING, limit=5)
    with pytest.raises(StoreCorrupt, match="should have"):
        await other.coverage(EVERYTHING)
    await other.close()


async def test_writers_of_one_article_take_turns(redis_server: Servers, store: RedisStore) -> None:
    """Two processes at once: every revision has its time, one stands, and all that is derived is
    as if they had come one by one."""
    other = await opened(redis_server)
    mine, theirs = history("buxk", 8), history("dozk", 8)

    async def write(writer: RedisStore, entries: Sequence[Entry]) -> None:
        for one in entries:
            assert list(await writer.put([one])) != [Change.UNCHANGED]

    await asyncio.gather(write(store, mine), write(other, theirs))
    kept = await store.history("a")
    assert [one.stood_until for one in kept[1:]] == [one.stood_from for one in kept[:-1]]
    assert len(await store.nearest(mine[0].vectors[0], EVERYTHING, limit=50)) == 1
    assert (await store.coverage(EVERYTHING)).articles == 1
    again = await opened(redis_server, "prefix=again&shards=3")
    await again.put(
        [
            entry("a", one.article.text, published_at=day(0), recorded_at=one.stood_from)
            for one in reversed(kept)
        ]
    )
    assert await answers(again) == await answers(store)
    await again.close()
    await other.close()


async def test_an_archive_moves_from_one_store_to_another(
    tmp_path: Path, store: RedisStore
) -> None:
    """With every revision and its time: both answer alike, by one snapshot."""
    given = [
        *(entry(f"a{i}", "buxk dozk", published_at=day(i), recorded_at=day(i)) for i in range(7)),
        *(entry(f"a{i}", "buxk", published_at=day(i), recorded_at=day(i + 2)) for i in range(3)),
        entry("a1", "gekk", published_at=day(1), recorded_at=day(6)),
    ]
    embedded = await open_embedded(tmp_path / "store", embedder="made up", dim=DIM)
    await embedded.put(given)
    moved = [
        replace(
            entry(stored.article.id, stored.article.text, published_at=stored.article.published_at),
            stood_from=stored.stood_from,
            stood_until=stored.stood_until,
        )
        for article in (await embedded.articles(EVERYTHING, limit=99)).articles
        for stored in await embedded.history(article.id)
    ]
    await store.put(moved)
    assert await store.snapshot() == await embedded.snapshot()
    for moment in range(8):
        then = Filters(as_of=day(moment))
        assert await store.articles(then, limit=99) == await embedded.articles(then, limit=99)
    await embedded.close()


async def test_a_change_whose_answer_is_lost_is_made_once(
    store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is cut after the server has carried it out: it is looked for, not repeated."""
    lose_answers(monkeypatch, 1)
    assert list(await store.put([entry("a", "buxk")])) == [Change.CREATED]
    lose_answers(monkeypatch, 2)
    assert list(await store.put([entry("a", "dozk", recorded_at=day(3))])) == [Change.UPDATED]
    assert [one.article.text for one in await store.history("a")] == ["dozk", "buxk"]
    lose_answers(monkeypatch, 1)
    assert await store.delete("a")
    assert not await store.delete("a")


async def test_a_server_that_stays_away_is_an_error_that_says_what_is_not_known(
    store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch says how many of its articles are stored; putting it again stores the rest."""
    lose_answers(monkeypatch, 99)
    monkeypatch.setattr("service.stores.redis.settling.WAITS_S", (0.0,))
    with pytest.raises(StoreFailed, match=r"Shard \d of 3, .*may or may not be stored; repeat it"):
        await store.put([entry("a", "buxk")])
    with pytest.raises(StoreFailed, match="Of the batch's 9 articles 0 are stored: repeat it"):
        await store.put([entry(f"b{i}", "buxk") for i in range(9)])
    lose_answers(monkeypatch, 0)
    await store.put([entry(f"b{i}", "buxk") for i in range(9)])
    assert (await store.coverage(EVERYTHING)).articles == 10


async def test_out_of_memory_nothing_is_half_stored_and_deleting_works(
    redis_server: Servers, store: RedisStore
) -> None:
    """What is there is read, and once there is room again everything is taken in."""
    await store.put([entry("a", "buxk", "dozk"), entry("b", "gekk")])
    before = await answers(store)
    with redis_server.nodes[0].client() as client:
        client.config_set("maxmemory", "1mb")
        with pytest.raises(StoreFull, match="no memory left"):
            await store.put([entry("a", "zivok"), entry("c", "buxk")])
        assert await answers(store) == before
        assert await store.delete("b")
        client.config_set("maxmemory", 0)
    assert ids(await store.matching("gekk", EVERYTHING, limit=5)) == []
    await store.put([entry("a", "zivok"), entry("c", "buxk")])
    assert ids(await store.matching("buxk", EVERYTHING, limit=5)) == ["c:0"]


async def test_what_was_acknowledged_survives_a_kill(redis_server: Servers) -> None:
    """And a store that was open goes on with the server that is started again."""
    store = await opened(redis_server)
    for i in range(5):
        await store.put([entry(f"a{i}", f"buxk b{i}k")])
        redis_server.nodes[0].kill()
        redis_server.nodes[0].start()
        assert len(await store.matching("buxk", EVERYTHING, limit=9)) == i + 1
    await store.close()


async def test_a_server_that_keeps_nothing_on_its_disk_is_refused(
    redis_program: str, tmp_path: Path
) -> None:
    """Unless that is wanted."""
    with one_server(redis_program, tmp_path, "--appendonly", "no") as servers:
        with pytest.raises(StoreFailed, match="Set `appendonly yes`"):
            await opened(servers)
        store = await opened(servers, durability=Durability.MEMORY)
        await store.put([entry("a", "buxk")])
        await store.close()


async def test_a_replica_that_is_required_has_to_be_there(
    redis_server: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without one a change is there, and nobody says that it is safe."""
    monkeypatch.setattr("service.stores.redis.durability._PATIENCE_MS", 200)
    await (await opened(redis_server)).close()
    store = await opened(redis_server, durability=Durability.REPLICA)
    with pytest.raises(StoreFailed, match="on a replica"):
        await store.put([entry("a", "buxk")])
    await store.close()


def lose_answers(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """The next answers to changes do not arrive, though these are carried out."""
    left = iter(range(count))
    carry_out: Callable[..., Any] = _CARRY_OUT

    async def cut(self: Nodes, home: Home, commands: list[Any]) -> list[Any]:
        replies = await carry_out(self, home, commands)
        if next(left, None) is not None:
            raise Cut("Connection reset by peer")
        assert isinstance(replies, list)
        return replies

    monkeypatch.setattr(Nodes, "_exchange_for_good", cut)


_CARRY_OUT = Nodes._exchange_for_good


async def test_no_half_step_while_a_part_moves(redis_cluster: Servers) -> None:
    """In a slot on its way to another node Redis refuses keys that are not there: before a step
    begins, not in the middle of it."""
    store = await opened(redis_cluster, "shards=1")
    await store.put([entry("a", "buxk", "gekk")])
    before = await answers(store)
    slot = key_slot(all_keys("onrecord", 1)[0].version.encode())
    with _on_its_way(redis_cluster, slot), pytest.raises(StoreFailed):
        await store.put([entry("a", "dozk")])
    assert await answers(store) == before
    assert list(await store.put([entry("a", "dozk")])) == [Change.UPDATED]
    await store.close()


@contextmanager
def _on_its_way(servers: Servers, slot: int) -> Iterator[None]:
    """The slot is said to move from its node to another, which has none of it yet."""
    for node, other in permutations(servers.primaries(), 2):
        with node.client() as home, other.client() as target:
            to = target.cluster("MYID")
            with suppress(ResponseError):  # only its owner can send it away
                home.cluster("SETSLOT", slot, "MIGRATING", to)
                try:
                    yield
                finally:
                    home.cluster("SETSLOT", slot, "STABLE")
                return
    raise AssertionError("nobody has the slot")
