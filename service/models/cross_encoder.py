"""The built-in stance model: a three-way cross-encoder on MiniLM, in int8 on ONNX Runtime."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from service.models.batching import Batcher, Limits
from service.models.lengths import equally_long, readable
from service.models.manifest import read_weights
from service.models.session import open_session

Scores = NDArray[np.float32]

# As for the embedder: throughput grows no further.
_BATCH_TOKENS = 256
# The model reads 160 tokens of a pair; no prose needs this many characters for them.
_MAX_CHARS = 4_096


def load_stance(
    folder: Path | None = None, *, threads: int = 2, queue_tokens: int = 65_536
) -> "OnnxStance":
    """Reads and checks the weights (about 0.2 s). Raises WeightsMismatch, ModelUnavailable.

    `folder` holds a `model.onnx` that maps `input_ids` and `token_type_ids`, int64 (batch,
    tokens), all equally long, to `logits`, float32 (batch, 3), for supports, conflicts, neutral; a
    `tokenizer.json` that truncates pairs; and `calibration.json` with the `temperature` by which
    logits are divided.
    """
    weights = read_weights(folder or Path(__file__).parent / "weights" / "stance")
    return OnnxStance(
        fingerprint=weights.fingerprint,
        session=open_session(weights.files["model.onnx"]),
        tokenizer=Tokenizer.from_str(weights.files["tokenizer.json"].decode()),
        temperature=float(json.loads(weights.files["calibration.json"])["temperature"]),
        limits=Limits(batch_tokens=_BATCH_TOKENS, queue_tokens=queue_tokens, threads=threads),
    )


class OnnxStance:
    """Says what a text does to a claim.

    A pair's probabilities are the same, bit for bit, whatever is judged beside it: pairs of the
    same length go through together, so nothing is padded, and each token is quantised by itself.
    The temperature is that of Guo et al., "On calibration of modern neural networks", ICML 2017.
    """

    def __init__(
        self,
        *,
        fingerprint: str,
        session: onnxruntime.InferenceSession,
        tokenizer: Tokenizer,
        temperature: float,
        limits: Limits,
    ) -> None:
        self._fingerprint = fingerprint
        self._session = session
        self._tokenizer = tokenizer
        self._temperature = temperature
        self._batcher: Batcher[Encoding, Scores] = Batcher(self._forward, tokens=len, limits=limits)

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    async def stances(self, claim: str, texts: Sequence[str]) -> Scores:
        """Shape (n, 3): supports, conflicts, neutral; rows sum to 1. Raises Overloaded,
        ModelFailed."""
        if not texts:
            return np.zeros((0, 3), np.float32)
        encoded = await asyncio.to_thread(self._encode, claim, texts)
        # By length, so that a batch holds pairs that can go through together.
        by_length = sorted(range(len(texts)), key=lambda i: len(encoded[i]))
        scores = np.empty((len(texts), 3), np.float32)
        scores[by_length] = await self._batcher.run([encoded[i] for i in by_length])
        return scores

    async def close(self) -> None:
        """Gives the threads back."""
        await self._batcher.close()

    def _encode(self, claim: str, texts: Sequence[str]) -> list[Encoding]:
        first = readable(claim, _MAX_CHARS)
        pairs = [(first, readable(text, _MAX_CHARS)) for text in texts]
        return self._tokenizer.encode_batch_fast(pairs)

    def _forward(self, encoded: Sequence[Encoding]) -> list[Scores]:
        """Probabilities of shape (3,) for each pair, in a worker thread."""
        logits = np.empty((len(encoded), 3), np.float32)
        for positions in equally_long([len(one) for one in encoded]):
            given = {
                "input_ids": np.array([encoded[i].ids for i in positions], np.int64),
                "token_type_ids": np.array([encoded[i].type_ids for i in positions], np.int64),
            }
            (logits[positions],) = self._session.run(["logits"], given)
        return list(_probabilities(logits / self._temperature))


def _probabilities(logits: Scores) -> Scores:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Scores = powers / powers.sum(axis=1, keepdims=True)
    return shares
