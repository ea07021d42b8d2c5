"""The Redis store: articles spread over shards, which one server has or several."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, StoredPassage, StoredRevision
from service.domain.claim import Filters, QuoteQuery
from service.domain.indexing import Change
from service.domain.quote import Quote
from service.domain.verdict import Coverage
from service.ports import ArticlePage, Entry, Hit, QuotePage
from service.stores.redis.address import Address
from service.stores.redis.archive import Archive
from service.stores.redis.changes import Changes
from service.stores.redis.durability import Durability
from service.stores.redis.found import Found
from service.stores.redis.index import Facts, make_facts, open_nodes, require_embedder
from service.stores.redis.nearest import EXACT_PASSAGES, GATHERED_PASSAGES, VectorLeg
from service.stores.redis.nodes import Nodes
from service.stores.redis.reading import Reading
from service.stores.redis.roster import Roster, coverage
from service.stores.redis.steps import digest_total
from service.stores.redis.words import Words


class RedisStore:
    """Satisfies `service.ports.Store`; made by `open_redis`.

    What an article consists of, and all that finds it, is in one shard and changes in one step.
    Questions are put to all shards at once; a shard that does not answer is an error that names it.
    The process keeps nothing that the servers do not have.
    """

    def __init__(
        self, nodes: Nodes, facts: Facts, *, exact_passages: int, gathered_passages: int
    ) -> None:
        self.embedder = facts.embedder
        self._dim = facts.dim
        self._nodes = nodes
        self._reading = Reading(nodes)
        self._archive = Archive(nodes, self._reading)
        self._words = Words(nodes)
        self._vectors = VectorLeg(
            nodes,
            facts.dim,
            exact_passages=exact_passages,
            gathered_passages=gathered_passages,
        )
        self._changes = Changes(nodes, self._reading, self._words, facts.dim)

    async def put(
        self, entries: Sequence[Entry], *, expected_revision: str | None = None
    ) -> Sequence[Change]:
        """Each article all or nothing, those of one article in order. A changed article replaces
        its older revision, which is found from then on only `as_of` when it stood.

        Raises RevisionConflict and ValueError before anything is changed, but for a conflict that
        comes about meanwhile; StoreFailed says how many articles are stored: putting the batch
        again is safe.
        """
        return await self._changes.put(entries, expected_revision)

    async def delete(self, article_id: str, *, expected_revision: str | None = None) -> bool:
        """Removes every trace, older revisions too; whether there was anything to remove. Raises
        RevisionConflict as `put` does."""
        return await self._changes.delete(article_id, expected_revision)

    async def article(self, article_id: str) -> Article | None:
        """The current revision."""
        record = await self._archive.record(article_id)
        return record.article if record else None

    async def history(self, article_id: str) -> Sequence[StoredRevision]:
        """The current revision, then those that it replaced, newest first."""
        return await self._archive.history(article_id)

    async def unread(self, *, limit: int) -> Sequence[Article]:
        """None: no version of this store has left any."""
        del limit
        return ()

    async def revisions(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The current revision of each id that is known."""
        standings = await self._reading.standings(article_ids)
        return {
            article_id: standing.revision
            for article_id, of_one in standings.items()
            for standing in of_one
            if standing.current
        }

    async def articles(
        self, filters: Filters, *, url: str | None = None, limit: int, cursor: str | None = None
    ) -> ArticlePage:
        """Newest published first, undated last; with `url` those at that address alone. Stable
        under inserts. Raises InvalidCursor."""
        return await self._archive.page(filters, url, limit, cursor)

    async def quotes(self, article_id: str) -> tuple[Quote, ...]:
        """The quotes of an article's current revision, in the order of its text."""
        record = await self._archive.record(article_id)
        return record.quotes if record else ()

    async def said(self, query: QuoteQuery, *, limit: int, cursor: str | None = None) -> QuotePage:
        """Newest first, undated last, then by id and place. Stable under inserts. Raises
        InvalidCursor."""
        return await self._archive.said(query, limit, cursor)

    async def nearest(
        self, vector: NDArray[np.float32], filters: Filters, *, limit: int
    ) -> Sequence[Hit]:
        """Passages by cosine to `vector`, shape (dim,); highest first, equal ones by id."""
        rosters = await self._reading.rosters()
        found = await self._vectors.nearest(vector, filters, rosters, limit=limit)
        return await self._hits(found, rosters, limit)

    async def matching(self, words: str, filters: Filters, *, limit: int) -> Sequence[Hit]:
        """Passages by BM25 for any of `words`, plain text without a query language."""
        rosters = await self._reading.rosters()
        passing = [roster.passing(filters) for roster in rosters]
        current = [p & r.current for p, r in zip(passing, rosters, strict=True)]
        found = await self._words.matching(words, current, limit=limit)
        past = [p & ~r.current for p, r in zip(passing, rosters, strict=True)]
        return await self._hits([*found, *await self._matching_past(words, past)], rosters, limit)

    async def passages(self, passage_ids: Sequence[str]) -> Sequence[StoredPassage]:
        """In the order asked for; ids that are gone are left out."""
        return await self._archive.passages(passage_ids)

    async def coverage(self, filters: Filters) -> Coverage:
        """What the index holds for these filters."""
        return coverage(await self._reading.rosters(), filters)

    async def snapshot(self) -> str:
        """A digest of the content: the same articles with the same history give the same, in
        whatever order they came."""
        replies = await self._nodes.ask(
            {shard: [("HGETALL", keys.digest)] for shard, keys in enumerate(self._nodes.keys)}
        )
        limbs = [
            (int(limb), int(value))
            for (reply,) in replies.values()
            for limb, value in zip(reply[::2], reply[1::2], strict=True)
        ]
        return f"sha256:{digest_total(limbs)}"

    async def version(self) -> str:
        """The same as before where nothing has changed meanwhile."""
        versions = await self._reading.versions()
        return " ".join(str(versions[shard]) for shard in sorted(versions))

    async def health(self) -> None:
        """Returns while every shard answers, and its server keeps what it is given. Raises
        StoreFailed that says which does not."""
        await self.nearest(np.ones(self._dim, np.float32), Filters(), limit=1)
        await self.matching("anything", Filters(), limit=1)
        await self._nodes.inspect()

    async def close(self) -> None:
        """Closes the connections; nothing acknowledged is lost."""
        await self._nodes.close()

    async def _matching_past(self, words: str, past: Sequence[NDArray[np.bool_]]) -> list[Found]:
        """Every passage of replaced revisions that has a score."""
        places = [
            (shard, number)
            for shard, mask in enumerate(past)
            for number in np.flatnonzero(mask).tolist()
        ]
        names = await self._reading.names(places)
        records = await self._reading.records(
            [(*place, digits) for place, (_, digits) in names.items()]
        )
        owners = [
            (shard, number, ordinal)
            for (shard, number, _), record in records.items()
            for ordinal in range(len(record.passages))
        ]
        texts = [text for record in records.values() for text in record.contexts]
        scores = (await self._words.scores(words, texts)).tolist()
        return [
            Found(*owner, score) for owner, score in zip(owners, scores, strict=True) if score > 0
        ]

    async def _hits(
        self, found: Sequence[Found], rosters: Sequence[Roster], limit: int
    ) -> list[Hit]:
        """The `limit` best, equal ones by id."""
        if len(found) > limit > 0:  # those that share the last place are ordered by their ids
            last = sorted((one.score for one in found), reverse=True)[limit - 1]
            found = [one for one in found if one.score >= last]
        names = await self._reading.names([(one.shard, one.number) for one in found])
        current = [roster.current for roster in rosters]
        hits = []
        for one in found:
            if name := names.get((one.shard, one.number)):
                article_id, digits = name
                past = "" if current[one.shard][one.number] else f"@{digits}"
                hits.append(Hit(f"{article_id}:{one.ordinal}{past}", one.score))
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:limit]


