"""How many passages hold a term."""

from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.stores.bm25 import bm25


class Statistics:
    """Passages, terms, and passages per term, of exactly the passages that are alive."""

    def __init__(self) -> None:
        self._passages = 0
        self._length = 0
        self._holding: Counter[int] = Counter()

    def count(self, terms: NDArray[np.uint32], sizes: NDArray[np.int64], sign: int) -> None:
        """Adds (`sign` 1) or takes out (-1) passages as `TermTable.of` gives them."""
        self._passages += sign * len(sizes)
        self._length += sign * len(terms)
        owner = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
        distinct = np.unique((owner << np.uint64(32)) | terms) & np.uint64(0xFFFFFFFF)
        found, counts = np.unique(distinct, return_counts=True)
        for term, times in zip(found.tolist(), counts.tolist(), strict=True):
            self._holding[term] += sign * times

    def bm25(
        self, query: NDArray[np.uint32], terms: NDArray[np.uint32], sizes: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """A score for each passage; each distinct term of the query counts once."""
        owner = np.repeat(np.arange(len(sizes)), sizes)
        counted = (
            (np.bincount(owner[terms == term], minlength=len(sizes)), self._holding[int(term)])
            for term in query
        )
        return bm25(counted, sizes, passages=self._passages, length=self._length)

    def save(self, path: Path) -> None:
        """Writes everything to a file."""
        with path.open("wb") as file:
            np.savez(
                file,
                totals=np.array([self._passages, self._length]),
                terms=np.fromiter(self._holding.keys(), np.uint32),
                counts=np.fromiter(self._holding.values(), np.int64),
            )

    def load(self, path: Path) -> None:
        """Reads what `save` wrote."""
        with np.load(path, allow_pickle=False) as saved:
            self._passages, self._length = saved["totals"].tolist()
            pairs = zip(saved["terms"].tolist(), saved["counts"].tolist(), strict=True)
            self._holding = Counter(dict(pairs))
