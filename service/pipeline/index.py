"""INDEX: read → segment → attribute → embed → put."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

import numpy as np

from service.domain.article import Article, Passage, Submission
from service.domain.errors import FetchFailed, FetchRefused, InvalidInput, OnrecordError
from service.domain.indexing import Change, Found, Outcome
from service.domain.quote import Quote
from service.english.text.segment import segment
from service.pipeline.attribute import attribute
from service.pipeline.concurrency import in_order
from service.ports import Clock, Embedder, Entry, Reader, Store, Tagger

PASSAGES_A_BATCH = 512
"""Enough for the embedder to fill its batches with texts of one length; a crash loses no more."""
ARTICLES_AT_ONCE = 8
"""Cut up and attributed side by side, so that the tagger's threads always have work."""

_BAD_ARTICLE = (InvalidInput, FetchRefused, FetchFailed)
"""What is the article's own fault: it is reported, and the rest goes on."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article cut up and attributed, waiting for its vectors."""

    article: Article
    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is embedded, one text a passage."""
        return tuple(passage.span.of(self.article.text) for passage in self.passages)


@dataclass(frozen=True, slots=True)
class _Read:
    """One thing found and read: the outcome is final unless `article` waits to be cut up."""

    outcome: Outcome
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing found on its way: the outcome is final unless `parsed` waits to be stored."""

    outcome: Outcome
    parsed: Parsed | None = None


@dataclass(frozen=True, slots=True)
class Indexer:
    """Takes articles into the archive."""

    reader: Reader
    tagger: Tagger | None
    embedder: Embedder
    store: Store
    clock: Clock

    async def put(self, submission: Submission) -> tuple[Article, Change]:
        """Indexes one article. Raises what reading, embedding or storing it raises."""
        article = await self.reader.read(submission)
        if await self._unchanged(article):
            return article, Change.UNCHANGED
        parsed = await self._parse(article)
        changes = await self._put([parsed])
        return article, changes[0]

    async def index(self, found: AsyncIterable[Found]) -> AsyncGenerator[Outcome, None]:
        """Indexes what is found, in order, an outcome each; what is yielded is stored.

        The next batch is read and cut up while the one before is embedded and stored. A bad
        article is an outcome with its problem, whatever went wrong with it; what is wrong with the
        store or a model is raised.
        """
        storing: asyncio.Task[list[Outcome]] | None = None
        try:
            async for batch in self._batches(found):
                done = await storing if storing else []
                storing = asyncio.create_task(self._store(batch))
                for outcome in done:
                    yield outcome
            for outcome in await storing if storing else []:
                yield outcome
        finally:
            if storing and not storing.done():
                storing.cancel()
                await asyncio.gather(storing, return_exceptions=True)

    async def _batches(self, found: AsyncIterable[Found]) -> AsyncIterator[list[_Step]]:
        batch: list[_Step] = []
        passages = 0
        async with aclosing(
            in_order(self._read_all(found), self._parsed, at_once=ARTICLES_AT_ONCE)
        ) as steps:
            async for step in steps:
                batch.append(step)
                passages += len(step.parsed.passages) if step.parsed else 0
                if passages >= PASSAGES_A_BATCH or len(batch) >= PASSAGES_A_BATCH:
                    yield batch
                    batch, passages = [], 0
        if batch:
            yield batch

    async def _read_all(self, found: AsyncIterable[Found]) -> AsyncGenerator[_Read, None]:
        """One after the other: to read may be to fetch."""
        async for item in found:
            yield await self._read(item)

    async def _read(self, found: Found) -> _Read:
        if found.submission is None:
            return _Read(Outcome(found.origin, problem=found.problem))
        try:
            article = await self.reader.read(found.submission)
        except Exception as error:  # noqa: BLE001 - raised again if it is not the article's own
            return _Read(Outcome(found.origin, problem=_its_own(error)))
        outcome = Outcome(found.origin, article.id, article.revision, article.title)
        if await self._unchanged(article):
            return _Read(replace(outcome, change=Change.UNCHANGED))
        return _Read(outcome, article)

    async def _parsed(self, read: _Read) -> _Step:
        if read.article is None:
            return _Step(read.outcome)
        try:
            parsed = await self._parse(read.article)
        except Exception as error:  # noqa: BLE001 - raised again if it is not the article's own
            return _Step(Outcome(read.outcome.origin, problem=_its_own(error)))
        return _Step(replace(read.outcome, passages=len(parsed.passages)), parsed)

    async def _unchanged(self, article: Article) -> bool:
        known = await self.store.revisions([article.id])
        return known.get(article.id) == article.revision

    async def _parse(self, article: Article) -> Parsed:
        segments = await asyncio.to_thread(segment, article.text)
        quotes = await attribute(article.text, segments.sentences, self.tagger)
        return Parsed(article, segments.passages, quotes)

    async def _store(self, batch: Sequence[_Step]) -> list[Outcome]:
        """Stores all at once or, where one of them meets an error that nobody has foreseen, one
        after the other."""
        try:
            changes = iter(await self._put([step.parsed for step in batch if step.parsed]))
        except Exception as error:  # noqa: BLE001 - raised again if it is not an article's own
            if len(batch) == 1:
                return [Outcome(batch[0].outcome.origin, problem=_its_own(error))]
            _its_own(error)
            return [outcome for step in batch for outcome in await self._store([step])]
        return [
            replace(step.outcome, change=next(changes)) if step.parsed else step.outcome
            for step in batch
        ]

    async def _put(self, parsed: Sequence[Parsed]) -> Sequence[Change]:
        if not parsed:
            return ()
        vectors = await self.embedder.embed([text for one in parsed for text in one.texts])
        ends = np.cumsum([len(one.passages) for one in parsed])[:-1]
        now = self.clock.now()
        return await self.store.put(
            [
                Entry(one.article, one.passages, one.quotes, rows, now)
                for one, rows in zip(parsed, np.split(vectors, ends), strict=True)
            ]
        )


def _its_own(error: Exception) -> Exception:
    """The error, where an article is at fault or nobody has foreseen it. Raises it where the store
    or a model failed: the next article would fare no better."""
    if isinstance(error, OnrecordError) and not isinstance(error, _BAD_ARTICLE):
        raise error
    return error
