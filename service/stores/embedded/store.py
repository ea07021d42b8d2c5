"""The embedded store: catalogue, words and vectors in one folder, for one process."""

import asyncio
import contextlib
import logging
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, StoredPassage, StoredRevision
from service.domain.claim import Filters, QuoteQuery
from service.domain.errors import StoreFailed
from service.domain.indexing import Change
from service.domain.quote import Quote
from service.domain.verdict import Coverage
from service.ports import ArticlePage, Entry, Hit, QuotePage
from service.stores.digest import EMPTY
from service.stores.embedded import changes
from service.stores.embedded.archive import Archive
from service.stores.embedded.catalogue import ARCHIVE, Catalogue
from service.stores.embedded.checkpoint import Unusable
from service.stores.embedded.consistency import Consistency, compare
from service.stores.embedded.derived import Derived
from service.stores.embedded.errors import as_store_errors, as_unusable, failed_again
from service.stores.embedded.lock import FolderLock
from service.stores.embedded.passage_table import PassageTable
from service.stores.embedded.past_revisions import matching_past, nearest_past, past_places
from service.stores.embedded.place import Difference
from service.stores.embedded.private import keep_private
from service.stores.embedded.vectors import EXACT_PASSAGES, VectorIndex
from service.stores.embedded.words import WordIndex

_LOG: Final = logging.getLogger(__name__)
_READERS: Final = 4
T = TypeVar("T")
Index = TypeVar("Index", WordIndex, VectorIndex)


