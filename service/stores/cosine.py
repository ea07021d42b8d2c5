"""Vectors as every store takes them, and how near they are."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_DECIMALS: Final = 5
"""Stored vectors carry no more, and sums in another order agree so far."""


def unit_rows(vectors: NDArray[np.float32], dim: int, *, count: int) -> NDArray[np.float64]:
    """Rows of norm 1. Raises ValueError for another shape than (count, dim), or for values that are
    not finite."""
    if vectors.ndim != 2 or vectors.shape[1] != dim or not np.isfinite(vectors).all():
        raise ValueError(f"vectors of shape (n, {dim}) and finite, not {vectors.shape}")
    if len(vectors) != count:
        raise ValueError(f"{count} passages, {len(vectors)} vectors")
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(norms, norms, 1.0).astype(np.float64)


def unit(vector: NDArray[np.float32]) -> NDArray[np.float64]:
    """A question's vector, shape (dim,), with norm 1."""
    exact = vector.astype(np.float64)
    return exact / (np.linalg.norm(exact) or 1.0)


def cosines(query: NDArray[np.float64], rows: NDArray[Any]) -> NDArray[np.float64]:
    """Of `query`, of norm 1 and shape (dim,), and each of `rows`, shape (n, dim), of any norm."""
    exact = rows.astype(np.float64)
    norms = np.sqrt(np.einsum("ij,ij->i", exact, exact))
    return np.round(exact @ query / np.where(norms, norms, 1), _DECIMALS) + 0.0
