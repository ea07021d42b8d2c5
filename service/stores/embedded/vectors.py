"""The vector leg: exact scores for few passages, a graph that proposes candidates for many."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numkong
import numpy as np
from numpy.typing import NDArray
from usearch.index import Index

from service.stores.embedded.checkpoint import load_checkpoint, save_checkpoint
from service.stores.embedded.roster import Eligible
from service.stores.embedded.rows import MappedRows
from service.stores.embedded.sharing import Sharing

EXACT_PASSAGES: Final = 20_000
"""Up to so many eligible passages are all scored: half a millisecond, and nothing is missed."""

_DECIMALS: Final = 5  # float16 vectors carry no more, and sums in another order agree so far
_SCAN_NOISE: Final = 2e-3  # between a float16 scan and the exact cosine, at worst in few dimensions
_SCAN_CHUNK: Final = 16_384
_EXPANSION: Final = 128
_OVERSAMPLING: Final = 4
_MOST_CANDIDATES: Final = 4_096
_ADD_CHUNK: Final = 64  # about ten milliseconds that a search may have to wait


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
        self._shape = f"rows f2 {dim}, graph i8 of the largest component"
        self._exact_passages = exact_passages
        self._graph = Index(ndim=dim, metric="cos", dtype="i8", expansion_search=_EXPANSION)
        self._sharing = Sharing()
        checkpoint = load_checkpoint(folder, self._shape)
        self._end = checkpoint.end if checkpoint else 0
        if checkpoint:
            self._graph.load(folder / checkpoint.file)
        self._saved_end = self._end
        self._rows = MappedRows(folder / "rows.f16", "<f2", dim)

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
        keys = np.arange(first, first + len(vectors), dtype=np.uint64)
        for part in range(0, len(keys), _ADD_CHUNK):
            some = slice(part, part + _ADD_CHUNK)
            with self._sharing.alone():
                self._graph.add(keys[some], _quantised(vectors[some]), threads=threads)
        self._end = first + len(vectors)

    def erase(self, first: int, end: int) -> None:
        """Overwrites the vectors of keys that are gone."""
        self._rows.write(first, np.zeros((end - first, *self._rows.array.shape[1:]), np.float16))

    def nearest(
        self, vector: NDArray[np.float32], eligible: Eligible, limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Keys and cosines of at least the `limit` best, more where the last place is shared."""
        query = vector.astype(np.float64)
        query /= np.linalg.norm(query) or 1.0
        if eligible.count <= self._exact_passages:
            keys = self._scan(query, eligible, limit)
        else:
            keys = self._walk(query, eligible, limit)
        return keys, self._cosines(query, keys)

    def row(self, key: int) -> NDArray[np.float16]:
        """The vector held for a key."""
        found: NDArray[np.float16] = self._rows.array[key]
        return found

    def graph_keys(self) -> NDArray[np.int64]:
        """Every key in the graph, deleted ones too."""
        return np.sort(np.asarray(self._graph.keys).astype(np.int64))

    def save(self) -> None:
        """Makes everything taken in so far survive a crash without the catalogue's help."""
        self._rows.sync()
        save_checkpoint(self._folder, self._shape, self._end, self._save_graph)
        self._saved_end = self._end

    def close(self) -> None:
        """Gives back the files."""
        self._rows.close()

    def _save_graph(self, path: Path) -> None:
        self._graph.save(path)

    def _scan(
        self, query: NDArray[np.float64], eligible: Eligible, limit: int
    ) -> NDArray[np.int64]:
        keys = np.flatnonzero(eligible.mask)
        scores = np.concatenate([np.zeros(0), *self._scores(query, keys)])
        return _best(keys, scores, limit, _SCAN_NOISE)

    def _scores(
        self, query: NDArray[np.float64], keys: NDArray[np.int64]
    ) -> Iterator[NDArray[np.float64]]:
        rows, one = self._rows.array, query.astype(np.float16)[None]
        for part in range(0, len(keys), _SCAN_CHUNK):
            some = keys[part : part + _SCAN_CHUNK]
            adjoining = some[-1] - some[0] == len(some) - 1
            chunk = rows[some[0] : some[-1] + 1] if adjoining else rows[some]
            yield np.asarray(numkong.cdist(one, chunk, "dot"))[0]

    def _walk(
        self, query: NDArray[np.float64], eligible: Eligible, limit: int
    ) -> NDArray[np.int64]:
        """Asks the graph for more and more until enough of it is eligible."""
        wanted = limit * _OVERSAMPLING
        count = wanted * self._end // eligible.count + 1
        while count <= _MOST_CANDIDATES:
            with self._sharing.shared():
                matches = self._graph.search(_quantised(query[None])[0], count, threads=1)
            found = matches.keys.astype(np.int64)
            found = found[eligible.mask[np.minimum(found, len(eligible.mask) - 1)]]
            if len(found) >= wanted:
                return found
            count *= 4
        return self._scan(query, eligible, limit)

    def _cosines(self, query: NDArray[np.float64], keys: NDArray[np.int64]) -> NDArray[np.float64]:
        rows = self._rows.array[keys].astype(np.float64)
        norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        return np.round(rows @ query / np.where(norms, norms, 1), _DECIMALS) + 0.0


def _best(
    keys: NDArray[np.int64], scores: NDArray[np.float64], limit: int, noise: float
) -> NDArray[np.int64]:
    """The keys whose true score may be among the `limit` highest, if scores err by `noise`."""
    if len(keys) <= limit:
        return keys
    last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    found: NDArray[np.int64] = keys[scores >= last - 2 * noise]
    return found


def _quantised(vectors: NDArray[np.floating]) -> NDArray[np.int8]:
    """Each row scaled so that its largest component is 127: cosine does not see the scale, and
    all 8 bits are used (a unit vector of 384 dimensions would use 3 of them)."""
    rows = vectors.astype(np.float32)
    largest = np.abs(rows).max(axis=1, keepdims=True)
    return np.rint(rows * (127 / np.where(largest, largest, 1))).astype(np.int8)