class EmbeddedStore:
    """Satisfies `service.ports.Store`; made by `open_embedded`.

    A change is committed to SQLite, then taken in by the derived indexes, then acknowledged.
    Work happens on threads, one for changes and a few for questions, so that neither a slow disk
    nor a long search holds up the event loop.
    """

    def __init__(self, folder: Path, *, embedder: str, dim: int, exact_passages: int) -> None:
        self._folder = folder
        self.embedder = embedder
        self._dim = dim
        self._lock = FolderLock(folder)
        with contextlib.ExitStack() as opened:
            opened.callback(self._lock.release)
            self._catalogue = Catalogue(folder)
            opened.callback(self._catalogue.close)
            self._catalogue.settle(embedder, dim)
            self._derived = Derived(self._catalogue, folder, exact_passages=exact_passages)
            self._roster = PassageTable(changes.places(self._catalogue.reader))
            opened.pop_all()  # from here on `close` gives them back
        self._archive = Archive(self._catalogue)
        self._digest: str = self._catalogue.fact("digest") or EMPTY
        self._behind = False
        self._versions = count(1)
        self._version = 0
        self._writing = ThreadPoolExecutor(1, "onrecord-write")
        self._reading = ThreadPoolExecutor(_READERS, "onrecord-read")

    async def put(
        self, entries: Sequence[Entry], *, expected_revision: str | None = None
    ) -> Sequence[Change]:
        """All or nothing, in order, each as if it came alone. A changed article replaces its older
        revision, which is found from then on only `as_of` when it stood.

        Raises RevisionConflict where an article is at another revision than the expected one, and
        ValueError for vectors of another shape than the index's.
        """
        return await self._run(self._writing, self._put, entries, expected_revision)

    async def delete(self, article_id: str, *, expected_revision: str | None = None) -> bool:
        """Removes every trace, older revisions too; whether there was anything to remove. Raises
        RevisionConflict as `put` does. An error means that nothing was removed."""
        return await self._run(self._writing, self._delete, article_id, expected_revision)

    async def article(self, article_id: str) -> Article | None:
        """The current revision."""
        return await self._run(self._reading, self._archive.article, article_id)

    async def history(self, article_id: str) -> Sequence[StoredRevision]:
        """The current revision, then those that it replaced, newest first."""
        return await self._run(self._reading, self._archive.history, article_id)

    async def unread(self, *, limit: int) -> Sequence[Article]:
        """Articles that are there without their passages, as an older version has left them."""
        return await self._run(self._reading, self._archive.unread, limit)

    async def revisions(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The current revision of each id that is known and needs no indexing again."""
        return await self._run(self._reading, self._archive.revisions, article_ids)

    async def articles(
        self, filters: Filters, *, url: str | None = None, limit: int, cursor: str | None = None
    ) -> ArticlePage:
        """Newest published first, undated last; with `url` those at that address alone. Stable
        under inserts. Raises InvalidCursor."""
        return await self._run(self._reading, self._archive.page, filters, url, limit, cursor)

    async def quotes(self, article_id: str) -> tuple[Quote, ...]:
        """The quotes of an article's current revision, in the order of its text."""
        return await self._run(self._reading, self._archive.quotes, article_id)

    async def said(self, query: QuoteQuery, *, limit: int, cursor: str | None = None) -> QuotePage:
        """Newest first, undated last, then by id and place. Stable under inserts. Raises
        InvalidCursor."""
        return await self._run(self._reading, self._archive.said, query, limit, cursor)

    async def nearest(
        self, vector: NDArray[np.float32], filters: Filters, *, limit: int
    ) -> Sequence[Hit]:
        """Passages by cosine to `vector`, shape (dim,); highest first, equal ones by id."""
        return await self._run(self._reading, self._nearest, vector, filters, limit)

    async def matching(self, words: str, filters: Filters, *, limit: int) -> Sequence[Hit]:
        """Passages by BM25 for any of `words`, plain text without a query language."""
        return await self._run(self._reading, self._matching, words, filters, limit)

    async def passages(self, passage_ids: Sequence[str]) -> Sequence[StoredPassage]:
        """In the order asked for; ids that are gone are left out."""
        return await self._run(self._reading, self._passages, passage_ids)

    async def coverage(self, filters: Filters) -> Coverage:
        """What the index holds for these filters."""
        if filters.as_of is None:
            return self._roster.coverage(filters)
        return await self._run(self._reading, self._coverage_then, filters)

    async def snapshot(self) -> str:
        """A digest of the content: the same articles with the same history give the same, in
        whatever order they came."""
        return f"sha256:{self._digest}"

    async def version(self) -> str:
        """The same as before where nothing has changed meanwhile; another one at each call while
        what is derived does not agree with the catalogue."""
        return str(next(self._versions) if self._behind else self._version)

    async def health(self) -> None:
        """Returns while questions can be answered. Raises StoreFailed that says why they cannot."""
        await self._run(self._reading, self._answer)

    async def consistency(self) -> Consistency:
        """Whether both derived indexes agree with the catalogue; reads everything."""
        return await self._run(self._writing, compare, self._catalogue, self._derived)

    async def close(self) -> None:
        """Gives back files and threads; nothing acknowledged is lost."""
        await self._run(self._writing, self._close)
        self._writing.shutdown()

    def _put(self, entries: Sequence[Entry], expected_revision: str | None) -> list[Change]:
        self._catch_up()
        with self._catalogue.transaction() as connection:
            done, difference = changes.put(connection, entries, expected_revision)
        if any(change is not Change.UNCHANGED for change in done):
            self._take_in(difference)
        return done

    def _delete(self, article_id: str, expected_revision: str | None) -> bool:
        self._catch_up()
        with self._catalogue.transaction() as connection:
            difference = changes.delete(connection, article_id, expected_revision)
        if difference is None:
            return False
        try:
            self._take_in(difference)
            self._catalogue.forget_pages()
        except (StoreFailed, sqlite3.Error) as error:  # it is deleted, and nothing finds it
            _LOG.warning("Deleted from %s, but not from all files yet: %s", self._folder, error)
        return True

    def _take_in(self, difference: Difference) -> None:
        self._behind = True
        self._version = next(self._versions)
        self._digest = self._catalogue.fact("digest") or EMPTY
        if difference.removed:  # first of all, so that nothing finds them whatever comes
            self._roster.change(difference.removed, ())
            self._archive.forget()
        self._derived.change(difference)
        self._roster.change((), [item.place for item in difference.added])
        self._behind = False

    def _catch_up(self) -> None:
        """After a change that the indexes could not take in. Raises StoreFailed while they still
        cannot: then nothing may be changed, and questions are answered from what they have."""
        if self._behind:
            self._derived.catch_up()
            self._roster = PassageTable(changes.places(self._catalogue.reader))
            self._behind = False

    def _nearest(self, vector: NDArray[np.float32], filters: Filters, limit: int) -> list[Hit]:
        eligible = self._roster.eligible(filters)

        def ask(index: VectorIndex) -> list[Hit]:
            return self._hits(*index.nearest(vector, eligible, limit), limit)

        current = self._ask(lambda: self._derived.vectors, ask)
        return _best(current, nearest_past(self._catalogue.reader, vector, filters), limit)

    def _matching(self, words: str, filters: Filters, limit: int) -> list[Hit]:
        def ask(index: WordIndex) -> tuple[list[Hit], list[Hit]]:
            current = self._hits(*index.matching(words, filters, limit), limit)
            scores = partial(index.scores, words)
            return current, matching_past(self._catalogue.reader, scores, filters)

        return _best(*self._ask(lambda: self._derived.words, ask), limit)

    def _ask(self, current: Callable[[], Index], question: Callable[[Index], T]) -> T:
        """The answer of an index. One that fails is made anew, and asked again."""
        index = current()
        try:
            with as_unusable(self._folder):
                return question(index)
        except Unusable as error:
            self._writing.submit(self._derived.renew, index, error).result()
        try:
            with as_unusable(self._folder):
                return question(current())
        except Unusable as error:
            raise failed_again(self._folder, error) from error

    def _answer(self) -> None:
        """Asks every part something."""
        anything = np.ones(self._dim, np.float32)
        self._nearest(anything, Filters(), 1)
        self._matching("anything", Filters(), 1)
        self._archive.page(Filters(), None, 1, None)

    def _coverage_then(self, filters: Filters) -> Coverage:
        return self._roster.coverage(filters, past_places(self._catalogue.reader, filters))

    def _hits(self, keys: NDArray[np.int64], scores: NDArray[np.float64], limit: int) -> list[Hit]:
        alive = self._roster.alive(keys)
        keys, scores = keys[alive], scores[alive]
        if len(keys) > limit:  # those that share the last place are ordered by their ids
            last = np.partition(scores, -limit)[-limit]
            keys, scores = keys[scores >= last], scores[scores >= last]
        ids = self._roster.passage_ids(keys)
        best = sorted(zip((-scores).tolist(), ids, strict=True))[:limit]
        return [Hit(passage_id, -score) for score, passage_id in best]

    def _passages(self, passage_ids: Sequence[str]) -> list[StoredPassage]:
        found = self._archive.passages(self._roster.passage_keys(passage_ids))
        found |= self._archive.past_passages([one for one in passage_ids if one not in found])
        return [found[passage_id] for passage_id in passage_ids if passage_id in found]

    def _close(self) -> None:
        self._reading.shutdown()
        try:
            if not self._behind:
                self._derived.save()
        finally:
            self._derived.close()
            self._catalogue.close()
            self._lock.release()

    async def _run(self, threads: ThreadPoolExecutor, work: Callable[..., T], *given: Any) -> T:  # noqa: ANN401
        with as_store_errors(self._folder):
            return await asyncio.get_running_loop().run_in_executor(threads, work, *given)


def _best(current: list[Hit], past: list[Hit], limit: int) -> list[Hit]:
    if not past:
        return current
    return sorted((*current, *past), key=lambda hit: (-hit.score, hit.passage_id))[:limit]


async def open_embedded(
    folder: Path, *, embedder: str, dim: int, exact_passages: int = EXACT_PASSAGES
) -> EmbeddedStore:
    """Opens the store in `folder`, creating it when missing, and catches its indexes up.

    `embedder` is the fingerprint of the embedder whose vectors of `dim` numbers it holds.
    Up to `exact_passages` eligible passages, `nearest` scores every one. Raises StoreLocked,
    StoreCorrupt, IndexMismatch or StoreFailed.
    """

    def work() -> EmbeddedStore:
        with as_store_errors(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            store = EmbeddedStore(folder, embedder=embedder, dim=dim, exact_passages=exact_passages)
            keep_private(folder)
            return store

    return await asyncio.to_thread(work)


async def open_as_made(folder: Path) -> EmbeddedStore:
    """The index in `folder`, whichever embedder made it: to read its articles without a model.

    Raises what `open_embedded` does but IndexMismatch, and StoreFailed where there is no index.
    """
    embedder, dim = await asyncio.to_thread(_made_by, folder)
    return await open_embedded(folder, embedder=embedder, dim=dim)


async def rebuild(folder: Path) -> None:
    """Makes both derived indexes anew from the catalogue: the words and vectors of what was
    deleted leave the disk for good. Raises what `open_as_made` does."""
    embedder, dim = await asyncio.to_thread(_made_by, folder, remove_derived=True)
    store = await open_embedded(folder, embedder=embedder, dim=dim)
    await store.close()


def _made_by(folder: Path, *, remove_derived: bool = False) -> tuple[str, int]:
    """Which embedder made the index, and its dimensions."""
    if not (folder / ARCHIVE).is_file():
        raise StoreFailed(f"There is no index in {folder}. Name the folder of one.")
    with as_store_errors(folder):
        lock = FolderLock(folder)
        try:
            catalogue = Catalogue(folder)
            made_by, dim = catalogue.fact("embedder"), catalogue.fact("dim")
            catalogue.close()
            for name in ("words", "vectors") if remove_derived else ():
                shutil.rmtree(folder / name, ignore_errors=True)
        finally:
            lock.release()
    if made_by is None:
        raise StoreFailed(f"Nothing was ever indexed in {folder}. Name another folder.")
    return made_by, dim
