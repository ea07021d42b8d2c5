"""The built-in embedder: all-MiniLM-L6-v2 in int8 on ONNX Runtime."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from service.models.batching import Batcher, Limits
from service.models.lengths import equally_long, readable
from service.models.manifest import read_weights
from service.models.session import open_session

Vectors = NDArray[np.float32]

# Larger batches are no faster, and a check that arrives meanwhile waits 15 ms for one of these.
_BATCH_TOKENS = 256
# How many texts are tokenised and sorted by length at once.
_WINDOW_TEXTS = 512
# Texts up to this length are tokenised faster than a thread takes them over: 0.2 ms for a claim.
_AT_ONCE_CHARS = 2_048
# The model reads 256 tokens. Prose never has this many characters in 256 tokens, and a tokeniser
# takes a second for a megabyte.
_MAX_CHARS = 8_192


def load_embedder(
    folder: Path | None = None, *, threads: int = 2, queue_tokens: int = 65_536
) -> "OnnxEmbedder":
    """Reads and checks the weights (about 0.2 s). Raises WeightsMismatch, ModelUnavailable.

    `folder` holds a `model.onnx` that maps `input_ids`, int64 (batch, tokens), all equally long,
    to `hidden`, float32 (batch, tokens, dim), and a `tokenizer.json` that truncates.
    """
    weights = read_weights(folder or Path(__file__).parent / "weights" / "all-MiniLM-L6-v2")
    return OnnxEmbedder(
        fingerprint=weights.fingerprint,
        session=open_session(weights.files["model.onnx"]),
        tokenizer=Tokenizer.from_str(weights.files["tokenizer.json"].decode()),
        limits=Limits(batch_tokens=_BATCH_TOKENS, queue_tokens=queue_tokens, threads=threads),
    )


class OnnxEmbedder:
    """Turns texts into vectors: the mean over a text's tokens, scaled to norm 1.

    A text's vector is the same, bit for bit, whatever is embedded beside it: a batch holds texts of
    one length, so that none is padded, and each token is quantised by itself. A text is read up to
    its 256th token.
    """

    def __init__(
        self,
        *,
        fingerprint: str,
        session: onnxruntime.InferenceSession,
        tokenizer: Tokenizer,
        limits: Limits,
    ) -> None:
        self._fingerprint = fingerprint
        self._session = session
        self._tokenizer = tokenizer
        self._batcher: Batcher[list[int], Vectors] = Batcher(
            self._forward, tokens=len, limits=limits
        )

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dim(self) -> int:
        return int(self._session.get_outputs()[0].shape[-1])

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32, shape (n, dim), rows of norm 1. Raises Overloaded, ModelFailed."""
        vectors = np.empty((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _WINDOW_TEXTS):
            window = texts[start : start + _WINDOW_TEXTS]
            encoded = await self._encoded(window)
            by_length = sorted(range(len(window)), key=lambda i: len(encoded[i]))
            rows = await self._batcher.run([encoded[i] for i in by_length])
            vectors[[start + i for i in by_length]] = rows
        return vectors

    async def close(self) -> None:
        """Ends the threads."""
        await self._batcher.close()

    async def _encoded(self, texts: Sequence[str]) -> list[list[int]]:
        if sum(map(len, texts)) <= _AT_ONCE_CHARS:
            return self._encode(texts)
        return await asyncio.to_thread(self._encode, texts)

    def _encode(self, texts: Sequence[str]) -> list[list[int]]:
        clean = [readable(text, _MAX_CHARS) for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(clean)]

    def _forward(self, encoded: Sequence[list[int]]) -> list[Vectors]:
        """A vector of shape (dim,) for each text, in a worker thread."""
        vectors = np.empty((len(encoded), self.dim), np.float32)
        for positions in equally_long([len(ids) for ids in encoded]):
            ids = np.array([encoded[i] for i in positions], np.int64)
            (hidden,) = self._session.run(["hidden"], {"input_ids": ids})
            vectors[positions] = _to_norm_one(hidden.mean(axis=1))
        return list(vectors)


def _to_norm_one(vectors: Vectors) -> Vectors:
    # Not np.linalg.norm: for some shapes it calls BLAS, whose order of adding depends on the shape.
    norms: Vectors = np.sqrt(np.square(vectors).sum(axis=1, keepdims=True))
    return vectors / norms
