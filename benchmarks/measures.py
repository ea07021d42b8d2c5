"""How good a ranking is, for one claim."""

import math
from collections.abc import Sequence

Ranking = Sequence[str]
"""Ids, best first, each once."""


def recall(ranking: Ranking, relevant: frozenset[str], k: int) -> float:
    """recall@k: the share of the relevant that is among the first `k`."""
    return len(relevant.intersection(ranking[:k])) / len(relevant)


def hit(ranking: Ranking, relevant: frozenset[str], k: int) -> float:
    """hit@k: 1 where at least one of the relevant is among the first `k`, else 0."""
    return float(not relevant.isdisjoint(ranking[:k]))


def gain(ranking: Ranking, relevant: frozenset[str], k: int) -> float:
    """nDCG@k with relevance 0 or 1: the later a relevant one comes, the less it counts.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
    """
    found = sum(_discount(i) for i, name in enumerate(ranking[:k]) if name in relevant)
    return found / sum(_discount(i) for i in range(min(k, len(relevant))))


def _discount(position: int) -> float:
    return 1 / math.log2(position + 2)
