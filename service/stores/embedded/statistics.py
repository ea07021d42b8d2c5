"""How many passages hold a term, and the BM25 that follows from it."""

from collections import Counter
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_K1: Final = 1.2
_B: Final = 0.75


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
        """A score for each passage (Robertson and Zaragoza 2009, k1 1.2, b 0.75, lengths exact,
        the idf that is never negative); each distinct term of the query counts once."""
        owner = np.repeat(np.arange(len(sizes)), sizes)
        norm = _K1 * (1 - _B + _B * sizes * self._passages / max(self._length, 1))
        scores = np.zeros(len(sizes))
        for term in query:
            times = np.bincount(owner[terms == term], minlength=len(sizes))
            holding = self._holding[int(term)]
            idf = np.log1p((self._passages - holding + 0.5) / (holding + 0.5))
            scores += idf * times * (_K1 + 1) / (times + norm)
        return scores

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
