"""INDEX: read → segment → attribute → embed → put."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from service.domain.article import Article, Passage, Submission
from service.domain.errors import FetchFailed, FetchRefused, InvalidInput, OnrecordError
from service.domain.indexing import Change, Found, Outcome
from service.domain.quote import Quote
from service.english.text.segment import segment
from service.pipeline.attribute import attribute
from service.pipeline.concurrency import in_order
from service.pipeline.turns import Turns, Work
from service.ports import Clock, Embedder, Entry, Reader, Store, Tagger

PASSAGES_A_BATCH = 512
"""Enough for the embedder to fill its batches with texts of one length; a crash loses no more."""
ARTICLES_AT_ONCE = 8
"""Cut up and attributed side by side, so that the tagger's threads always have work."""
UNREAD_A_BATCH = 100
"""Articles of an older store that are indexed again at once."""

_BAD_ARTICLE = (InvalidInput, FetchRefused, FetchFailed)
"""What is the article's own fault: it is reported, and the rest goes on."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article cut up and attributed, waiting for its vectors."""

    article: Article
    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]
    stood_from: datetime | None = None
    stood_until: datetime | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What is embedded, one text a passage."""
        return tuple(passage.span.of(self.article.text) for passage in self.passages)


@dataclass(frozen=True, slots=True)
class _Read:
    """One thing found and read: the outcome is final unless `article` waits to be cut up."""

    outcome: Outcome
    article: Article | None = None
    submission: Submission | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing found on its way: the outcome is final unless `parsed` waits to be stored."""

    outcome: Outcome
    parsed: Parsed | None = None


@dataclass(frozen=True, slots=True)
class Indexer:
    """Takes articles into the archive. To cut one up is a turn of `turns`, and so is to embed and
    store a batch; reading, which may be fetching, is none."""

    reader: Reader
    tagger: Tagger | None
    embedder: Embedder
    store: Store
    clock: Clock
    turns: Turns

    async def put(
        self, submission: Submission, *, expected_revision: str | None = None
    ) -> tuple[Article, Change]:
        """Indexes one article, with `expected_revision` only while the archive has that one, ABSENT
        meaning none. Raises RevisionConflict, and what reading, embedding or storing it raises."""
        article = await self.reader.read(submission)
        if expected_revision is None and await self._unchanged(article, submission):
            return article, Change.UNCHANGED
        parsed = await self._parse(article, submission)
        changes = await self._put([parsed], expected_revision)
        return article, changes[0]

    async def index_unread(self) -> int:
        """Indexes what the store has only the text of; how many articles that were."""
        count = 0
        while unread := await self.store.unread(limit=UNREAD_A_BATCH):
            await self._put([await self._parse(article, Submission()) for article in unread])
            count += len(unread)
        return count

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
        if await self._unchanged(article, found.submission):
            return _Read(replace(outcome, change=Change.UNCHANGED))
        return _Read(outcome, article, found.submission)

    async def _parsed(self, read: _Read) -> _Step:
        if read.article is None or read.submission is None:
            return _Step(read.outcome)
        try:
            parsed = await self._parse(read.article, read.submission)
        except Exception as error:  # noqa: BLE001 - raised again if it is not the article's own
            return _Step(Outcome(read.outcome.origin, problem=_its_own(error)))
        return _Step(replace(read.outcome, passages=len(parsed.passages)), parsed)

    async def _unchanged(self, article: Article, submission: Submission) -> bool:
        if submission.stood_until is not None:  # it is not compared with the current revision
            return False
        known = await self.store.revisions([article.id])
        return known.get(article.id) == article.revision

    async def _parse(self, article: Article, submission: Submission) -> Parsed:
        async with self.turns.turn(Work.INDEX):
            segments = await asyncio.to_thread(segment, article.text)
            quotes = await attribute(article.text, segments.sentences, self.tagger)
        return Parsed(
            article, segments.passages, quotes, submission.stood_from, submission.stood_until
        )

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

    async def _put(
        self, batch: Sequence[Parsed], expected_revision: str | None = None
    ) -> Sequence[Change]:
        if not batch:
            return ()
        async with self.turns.turn(Work.INDEX):
            return await self._embed_and_put(batch, expected_revision)

    async def _embed_and_put(
        self, batch: Sequence[Parsed], expected_revision: str | None
    ) -> Sequence[Change]:
        vectors = await self.embedder.embed([text for parsed in batch for text in parsed.texts])
        ends = np.cumsum([len(parsed.passages) for parsed in batch])[:-1]
        now = self.clock.now()
        entries = [
            Entry(
                parsed.article,
                parsed.passages,
                parsed.quotes,
                rows,
                now,
                parsed.stood_from,
                parsed.stood_until,
            )
            for parsed, rows in zip(batch, np.split(vectors, ends), strict=True)
        ]
        return await self.store.put(entries, expected_revision=expected_revision)


def _its_own(error: Exception) -> Exception:
    """The error, where an article is at fault or nobody has foreseen it. Raises it where the store
    or a model failed: the next article would fare no better."""
    if isinstance(error, OnrecordError) and not isinstance(error, _BAD_ARTICLE):
        raise error
    return error
