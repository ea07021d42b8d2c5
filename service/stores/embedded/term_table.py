"""Which terms every passage consists of."""

import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.stores.embedded.checkpoint import Unusable
from service.stores.embedded.rows import Column, MappedRows, checksums


def fingerprints(terms: Sequence[str]) -> NDArray[np.uint32]:
    """32 bits a term: two of a million terms share one about a hundred times."""
    return np.array([zlib.crc32(term.encode()) for term in terms], np.uint32)


class TermTable:
    """The terms of each passage by key, in a memory-mapped file, and in memory where they end.

    tantivy's own BM25 counts deleted passages until it happens to merge them away, so its scores
    depend on the index's history. Scores from here depend on its content alone. `held` is the key
    before which everything was once taken in, as `saved` has it; raises Unusable when it is not
    there.
    """

    def __init__(self, folder: Path, *, held: int, saved: Path | None) -> None:
        self._ends = Column("<u8", saved and saved / "ends.npy")
        self._sums = Column("<u4", saved and saved / "terms-crc32.npy")
        self._terms = MappedRows(folder / "terms.u32", "<u4", 1, held=self._end_of(held))

    def add(self, first: int, previous_end: int, passages: Sequence[NDArray[np.uint32]]) -> None:
        """Takes in the terms of the keys from `first` on; keys from `previous_end` have none."""
        base = self._end_of(previous_end)
        gap = np.full(first - previous_end, base, np.uint64)
        sizes = np.array([len(terms) for terms in passages], np.uint64)
        self._ends.write(previous_end, np.concatenate((gap, base + np.cumsum(sizes))))
        self._sums.write(first, checksums(passages))
        self._terms.write(base, np.concatenate((np.zeros(0, np.uint32), *passages)))

    def erase(self, first: int, end: int) -> None:
        """Overwrites the terms of keys that are gone."""
        start = self._end_of(first)
        self._terms.write(start, np.zeros(self._end_of(end) - start, np.uint32))

    def verify(self, held: Iterable[range]) -> None:
        """Raises Unusable where the terms of these keys are not those that were taken in."""
        terms, ends, sums = self._terms.array, self._ends.array.tolist(), self._sums.array.tolist()
        for keys in held:
            for key in keys:
                start = ends[key - 1] if key else 0
                if zlib.crc32(terms[start : ends[key]].data) != sums[key]:
                    raise Unusable("terms.u32 is not as it was written")

    def of(self, keys: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The terms of all `keys`, one passage after the other, and how many each has."""
        ends = self._ends.array[keys].astype(np.int64)
        starts = np.where(keys > 0, self._ends.array[keys - 1], 0).astype(np.int64)
        sizes = ends - starts
        offsets = starts - (np.cumsum(sizes) - sizes)
        places = np.repeat(offsets, sizes) + np.arange(int(sizes.sum()))
        return self._terms.array[places], sizes

    def save(self, folder: Path, end: int) -> None:
        """Writes what is in memory into the folder; the rest is on the disk when it returns."""
        self._terms.sync()
        self._ends.save(folder / "ends.npy", end)
        self._sums.save(folder / "terms-crc32.npy", end)

    def close(self) -> None:
        """Gives back the file."""
        self._terms.close()

    def _end_of(self, key: int) -> int:
        return int(self._ends.array[key - 1]) if key else 0
