"""Making anew what is derived: all but standings, records and vectors.

While it lasts the index says so, whoever opens it is refused, and who has it open finds no version
and gets errors: no answer is given from a part of it. What breaks off is begun again.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Final

from service.stores.digest import digest_of
from service.stores.redis.address import Address
from service.stores.redis.durability import Durability
from service.stores.redis.index import finish, open_nodes, write_facts
from service.stores.redis.keys import Command, Keys
from service.stores.redis.nodes import Nodes
from service.stores.redis.reading import Reading, place_of
from service.stores.redis.standings import Standing, load_standings
from service.stores.redis.steps import count, derive, index_revision
from service.stores.redis.words import Words
from service.stores.times import UNDATED

_AT_ONCE: Final = 200


async def rebuild(address: Address, *, durability: Durability) -> None:
    """Words, terms of quotes, pages, rosters and digests of the index at `address`, from its
    articles. Raises StoreFailed where there is none, StoreCorrupt."""
    nodes, facts = await open_nodes(address, durability, None, rebuilding=True)
    try:
        await write_facts(nodes, replace(facts, rebuilding=True))
        words = Words(nodes)
        for shard, keys in enumerate(nodes.keys):
            await _remove(nodes, shard, keys)
            await _derive(nodes, shard, keys, words)
        await finish(nodes, facts)
    finally:
        await nodes.close()


async def _remove(nodes: Nodes, shard: int, keys: Keys) -> None:
    """The version first: from then on nobody answers from what is left."""
    whole = (keys.version, keys.order, keys.names, keys.roster, keys.digest)
    await nodes.ask({shard: [("UNLINK", *whole)]})
    for pattern in (keys.words("*"), keys.all_postings):
        async for found in _scan(nodes, shard, pattern):
            await nodes.ask({shard: [("UNLINK", *found)]})


async def _derive(nodes: Nodes, shard: int, keys: Keys, words: Words) -> None:
    reading = Reading(nodes)
    seen: set[bytes] = set()  # a scan may name a key twice
    async for found in _scan(nodes, shard, keys.all_articles):
        new = [key for key in dict.fromkeys(found) if key not in seen]
        seen.update(new)
        values = (await nodes.ask({shard: [("MGET", *new)]}))[shard][0] if new else []
        articles = [load_standings(value) for value in values]
        places = [place_of(shard, standing) for each in articles for standing in each]
        records = await reading.records(places)
        commands: list[Command] = []
        for standings in articles:
            for standing in standings:
                record = records[place_of(shard, standing)]
                searched = standing.current or standing.since != UNDATED
                commands += index_revision(keys, standing, record, words, searched=searched)
            article_id = records[place_of(shard, standings[0])].article.id
            commands += count(keys, _digest(article_id, standings))
        replies = (await nodes.change({shard: [derive(keys, commands)]}))[shard]
        if isinstance(replies, Exception):
            raise nodes.failed(shard, replies) from replies
        for reply in replies:
            if isinstance(reply, Exception):
                raise nodes.failed(shard, reply) from reply


def _digest(article_id: str, standings: Sequence[Standing]) -> str:
    return digest_of(standing.counted(article_id) for standing in standings)


async def _scan(nodes: Nodes, shard: int, pattern: str) -> AsyncIterator[list[bytes]]:
    """The keys of a shard that match, some at a time."""
    cursor: bytes | int = 0
    while True:
        command: Command = ("SCAN", cursor, "MATCH", pattern, "COUNT", _AT_ONCE)
        ((cursor, found),) = (await nodes.ask({shard: [command]}))[shard]
        if found:
            yield found
        if not int(cursor):
            return
