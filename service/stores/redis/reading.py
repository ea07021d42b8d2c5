"""What the other parts read of the shards, and what of it may be kept."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from service.stores.redis.errors import corrupt, gone
from service.stores.redis.keys import Command, Keys, shard_of
from service.stores.redis.nodes import Nodes
from service.stores.redis.records import Record, load_record
from service.stores.redis.roster import ROW, Roster
from service.stores.redis.standings import Standing, load_standings
from service.stores.redis.steps import digits_of, read_name

Numbered = tuple[int, int]
"""A revision's shard and its number there."""
Place = tuple[int, int, str]
"""With the digits of the revision: where a failover has lost the last changes, another revision may
get a number that was given before."""

_RECENT_RECORDS: Final = 512


class Gone(LookupError):
    """A revision that was there a moment ago."""


class Reading:
    """Reads of all shards at once. Rosters are kept until their version changes, records for ever:
    a revision never changes."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._keys = nodes.keys
        self._rosters = [Roster()] * len(nodes.keys)
        self._records: OrderedDict[Place, Record] = OrderedDict()

    async def versions(self) -> dict[int, int]:
        """Of each shard, by its number: another one after each change."""
        asked: dict[int, list[Command]] = {
            shard: [("GET", keys.version)] for shard, keys in enumerate(self._keys)
        }
        return {
            shard: self._version(version)
            for shard, (version,) in (await self._nodes.ask(asked)).items()
        }

    async def rosters(self) -> list[Roster]:
        """The roster of each shard, with every change that was acknowledged before the call."""
        versions = await self.versions()
        stale: dict[int, list[Command]] = {
            shard: _roster_commands(self._keys[shard])
            for shard, version in versions.items()
            if version != self._rosters[shard].version
        }
        for shard, (version, value, *counts, after) in (await self._nodes.ask(stale)).items():
            whole = (value or b"")[: len(value or b"") // ROW.itemsize * ROW.itemsize]
            roster = Roster(self._version(version), np.frombuffer(whole, ROW))
            if after == version:  # else something changed in between
                self._require_whole(shard, roster, *counts)
            self._rosters[shard] = roster
        return list(self._rosters)

    async def standings(self, article_ids: Iterable[str]) -> dict[str, tuple[Standing, ...]]:
        """The revisions of each article that stand or stood; none of one that is not known."""
        by_shard: defaultdict[int, list[str]] = defaultdict(list)
        for article_id in dict.fromkeys(article_ids):
            by_shard[shard_of(article_id, len(self._keys))].append(article_id)
        replies = await self._nodes.ask(
            {
                shard: [("MGET", *map(self._keys[shard].article, ids))]
                for shard, ids in by_shard.items()
            }
        )
        return {
            article_id: load_standings(value)
            for shard, ids in by_shard.items()
            for article_id, value in zip(ids, replies[shard][0], strict=True)
        }

    async def current(self, article_id: str) -> tuple[Place, Standing] | None:
        """The current revision of an article."""
        for standing in (await self.standings([article_id]))[article_id]:
            if standing.current:
                return self.place(article_id, standing), standing
        return None

    def place(self, article_id: str, standing: Standing) -> Place:
        """Where a revision is."""
        return place_of(shard_of(article_id, len(self._keys)), standing)

    async def record(self, shard: int, standing: Standing) -> Record:
        """One revision. Raises Gone."""
        place = place_of(shard, standing)
        found = await self.records([place])
        if not found:
            raise Gone(place)
        return found[place]

    async def records(self, places: Sequence[Place]) -> dict[Place, Record]:
        """The revisions that are still there."""
        by_shard: defaultdict[int, list[Place]] = defaultdict(list)
        for place in dict.fromkeys(places):
            if place not in self._records:
                by_shard[place[0]].append(place)
        replies = await self._nodes.ask(
            {
                shard: [("MGET", *(self._keys[shard].revision(number) for _, number, _ in missing))]
                for shard, missing in by_shard.items()
            }
        )
        values = {
            place: value
            for shard, missing in by_shard.items()
            for place, value in zip(missing, replies[shard][0], strict=True)
            if value is not None
        }
        kept = {place: self._records[place] for place in places if place in self._records}
        loaded = await asyncio.to_thread(self._loaded, values) if values else {}
        self._remember(kept | loaded)
        return kept | loaded

    async def names(self, places: Iterable[Numbered]) -> dict[Numbered, tuple[str, str]]:
        """The article's id of each revision that is still there, and the digits that the ids of its
        passages end in once it was replaced."""
        by_shard: defaultdict[int, list[int]] = defaultdict(list)
        for shard, number in dict.fromkeys(places):
            by_shard[shard].append(number)
        replies = await self._nodes.ask(
            {
                shard: [("HMGET", self._keys[shard].names, *numbers)]
                for shard, numbers in by_shard.items()
            }
        )
        return {
            (shard, number): read_name(value)
            for shard, numbers in by_shard.items()
            for number, value in zip(numbers, replies[shard][0], strict=True)
            if value is not None
        }

    def _require_whole(self, shard: int, roster: Roster, articles: int, vectors: int) -> None:
        """Raises StoreCorrupt where keys were removed by whoever shares the server, or by Redis
        itself under a policy that was set since the start: with them would go what is found."""
        if (roster.articles, roster.passages) != (articles, vectors):
            raise corrupt(
                self._nodes.address,
                f"shard {shard} should have {roster.articles:,} articles with "
                f"{roster.passages:,} passages, and has {articles:,} with {vectors:,}",
            )

    def _version(self, value: bytes | None) -> int:
        if value is None:
            raise gone(self._nodes.address)
        return int(value)

    def _loaded(self, values: dict[Place, bytes]) -> dict[Place, Record]:
        try:
            loaded = {place: load_record(value) for place, value in values.items()}
        except (ValueError, LookupError, TypeError) as error:
            raise corrupt(self._nodes.address, str(error)) from error
        return {
            place: record
            for place, record in loaded.items()
            if digits_of(record.article.revision) == place[2]
        }

    def _remember(self, records: dict[Place, Record]) -> None:
        for place, record in records.items():
            self._records[place] = record
            self._records.move_to_end(place)
        while len(self._records) > _RECENT_RECORDS:
            self._records.popitem(last=False)


def _roster_commands(keys: Keys) -> list[Command]:
    """They read the roster and what has to agree with it, between two looks at the version."""
    version: Command = ("GET", keys.version)
    return [version, ("GET", keys.roster), ("ZCARD", keys.order), ("VCARD", keys.near), version]


def place_of(shard: int, standing: Standing) -> Place:
    """Where a revision is, and which."""
    return shard, standing.number, digits_of(standing.revision)
