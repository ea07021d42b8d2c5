"""The two derived indexes side by side: opened, caught up, saved and rebuilt together."""

import logging
import shutil
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from service.stores.embedded.catalogue import Catalogue
from service.stores.embedded.changes import indexed_from, places
from service.stores.embedded.checkpoint import Unusable
from service.stores.embedded.place import Difference, Place
from service.stores.embedded.vectors import VectorIndex
from service.stores.embedded.words import WordIndex

_LOG: Final = logging.getLogger(__name__)
_BATCH_ARTICLES: Final = 500
_SAVE_AFTER: Final = 20_000  # passages, or a tenth of all if more: what a crash makes us redo
_ALL_CORES: Final = 0
T = TypeVar("T", WordIndex, VectorIndex)


class Derived:
    """Both hold what the catalogue holds from construction on; what cannot be trusted is rebuilt
    with a warning."""

    def __init__(self, catalogue: Catalogue, folder: Path, *, exact_passages: int) -> None:
        self._catalogue = catalogue
        dim = catalogue.fact("dim")
        self.words = self._open(folder / "words", WordIndex, self._catch_up_words)
        self.vectors = self._open(
            folder / "vectors",
            lambda path: VectorIndex(path, dim, exact_passages=exact_passages),
            self._catch_up_vectors,
        )

    def change(self, difference: Difference) -> None:
        """Takes in what was committed."""
        for place in difference.removed:
            self.vectors.erase(place.first, place.end)
        for item in difference.added:
            self.vectors.add(item.place.first, item.vectors)
        self.words.change(difference.removed, difference.added)
        if self.vectors.unsaved > max(_SAVE_AFTER, self.vectors.end // 10):
            self.save()

    def save(self) -> None:
        """Makes a later start quick."""
        self.words.save()
        self.vectors.save()
        with self._catalogue.transaction() as connection:
            connection.execute("DELETE FROM removals")

    def close(self) -> None:
        """Gives back files, threads and memory."""
        self.words.close()
        self.vectors.close()

    def _open(self, path: Path, make: Callable[[Path], T], catch_up: Callable[[T], None]) -> T:
        try:
            index = _caught_up(make(path), catch_up)
        except Unusable as error:
            _LOG.warning("Rebuilding %s from the catalogue: %s", path, error)
            shutil.rmtree(path)
            index = _caught_up(make(path), catch_up)
        if index.unsaved or not index.end:  # an empty one too, so that a crash finds it in order
            index.save()
        return index

    def _catch_up_words(self, words: WordIndex) -> None:
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
        for item in indexed_from(self._catalogue.reader, vectors.end):
            vectors.add(item.place.first, item.vectors, threads=_ALL_CORES)

    def _left_behind(self) -> list[int]:
        rows = self._catalogue.reader.execute("SELECT revision FROM removals")
        return [revision for (revision,) in rows]


def _caught_up(index: T, catch_up: Callable[[T], None]) -> T:
    try:
        catch_up(index)
    except BaseException:
        index.close()  # its threads would go on writing to a folder that is being removed
        raise
    return index


def _gaps(alive: Sequence[Place], end: int) -> list[tuple[int, int]]:
    """The ranges of keys below `end` that nobody has."""
    ends = [0, *(place.end for place in alive)]
    firsts = [*(place.first for place in alive), end]
    return [(low, high) for low, high in zip(ends, firsts, strict=True) if low < high]
