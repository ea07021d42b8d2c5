"""A stance baseline: how alike two texts are, which says nothing of their truth."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.ports import Embedder

WEIGHT, BIAS = 6.21, -3.459
"""Fitted by `training/baseline`: cosine → logit of "on the same statement"."""


class SimilarityStance:
    """The `StanceModel` port by cosine similarity alone.

    It tells statements about the same thing from others and never says `conflicts`: what differs
    is left to the exact comparison. A trained model takes its place.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def fingerprint(self) -> str:
        """Names the method and the embedder beneath it."""
        return f"similarity-baseline-1/{self._embedder.fingerprint}"

    async def stances(self, claim: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n, 3): probabilities of supports, conflicts (always 0), neutral."""
        if not texts:
            return np.zeros((0, 3), dtype=np.float32)
        vectors = await self._embedder.embed([claim, *texts])
        alike = 1 / (1 + np.exp(-(WEIGHT * (vectors[1:] @ vectors[0]) + BIAS)))
        return np.column_stack([alike, np.zeros_like(alike), 1 - alike]).astype(np.float32)