async def open_redis(
    address: Address,
    *,
    embedder: str,
    dim: int,
    durability: Durability = Durability.DISK,
    exact_passages: int = EXACT_PASSAGES,
    gathered_passages: int = GATHERED_PASSAGES,
) -> RedisStore:
    """Opens the index at `address`, making it where there is none, for vectors of `dim` numbers by
    the embedder with this fingerprint.

    In a shard of up to `exact_passages`, or where up to `gathered_passages` of it pass the filters,
    `nearest` scores every one. Raises IndexMismatch, StoreCorrupt or StoreFailed.
    """
    nodes, facts = await open_nodes(address, durability, lambda: make_facts(address, embedder, dim))
    try:
        require_embedder(facts, address, embedder, dim)
    except BaseException:
        await nodes.close()
        raise
    return RedisStore(
        nodes, facts, exact_passages=exact_passages, gathered_passages=gathered_passages
    )


async def open_as_made(address: Address, *, durability: Durability = Durability.DISK) -> RedisStore:
    """The index at `address`, whichever embedder made it. Raises what `open_redis` does but
    IndexMismatch, and StoreFailed where there is none."""
    nodes, facts = await open_nodes(address, durability, None)
    return RedisStore(
        nodes, facts, exact_passages=EXACT_PASSAGES, gathered_passages=GATHERED_PASSAGES
    )
