"""What putting or deleting an article comes to: the step from what its shard has."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from service.domain.errors import OnrecordError, RevisionConflict
from service.domain.indexing import Change
from service.ports import Entry
from service.stores.cosine import unit_rows
from service.stores.redis.keys import Command, shard_of
from service.stores.redis.nodes import Nodes
from service.stores.redis.postings import remove_postings, terms_of
from service.stores.redis.reading import Reading
from service.stores.redis.records import Record, record_of
from service.stores.redis.settling import Read, Work, settle
from service.stores.redis.standings import (
    Standing,
    current_of,
    end,
    overlaps,
    require_revision,
    revision_of,
)
from service.stores.redis.steps import Step, add_current, add_past, cut, forget, unindex_current
from service.stores.redis.vectors import Twelve, gather, gathered, twelve_bits
from service.stores.redis.words import Words
from service.stores.times import FOREVER, UNDATED, to_microseconds
from service.stores.validity import replaced_at, stands_from


@dataclass(frozen=True, slots=True)
class _Given:
    """An entry of a batch, checked: nothing of what it has can be refused later."""

    entry: Entry
    shard: int
    record: Record
    vectors: Twelve

    @property
    def id(self) -> str:
        return self.entry.article.id


class Changes:
    """Changes articles, one step each."""

    def __init__(self, nodes: Nodes, reading: Reading, words: Words, dim: int) -> None:
        self._nodes = nodes
        self._reading = reading
        self._words = words
        self._dim = dim

    async def put(self, entries: Sequence[Entry], expected: str | None) -> list[Change]:
        """What each entry did. Each article is changed whole or not at all, those of one article in
        order; an error says how many were.

        Raises ValueError or RevisionConflict before anything is changed, but for a conflict that
        comes about meanwhile.
        """
        given = await asyncio.to_thread(lambda: [self._checked(entry) for entry in entries])
        if expected is not None:
            await self._require(given, expected)
        done: dict[int, Change] = {}
        try:
            for turn in _turns(given):
                works = {i: self._put(one, expected) for i, one in turn.items()}
                await settle(self._nodes, works, done)
        except RevisionConflict:
            raise
        except OnrecordError as error:
            if len(given) == 1:
                raise
            raise type(error)(
                f"{error} Of the batch's {len(given)} articles {len(done)} are stored: repeat it."
            ) from error
        return [done[i] for i in range(len(given))]

    async def delete(self, article_id: str, expected: str | None) -> bool:
        """Whether there was anything to remove. Raises RevisionConflict."""
        shard = shard_of(article_id, len(self._nodes.keys))
        plan = partial(self._plan_delete, article_id, shard, expected)
        done: dict[int, bool] = {}
        await settle(self._nodes, {0: Work(article_id, shard, plan)}, done)
        return done[0]

    def _checked(self, entry: Entry) -> _Given:
        vectors = unit_rows(entry.vectors, self._dim, count=len(entry.passages))
        shard = shard_of(entry.article.id, len(self._nodes.keys))
        return _Given(entry, shard, record_of(entry), twelve_bits(vectors))

    async def _require(self, given: Sequence[_Given], expected: str) -> None:
        """As the batch would find its articles, one after the other."""
        found = {
            name: revision_of(standings)
            for name, standings in (await self._reading.standings([g.id for g in given])).items()
        }
        for one in given:
            require_revision(found[one.id], expected)
            if not one.entry.stood_until:
                found[one.id] = one.entry.article.revision

    def _put(self, one: _Given, expected: str | None) -> Work[Change]:
        plan = self._plan_past if one.entry.stood_until else self._plan_put
        return Work(one.id, one.shard, partial(plan, one, expected), new_number=True)

    async def _plan_put(
        self, one: _Given, expected: str | None, read: Read
    ) -> tuple[Step | None, Change]:
        """To make the entry the current revision of its article."""
        article, current = one.entry.article, current_of(read.standings)
        require_revision(revision_of(read.standings), expected)
        if current and current.revision == article.revision:
            return None, Change.UNCHANGED
        since = stands_from(
            article,
            recorded_at=one.entry.recorded_at,
            replaced=(current.published, current.since) if current else None,
            stated=one.entry.stood_from,
        )
        standing = _standing(one, read.number, since, FOREVER)
        ended = end(
            read.standings, replaced_at(since, one.entry.recorded_at) if current else FOREVER
        )
        commands: list[Command] = []
        for was, now in ended.cut:
            commands += await self._cut(one.shard, was, now)
        commands += await self._forgotten(one.shard, ended.gone)
        keys = self._nodes.keys[one.shard]
        commands += await asyncio.to_thread(
            add_current, keys, standing, one.record, one.vectors, self._words
        )
        step = Step(
            article_id=one.id,
            number=read.number,
            before=read.value,
            after=(*ended.stay, standing),
            commands=tuple(commands),
            gone=tuple(w.counted(one.id) for w in (*(was for was, _ in ended.cut), *ended.gone)),
            come=tuple(s.counted(one.id) for s in (*(now for _, now in ended.cut), standing)),
        )
        return step, Change.UPDATED if current else Change.CREATED

    async def _plan_past(
        self, one: _Given, expected: str | None, read: Read
    ) -> tuple[Step | None, Change]:
        """To take in a revision that has been replaced. Time that another has stays its own."""
        require_revision(revision_of(read.standings), expected)
        since = to_microseconds(one.entry.stood_from)
        until = to_microseconds(one.entry.stood_until)
        if overlaps(read.standings, one.entry.article, since, until):
            return None, Change.UNCHANGED
        standing = _standing(one, read.number, since, until)
        keys = self._nodes.keys[one.shard]
        commands = await asyncio.to_thread(
            add_past, keys, standing, one.record, one.vectors, self._words
        )
        step = Step(
            article_id=one.id,
            number=read.number,
            before=read.value,
            after=(*read.standings, standing),
            commands=tuple(commands),
            come=(standing.counted(one.id),),
        )
        return step, Change.UPDATED

    async def _plan_delete(
        self, article_id: str, shard: int, expected: str | None, read: Read
    ) -> tuple[Step | None, bool]:
        require_revision(revision_of(read.standings), expected)
        if not read.standings:
            return None, False
        step = Step(
            article_id=article_id,
            number=None,
            before=read.value,
            after=(),
            commands=tuple(await self._forgotten(shard, read.standings)),
            gone=tuple(standing.counted(article_id) for standing in read.standings),
        )
        return step, True

    async def _cut(self, shard: int, was: Standing, now: Standing) -> list[Command]:
        """To end a revision's time."""
        keys = self._nodes.keys[shard]
        commands: list[Command] = []
        alone = None
        if was.current:
            record = await self._reading.record(shard, was)
            commands += unindex_current(keys, was, record, self._words)
            if now.passages:
                alone = (await self._vectors(shard, was)).alone()
        if was.passages and not now.passages:
            commands += await self._unposted(shard, was)
        return [*commands, *cut(keys, now, alone)]

    async def _forgotten(self, shard: int, standings: Sequence[Standing]) -> list[Command]:
        """To leave no trace of revisions."""
        keys = self._nodes.keys[shard]
        commands = forget(keys, standings)
        for was in standings:
            if was.current:
                record = await self._reading.record(shard, was)
                commands += unindex_current(keys, was, record, self._words)
            if was.current or was.since != UNDATED:
                commands += await self._unposted(shard, was)
        return commands

    async def _unposted(self, shard: int, was: Standing) -> list[Command]:
        terms = terms_of(await self._reading.record(shard, was))
        return remove_postings(self._nodes.keys[shard], was.number, terms)

    async def _vectors(self, shard: int, was: Standing) -> Twelve:
        """Those of a current revision."""
        wanted = [(was.number, ordinal) for ordinal in range(was.passages)]
        command = gather(self._nodes.keys[shard], self._dim, wanted)
        ((value,),) = (await self._nodes.ask({shard: [command]})).values()
        return gathered(value, self._dim)[1]


def _standing(one: _Given, number: int, since: int, until: int) -> Standing:
    article = one.entry.article
    return Standing(
        number=number,
        revision=article.revision,
        published=to_microseconds(article.published_at),
        since=since,
        until=until,
        passages=0 if until != FOREVER and since == UNDATED else len(one.entry.passages),
    )


def _turns(given: Sequence[_Given]) -> list[dict[int, _Given]]:
    """By their places in the batch, so that in each turn all are of different articles."""
    turns: list[dict[int, _Given]] = []
    seen: defaultdict[str, int] = defaultdict(int)
    for i, one in enumerate(given):
        turn = seen[one.id]
        seen[one.id] += 1
        if turn == len(turns):
            turns.append({})
        turns[turn][i] = one
    return turns
