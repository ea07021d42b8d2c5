"""Articles, pages of them, who said what, and passages by their ids."""

from bisect import bisect_right
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.domain.article import (
    Article,
    StoredPassage,
    StoredQuote,
    StoredRevision,
    article_of,
)
from service.domain.claim import Filters, QuoteQuery
from service.ports import ArticlePage, QuotePage
from service.stores.cursor import read_cursor, read_quote_cursor, write_cursor, write_quote_cursor
from service.stores.redis.keys import Command
from service.stores.redis.nodes import Nodes
from service.stores.redis.pages import Listed, after_article, begins, from_article, latest, walk
from service.stores.redis.postings import address_term, buckets_of, numbers_with, read_buckets
from service.stores.redis.reading import Place, Reading
from service.stores.redis.records import Record
from service.stores.redis.roster import Roster
from service.stores.redis.standings import Standing, newest_first
from service.stores.redis.steps import digits_of
from service.stores.terms import quote_terms, terms_asked
from service.stores.times import from_microseconds

_READ_AHEAD: Final = 16
"""Revisions whose quotes are read at once."""
_MOST_DIGITS: Final = 12


class Archive:
    """Reads what was stored; looks for nothing by meaning or by BM25."""

    def __init__(self, nodes: Nodes, reading: Reading) -> None:
        self._nodes = nodes
        self._reading = reading

    async def record(self, article_id: str) -> Record | None:
        """The current revision."""
        found = await self._reading.current(article_id)
        if found is None:
            return None
        place, _ = found
        return (await self._reading.records([place])).get(place)

    async def history(self, article_id: str) -> list[StoredRevision]:
        """The current revision, then those that it replaced, newest first."""
        standings = newest_first((await self._reading.standings([article_id]))[article_id])
        places = [self._reading.place(article_id, standing) for standing in standings]
        records = await self._reading.records(places)
        return [
            StoredRevision(
                records[place].article,
                from_microseconds(standing.since),
                None if standing.current else from_microseconds(standing.until),
            )
            for place, standing in zip(places, standings, strict=True)
            if place in records
        ]

    async def page(
        self, filters: Filters, url: str | None, limit: int, cursor: str | None
    ) -> ArticlePage:
        """Newest first, undated last, equal ones by id. Raises InvalidCursor."""
        after = read_cursor(cursor) if cursor is not None else None
        start = after_article(*after) if after else None
        terms = set() if url is None else {address_term(url)}
        listed: list[Listed] = []
        articles: list[Article] = []
        async for some in self._chunks(filters, start, terms, limit + 1):
            records = await self._reading.records([one.place for one in some])
            for one in some:
                record = records.get(one.place)
                if record and (url is None or record.article.url == url):
                    listed.append(one)
                    articles.append(record.article)
            if len(articles) > limit:
                last = listed[limit - 1]
                return ArticlePage(tuple(articles[:limit]), write_cursor(last.published, last.id))
        return ArticlePage(tuple(articles), None)

    async def said(self, query: QuoteQuery, limit: int, cursor: str | None) -> QuotePage:
        """Newest first, undated last, equal ones by id and place. Raises InvalidCursor."""
        after = read_quote_cursor(cursor) if cursor is not None else None
        start = from_article(*after[:2]) if after else None
        asked = terms_asked(query)
        quotes: list[StoredQuote] = []
        places: list[tuple[int, str, int]] = []
        async for some in self._chunks(query.filters, start, asked, _READ_AHEAD):
            records = await self._reading.records([one.place for one in some])
            for one in some:
                record = records.get(one.place)
                if record is None:
                    continue
                first = after[2] + 1 if after and after[:2] == (one.published, one.id) else 0
                for place in _quotes_with(record, asked, first):
                    quotes.append(StoredQuote(record.quotes[place], record.article))
                    places.append((one.published, one.id, place))
            if len(quotes) > limit:
                return QuotePage(tuple(quotes[:limit]), write_quote_cursor(*places[limit - 1]))
        return QuotePage(tuple(quotes), None)

    async def passages(self, passage_ids: Sequence[str]) -> list[StoredPassage]:
        """In the order asked for; ids that are gone are left out."""
        standings = await self._reading.standings(map(article_of, passage_ids))
        found: dict[str, tuple[Place, int]] = {}
        for passage_id in passage_ids:
            article_id = article_of(passage_id)
            if parsed := _named(passage_id, standings[article_id]):
                standing, ordinal = parsed
                found[passage_id] = (self._reading.place(article_id, standing), ordinal)
        records = await self._reading.records([place for place, _ in found.values()])
        stored = []
        for passage_id in passage_ids:
            place, ordinal = found.get(passage_id, (None, 0))
            record = records.get(place) if place else None
            if record:
                passage = record.passages[ordinal]
                quotes = record.touching(passage.span)
                stored.append(StoredPassage(passage_id, passage, record.article, quotes))
        return stored

    async def _chunks(
        self, filters: Filters, start: bytes | None, terms: set[str], size: int
    ) -> AsyncIterator[list[Listed]]:
        """The revisions that pass and may have all of the terms, from `start` on, some at a
        time."""
        chunk: list[Listed] = []
        async for one in self._in_order(filters, start, terms):
            chunk.append(one)
            if len(chunk) == size:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    async def _in_order(
        self, filters: Filters, start: bytes | None, terms: set[str]
    ) -> AsyncIterator[Listed]:
        rosters = await self._reading.rosters()
        passing = [roster.passing(filters) for roster in rosters]
        if terms:
            numbers = await self._holding(terms, passing)
            async for one in self._sorted(numbers, rosters, start):
                yield one
            return
        past = [np.flatnonzero(p & ~r.current) for p, r in zip(passing, rosters, strict=True)]
        others = [one async for one in self._sorted(past, rosters, start)]
        async for one in walk(self._nodes, rosters, filters, start=start, others=others):
            yield one

    async def _holding(
        self, terms: set[str], passing: Sequence[NDArray[np.bool_]]
    ) -> list[NDArray[np.int64]]:
        """By shard, the revisions that pass and may have all of the terms."""
        buckets = buckets_of(terms)
        asked: dict[int, list[Command]] = {
            shard: read_buckets(keys, buckets) for shard, keys in enumerate(self._nodes.keys)
        }
        found = []
        for shard, values in sorted((await self._nodes.ask(asked)).items()):
            numbers = numbers_with(terms, dict(zip(buckets, values, strict=True))).astype(np.int64)
            numbers = numbers[numbers < len(passing[shard])]
            found.append(numbers[passing[shard][numbers]])
        return found

    async def _sorted(
        self, numbers: Sequence[NDArray[np.int64]], rosters: Sequence[Roster], start: bytes | None
    ) -> AsyncIterator[Listed]:
        """Those of the revisions that come from `start` on, in the order of pages. Their names are
        read as they are needed, those of one moment together."""
        dated = sorted(
            (
                (-published, shard, number)
                for shard, some in enumerate(numbers)
                for number, published in zip(
                    some.tolist(), rosters[shard].rows["published"][some].tolist(), strict=True
                )
            ),
        )
        if start is not None:
            dated = [one for one in dated if -one[0] <= latest(start)]
        while dated:
            end = bisect_right(dated, dated[:_READ_AHEAD][-1][0], key=itemgetter(0))
            some, dated = dated[:end], dated[end:]
            names = await self._reading.names([one[1:] for one in some])
            listed = [
                Listed(-earlier, names[shard, number][0], shard, number, names[shard, number][1])
                for earlier, shard, number in some
                if (shard, number) in names
            ]
            for one in sorted(listed, key=lambda one: one.key):
                if start is None or begins(start, one):
                    yield one


def _quotes_with(record: Record, terms: set[str], first: int) -> Iterator[int]:
    """The places of the quotes that have all of the terms, from `first` on."""
    for place in range(first, len(record.quotes)):
        if terms <= quote_terms(record.article.text, record.quotes[place]):
            yield place


def _named(passage_id: str, standings: Iterable[Standing]) -> tuple[Standing, int] | None:
    """The revision of a passage's id, and the passage's place in it."""
    ordinal, at, digits = passage_id.rpartition(":")[2].partition("@")
    if not (ordinal.isascii() and ordinal.isdecimal()) or len(ordinal) > _MOST_DIGITS:
        return None
    for standing in standings:
        wanted = digits_of(standing.revision) == digits if at else standing.current
        if wanted and standing.current is not bool(at) and int(ordinal) < standing.passages:
            return standing, int(ordinal)
    return None
