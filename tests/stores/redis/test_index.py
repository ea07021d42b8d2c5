"""What an index says of itself, and that what is derived in it can be made anew."""

import pytest

from service.domain.claim import Filters
from service.domain.errors import IndexMismatch, StoreFailed
from service.stores.redis import Durability, open_as_made, parse_address, rebuild
from service.stores.redis.index import Facts, write_facts
from service.stores.redis.keys import all_keys
from tests.redis_servers import Servers
from tests.stores.archive import DIM, day, entry
from tests.stores.contract_questions import answers, ids
from tests.stores.redis.opening import opened

EVERYTHING = Filters()


async def test_an_index_of_another_embedder_is_refused(redis_server: Servers) -> None:
    """Whose vectors mean something else; it can be read without a model all the same."""
    store = await opened(redis_server)
    await store.put([entry("a", "buxk")])
    await store.close()
    with pytest.raises(IndexMismatch, match="made up"):
        await opened(redis_server, embedder="another")
    store = await open_as_made(parse_address(redis_server.url))
    assert await store.article("a") is not None
    await store.close()


async def test_there_has_to_be_an_index_to_be_opened_as_made(redis_server: Servers) -> None:
    """Nothing is made of a misspelt prefix."""
    with pytest.raises(StoreFailed, match="There is no index desk"):
        await open_as_made(parse_address(f"{redis_server.url}?prefix=desk"))


async def test_the_number_of_shards_is_the_indexs_own(redis_server: Servers) -> None:
    """An address that says another number later finds everything."""
    store = await opened(redis_server, "shards=5")
    await store.put([entry(f"a{i}", f"buxk b{i}k") for i in range(12)])
    await store.close()
    store = await opened(redis_server, "shards=2")
    assert len(await store.matching("buxk", EVERYTHING, limit=20)) == 12
    await store.close()


async def test_indexes_with_other_prefixes_are_apart(redis_server: Servers) -> None:
    """Two newsrooms on one server see nothing of one another."""
    one = await opened(redis_server, "prefix=one")
    other = await opened(redis_server, "prefix=other")
    await one.put([entry("a", "buxk")])
    assert await other.article("a") is None
    assert await other.matching("buxk", EVERYTHING, limit=5) == []
    await one.close()
    await other.close()


async def test_an_index_that_was_removed_is_no_empty_one(redis_server: Servers) -> None:
    """Who has it open hears so, and a new one in its place is not taken for the old."""
    store = await opened(redis_server)
    await store.put([entry("a", "buxk", "dozk")])
    assert len(await store.nearest(entry("a", "buxk").vectors[0], EVERYTHING, limit=5)) == 2
    redis_server.empty()
    with pytest.raises(StoreFailed, match="was removed"):
        await store.coverage(EVERYTHING)
    with pytest.raises(StoreFailed, match="was removed"):
        await store.put([entry("b", "buxk")])
    other = await opened(redis_server)
    await other.put([entry("a", "gekk")])
    found = await store.passages(ids(await store.matching("gekk", EVERYTHING, limit=5)))
    assert [one.article.text for one in found] == ["gekk"]
    await store.close()
    await other.close()


async def test_what_is_derived_is_made_anew(redis_server: Servers) -> None:
    """From articles with a past, after all of it was lost: every answer is as before."""
    store = await opened(redis_server)
    await store.put(
        [
            entry(f"a{i}", "buxk dozk", "gekk", published_at=day(i), recorded_at=day(i))
            for i in range(9)
        ]
    )
    await store.put([entry("a2", "buxk", published_at=day(2), recorded_at=day(6))])
    await store.put([entry("a3", "dozk", published_at=None, recorded_at=day(6))])
    await store.delete("a7")
    before = await answers(store)
    await store.close()
    with redis_server.nodes[0].client() as client:
        for keys in all_keys("onrecord", 3):
            lost = [keys.names, keys.roster, keys.order, keys.digest]
            client.delete(*lost, *client.keys(keys.all_postings), *client.keys(keys.words("*")))
    await rebuild(parse_address(redis_server.url), durability=Durability.DISK)
    store = await opened(redis_server)
    assert await answers(store) == before
    await store.put([entry("z", "zivok")])
    assert ids(await store.matching("zivok", EVERYTHING, limit=5)) == ["z:0"]
    await store.close()


async def test_an_index_that_is_half_made_anew_is_not_opened(redis_server: Servers) -> None:
    """Until it is made anew again."""
    store = await opened(redis_server)
    await store.put([entry("a", "buxk")])
    await write_facts(store._nodes, Facts("made up", DIM, 3, rebuilding=True))
    await store.close()
    with pytest.raises(StoreFailed, match="onrecord rebuild"):
        await opened(redis_server)
    await rebuild(parse_address(redis_server.url), durability=Durability.DISK)
    store = await opened(redis_server)
    assert ids(await store.matching("buxk", EVERYTHING, limit=5)) == ["a:0"]
    await store.close()
