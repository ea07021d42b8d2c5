"""The two derived indexes side by side: opened, caught up, saved and rebuilt together."""

import logging
import shutil
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from service.domain.errors import StoreFailed
from service.stores.embedded.catalogue import Catalogue
from service.stores.embedded.changes import indexed_from, places
from service.stores.embedded.checkpoint import Unusable
from service.stores.embedded.errors import as_unusable, failed_again
from service.stores.embedded.place import Difference, Place
from service.stores.embedded.vectors import VectorIndex
from service.stores.embedded.words import WordIndex

_LOG: Final = logging.getLogger(__name__)
_BATCH_ARTICLES: Final = 500
_SAVE_AFTER: Final = 20_000  # passages, or a tenth of all if more: what a crash makes us redo
_ALL_CORES: Final = 0
_WORDS: Final = "words"
_VECTORS: Final = "vectors"
T = TypeVar("T", WordIndex, VectorIndex)


class Derived:
    """Both hold what the catalogue holds from construction on; what cannot be trusted is made anew,
    with a warning."""

    def __init__(self, catalogue: Catalogue, folder: Path, *, exact_passages: int) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._exact_passages = exact_passages
        self.words = self._open_words()
        self.vectors = self._open_vectors()

    def change(self, difference: Difference) -> None:
        """Takes in what was committed. Raises StoreFailed where the disk is full: then `catch_up`
        has to be called before the next change."""
        try:
            with as_unusable(self._folder):
                self._change(difference)
        except Unusable as error:
            _LOG.warning("The indexes in %s did not take in a change: %s", self._folder, error)
            self.catch_up()
        if self.vectors.unsaved > max(_SAVE_AFTER, self.vectors.end // 10):
            self.save()

    def catch_up(self) -> None:
        """Opens both again, as after a crash. What was opened before goes on answering until then.
        Raises StoreFailed where the disk is full."""
        self.words.close()
        self.words = self._open_words()
        self.vectors.close()
        self.vectors = self._open_vectors()

    def renew(self, index: WordIndex | VectorIndex, why: Unusable) -> None:
        """Makes an index anew that has failed while it answered, unless that has been done."""
        if index is self.words:
            index.close()
            self._discard(_WORDS, why)
            self.words = self._open_words()
        elif index is self.vectors:
            index.close()
            self._discard(_VECTORS, why)
            self.vectors = self._open_vectors()

    def save(self) -> None:
        """Makes a later start quick. Where that fails, the later start takes its time."""
        try:
            with as_unusable(self._folder):
                self.words.save()
                self.vectors.save()
                with self._catalogue.transaction() as connection:
                    connection.execute("DELETE FROM removals")
        except (Unusable, StoreFailed) as error:
            _LOG.warning("How far the indexes have come could not be saved: %s", error)

    def close(self) -> None:
        """Gives back files, threads and memory."""
        self.words.close()
        self.vectors.close()

    def _change(self, difference: Difference) -> None:
        for place in difference.removed:
            self.vectors.erase(place.first, place.end)
        for item in difference.added:
            self.vectors.add(item.place.first, item.vectors)
        self.words.change(difference.removed, difference.added)

    def _open_words(self) -> WordIndex:
        return self._open(_WORDS, WordIndex, self._catch_up_words)

    def _open_vectors(self) -> VectorIndex:
        dim, exact_passages = self._catalogue.fact("dim"), self._exact_passages
        return self._open(
            _VECTORS,
            lambda path: VectorIndex(path, dim, exact_passages=exact_passages),
            self._catch_up_vectors,
        )

    def _open(self, name: str, make: Callable[[Path], T], catch_up: Callable[[T], None]) -> T:
        try:
            return self._opened(name, make, catch_up)
        except Unusable as error:
            self._discard(name, error)
        try:
            return self._opened(name, make, catch_up)
        except Unusable as error:
            raise failed_again(self._folder / name, error) from error

    def _opened(self, name: str, make: Callable[[Path], T], catch_up: Callable[[T], None]) -> T:
        with as_unusable(self._folder):
            index = make(self._folder / name)
            try:
                catch_up(index)
                if index.unsaved or not index.end:  # so that a crash finds an empty one in order
                    index.save()
            except BaseException:
                index.close()  # its threads would go on writing to a folder that is being removed
                raise
        return index

    def _discard(self, name: str, why: Unusable) -> None:
        _LOG.warning("Rebuilding %s from the catalogue: %s", self._folder / name, why)
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def _catch_up_words(self, words: WordIndex) -> None:
        words.verify(self._held(words.end))
        left = self._left_behind()
        if left:
            words.forget(left)
        missing = indexed_from(self._catalogue.reader, words.end)
        while batch := tuple(islice(missing, _BATCH_ARTICLES)):
            words.change((), batch)
        if left:
            words.recount(places(self._catalogue.reader))
        alive = sum(place.passages for place in places(self._catalogue.reader))
        if words.searchable != alive:
            raise Unusable(f"{words.searchable} passages can be searched, {alive} are stored")

    def _catch_up_vectors(self, vectors: VectorIndex) -> None:
        if self._left_behind():
            for first, end in _gaps(list(places(self._catalogue.reader)), vectors.end):
                vectors.erase(first, end)
        vectors.verify(self._held(vectors.end))
        for item in indexed_from(self._catalogue.reader, vectors.end):
            vectors.add(item.place.first, item.vectors, threads=_ALL_CORES)

    def _held(self, end: int) -> list[range]:
        """The keys of the passages that are stored and that an index should have taken in, which
        nobody has touched since."""
        return [
            range(place.first, place.end)
            for place in places(self._catalogue.reader)
            if place.end <= end
        ]

    def _left_behind(self) -> list[int]:
        rows = self._catalogue.reader.execute("SELECT revision FROM removals")
        return [revision for (revision,) in rows]


def _gaps(alive: Sequence[Place], end: int) -> list[tuple[int, int]]:
    """The ranges of keys below `end` that nobody has."""
    ends = [0, *(place.end for place in alive)]
    firsts = [*(place.first for place in alive), end]
    return [(low, high) for low, high in zip(ends, firsts, strict=True) if low < high]
