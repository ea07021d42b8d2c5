"""The vector leg: exact scores for few passages, a graph that proposes candidates for many."""

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numkong
import numpy as np
import onnxruntime  # noqa: F401 - before usearch, whose symbols are everybody's, and would end it
from numpy.typing import NDArray
from usearch.index import Index

from service.stores.cosine import cosines, unit
from service.stores.embedded.checkpoint import Unusable, load_checkpoint, save_checkpoint
from service.stores.embedded.passage_table import Eligible
from service.stores.embedded.place import Place
from service.stores.embedded.rows import Column, MappedRows, checksums
from service.stores.embedded.rwlock import ReadWriteLock

EXACT_PASSAGES: Final = 20_000
"""Up to so many eligible passages are all scored: half a millisecond, and nothing is missed."""

_PATIENCE: Final = 5  # a filtered question may take longer rather than miss something
_GATHERING: Final = 3  # rows read in a row in the time that it takes to pick one
_SCAN_NOISE: Final = 1e-3  # of a float16 product, at worst in few dimensions
_SCAN_CHUNK: Final = 16_384
_EXPANSION: Final = 128
_OVERSAMPLING: Final = 4  # candidates the graph is asked for, by how many are wanted
_RESCORED: Final = 2  # of those, by how many are wanted: eight bits err by little
_LEAST_CANDIDATES: Final = 100
_MOST_CANDIDATES: Final = 4_096
_ADD_CHUNK: Final = 64  # about ten milliseconds that a search may have to wait
# Unit vectors of d dimensions have components around 1/sqrt(d). Scaled so that this many times
# that is 127, they use 5 bits and more of the 8, not the 3 that scaling 1 to 127 leaves them.
_LARGEST_COMPONENT: Final = 6.5


