"""The order of the word leg: BM25 over the passages that stand."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

DECIMALS: Final = 6
"""Of a score: sums in another order agree so far."""
K1: Final = 1.2
_B: Final = 0.75


def bm25(
    terms: Iterable[tuple[NDArray[np.integer], int]],
    sizes: NDArray[np.integer],
    *,
    passages: int,
    length: int,
) -> NDArray[np.float64]:
    """A score for each of some passages of `sizes` terms (Robertson and Zaragoza 2009, k1 1.2,
    b 0.75, lengths exact, the idf that is never negative).

    For each distinct term of the query how often it is in each of them, and how many passages of
    the whole index hold it; the index has `passages`, of `length` terms in all.
    """
    norm = K1 * (1 - _B + _B * sizes * passages / max(length, 1))
    scores = np.zeros(len(sizes))
    for times, holding in terms:
        scores += idf(holding, passages) * times * (K1 + 1) / (times + norm)
    return scores


def idf(holding: int, passages: int) -> float:
    """How much a term tells that `holding` of so many passages hold; never negative."""
    return float(np.log1p((passages - holding + 0.5) / (holding + 0.5)))
