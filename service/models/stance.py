"""The built-in stance models: three-way cross-encoders in int8 on ONNX Runtime."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from service.domain.window import Window
from service.models.batching import Batcher, Limits
from service.models.lengths import equally_long
from service.models.manifest import read_weights
from service.models.session import open_session
from service.models.windows import Encoded, Layout, WindowEncoder

Scores = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "weights"
# A window or two: both threads have work, and a caller with one claim does not wait longer.
_BATCH_TOKENS = 256


def load_stance(folder: Path, *, threads: int = 2, queue_tokens: int = 65_536) -> "OnnxStance":
    """Reads and checks the weights (under a second). Raises WeightsMismatch, ModelUnavailable.

    `folder` holds a `model.onnx` as `training.bert.encoder.judge` writes it, whole or in parts
    (`model.onnx.1`, …); a `tokenizer.json`; and `reading.json` with the `layout` of what it reads
    and the `temperature` by which logits are divided.
    """
    weights = read_weights(folder)
    tokenizer = Tokenizer.from_str(weights.files["tokenizer.json"].decode())
    reading = json.loads(weights.files["reading.json"])
    return OnnxStance(
        fingerprint=weights.fingerprint,
        session=open_session(_joined_model(weights.files)),
        encoder=WindowEncoder(tokenizer, Layout(**reading["layout"])),
        temperature=float(reading["temperature"]),
        limits=Limits(batch_tokens=_BATCH_TOKENS, queue_tokens=queue_tokens, threads=threads),
    )


def _joined_model(files: Mapping[str, bytes]) -> bytes:
    """The model's bytes, its parts joined in the order of their numbers: 2 before 10."""
    names = [name for name in files if name.startswith("model.onnx")]
    return b"".join(files[name] for name in sorted(names, key=lambda name: (len(name), name)))


class OnnxStance:
    """Says what the sentences of a window do to a claim.

    A window's probabilities are the same, bit for bit, whatever is judged beside it: a batch holds
    windows of one length, so that none is padded, and each token is quantised by itself.
    The temperature is that of Guo et al., "On calibration of modern neural networks", ICML 2017.
    """

    def __init__(
        self,
        *,
        fingerprint: str,
        session: onnxruntime.InferenceSession,
        encoder: WindowEncoder,
        temperature: float,
        limits: Limits,
    ) -> None:
        self._fingerprint = fingerprint
        self._session = session
        self._encoder = encoder
        self._temperature = temperature
        self._typed = "token_type_ids" in {given.name for given in session.get_inputs()}
        self._batcher: Batcher[Encoded, Scores] = Batcher(self._forward, tokens=len, limits=limits)

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    async def stances(self, claim: str, windows: Sequence[Window]) -> list[Scores]:
        """For each window shape (sentences, 3): supports, conflicts, neutral; rows sum to 1.

        Raises Overloaded, ModelFailed, and ValueError for a window of more sentences than the model
        has tokens for.
        """
        asked = [part for window in windows for part in _with_heads(window)]
        if not asked:
            return []
        encoded = await asyncio.to_thread(self._encoder.encode, claim, asked)
        # By length, so that a batch holds windows that can go through together.
        by_length = sorted(range(len(asked)), key=lambda i: len(encoded[i]))
        scores = await self._batcher.run([encoded[i] for i in by_length])
        found = dict(zip(by_length, scores, strict=True))
        rows = iter(np.concatenate([found[i] for i in range(len(asked))]))
        return [np.stack([next(rows) for _ in window.sentences]) for window in windows]

    async def close(self) -> None:
        """Ends the threads."""
        await self._batcher.close()

    def _forward(self, encoded: Sequence[Encoded]) -> list[Scores]:
        """Probabilities of shape (sentences, 3) for each window, in a worker thread."""
        found: dict[int, Scores] = {}
        for positions in equally_long([len(window) for window in encoded]):
            together = [encoded[i] for i in positions]
            logits = self._logits(together) / np.float32(self._temperature)
            ends = np.cumsum([len(window.marks) for window in together])[:-1]
            found |= dict(zip(positions, np.split(_probabilities(logits), ends), strict=True))
        return [found[i] for i in range(len(encoded))]

    def _logits(self, encoded: Sequence[Encoded]) -> Scores:
        """The logits of all marks; `encoded` are windows of one length."""
        tokens = len(encoded[0])
        marks = [row * tokens + mark for row, window in enumerate(encoded) for mark in window.marks]
        given = {
            "input_ids": np.array([window.ids for window in encoded], np.int64),
            "marks": np.array(marks, np.int64),
        }
        if self._typed:
            second = np.array([window.second for window in encoded])
            given["token_type_ids"] = (np.arange(tokens) >= second[:, None]).astype(np.int64)
        (logits,) = self._session.run(["logits"], given)
        return np.asarray(logits, np.float32)


def _with_heads(window: Window) -> list[Window]:
    """The window; if it has no head, a window for each sentence, whose head is the sentence before.

    The models have hardly seen several sentences without a head, and would judge the first of them
    by what the whole window says.
    """
    if window.head:
        return [window]
    return [Window(before, (sentence,)) for before, sentence in pairwise(("", *window.sentences))]


def _probabilities(logits: Scores) -> Scores:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Scores = powers / powers.sum(axis=1, keepdims=True)
    return shares