class VectorIndex:
    """Vectors by passage key: a file of float16 rows, and a graph of int8 copies beside it.

    The rows answer exactly; the graph only proposes. What it proposes depends on the order in
    which it was built, so that is oversampled and scored again from the rows. Deleted passages
    stay in the graph until it is rebuilt and are masked; their rows are overwritten at once.
    Raises Unusable when what is in the folder cannot be trusted.
    """

    def __init__(self, folder: Path, dim: int, *, exact_passages: int = EXACT_PASSAGES) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._shape = f"float16 rows of {dim}, int8 graph"
        self._scale = np.float32(127 * max(1.0, dim**0.5 / _LARGEST_COMPONENT))
        self._exact_passages = exact_passages
        self._graph = Index(ndim=dim, metric="ip", dtype="i8", expansion_search=_EXPANSION)
        self._sharing = ReadWriteLock()
        checkpoint = load_checkpoint(folder, self._shape)
        self._end = checkpoint.end if checkpoint else 0
        saved = folder / checkpoint.saved if checkpoint else None
        self._sums = Column("<u4", saved and saved / "rows-crc32.npy")
        if saved:
            self._graph.load(saved / "graph")
        self._saved_end = self._end
        self._rows = MappedRows(folder / "rows.f16", "<f2", dim, held=self._end)

    @property
    def end(self) -> int:
        """Every passage with a key below it has been taken in."""
        return self._end

    @property
    def unsaved(self) -> int:
        """How many keys would have to be taken in again after a crash."""
        return self._end - self._saved_end

    def add(self, first: int, vectors: NDArray[np.float16], *, threads: int = 1) -> None:
        """Takes in the vectors of the keys from `first` on; keys only grow.

        With one thread the same additions in the same order make the same graph.
        """
        self._rows.write(first, vectors)
        self._sums.write(first, checksums(vectors))
        keys = np.arange(first, first + len(vectors), dtype=np.uint64)
        for part in range(0, len(keys), _ADD_CHUNK):
            some = slice(part, part + _ADD_CHUNK)
            with self._sharing.alone():
                self._graph.add(keys[some], self._quantised(vectors[some]), threads=threads)
        self._end = first + len(vectors)

    def erase(self, first: int, end: int) -> None:
        """Overwrites the vectors of keys that are gone."""
        self._rows.write(first, np.zeros((end - first, *self._rows.array.shape[1:]), np.float16))

    def verify(self, held: Iterable[range]) -> None:
        """Raises Unusable where the vectors of these keys are not those that were taken in."""
        rows, sums = self._rows.array, self._sums.array.tolist()
        for keys in held:
            for key in keys:
                if zlib.crc32(rows[key].data) != sums[key]:
                    raise Unusable("rows.f16 is not as it was written")

    def nearest(
        self, vector: NDArray[np.float32], eligible: Eligible, limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Keys and cosines of at least the `limit` best, more where the last place is shared."""
        query = unit(vector)
        if self._worth_scanning(eligible):
            keys = self._scan(query, eligible, limit)
        else:
            keys = self._walk(query, eligible, limit)
        return keys, cosines(query, self._rows.array[keys])

    def rows(self, place: Place) -> NDArray[np.float16]:
        """The vectors held for a revision's passages, shape (passages, dim)."""
        found: NDArray[np.float16] = self._rows.array[place.first : place.end]
        return found

    def graph_keys(self) -> NDArray[np.int64]:
        """Every key in the graph, deleted ones too."""
        return np.sort(np.asarray(self._graph.keys).astype(np.int64))

    def save(self) -> None:
        """Makes everything taken in so far survive a crash without the catalogue's help."""
        self._rows.sync()
        save_checkpoint(self._folder, self._shape, self._end, self._save_parts)
        self._saved_end = self._end

    def close(self) -> None:
        """Gives back the files."""
        self._rows.close()

    def _quantised(self, vectors: NDArray[np.floating]) -> NDArray[np.int8]:
        scaled: NDArray[np.int8] = np.rint(vectors * self._scale).clip(-127, 127).astype(np.int8)
        return scaled

    def _save_parts(self, folder: Path) -> None:
        self._graph.save(folder / "graph")
        self._sums.save(folder / "rows-crc32.npy", self._end)

    def _worth_scanning(self, eligible: Eligible) -> bool:
        if eligible.count <= self._exact_passages:
            return True
        reading = min(self._end, _GATHERING * eligible.count)
        return eligible.filtered and reading <= _PATIENCE * self._exact_passages

    def _scan(
        self, query: NDArray[np.float64], eligible: Eligible, limit: int
    ) -> NDArray[np.int64]:
        keys = np.flatnonzero(eligible.mask)
        if len(keys) <= limit:
            return keys
        scores = self._scores(query.astype(np.float16)[None], keys)
        last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        found: NDArray[np.int64] = keys[scores >= last - 2 * _SCAN_NOISE]
        return found

    def _scores(self, query: NDArray[np.float16], keys: NDArray[np.int64]) -> NDArray[np.float64]:
        rows, first, last = self._rows.array, keys[0], keys[-1]
        if last - first < _GATHERING * len(keys):
            scores: NDArray[np.float64] = _dots(query, rows[first : last + 1])[keys - first]
            return scores
        parts = np.array_split(keys, len(keys) // _SCAN_CHUNK + 1)
        return np.concatenate([_dots(query, rows[some]) for some in parts])

    def _walk(
        self, query: NDArray[np.float64], eligible: Eligible, limit: int
    ) -> NDArray[np.int64]:
        """Asks the graph for more and more until enough of it is eligible."""
        wanted = max(limit * _OVERSAMPLING, _LEAST_CANDIDATES)
        count = wanted * self._end // eligible.count
        while count <= _MOST_CANDIDATES:
            with self._sharing.shared():
                matches = self._graph.search(self._quantised(query), count, threads=1)
            found = matches.keys.astype(np.int64)
            found = found[found < len(eligible.mask)]
            found = found[eligible.mask[found]]
            if len(found) >= limit * _RESCORED:
                return found[: max(limit * _RESCORED, _LEAST_CANDIDATES)]
            count *= 4
        return self._scan(query, eligible, limit)


def _dots(query: NDArray[np.float16], rows: NDArray[np.float16]) -> NDArray[np.float64]:
    products: NDArray[np.float64] = np.asarray(numkong.cdist(query, rows, "dot"))[0]
    return products
