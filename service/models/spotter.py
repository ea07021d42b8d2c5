"""The built-in claim spotter: a small network on the embedder's vectors and on `traits`."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from service.domain.errors import WeightsMismatch
from service.english.text.traits import TRAITS, traits
from service.models.manifest import read_weights
from service.models.session import open_session

Inputs = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "weights" / "checkworthy"


def load_spotter(embedder: str, folder: Path = WEIGHTS) -> "OnnxSpotter":
    """Reads and checks the weights (milliseconds); `embedder` is the fingerprint of the one whose
    vectors it will read. Raises WeightsMismatch, ModelUnavailable.

    `folder` holds a `model.onnx` that maps `read`, float32 (1, dim + traits), to `share`, (1, 1),
    and `spotting.json`: the fingerprint of the `embedder` that it was fitted to, and the share
    `from` which a sentence is worth a check.
    """
    weights = read_weights(folder)
    spotting = json.loads(weights.files["spotting.json"])
    if spotting["embedder"] != embedder:
        raise WeightsMismatch(
            f"The claim spotter was fitted to {spotting['embedder']}, and the embedder is "
            f"{embedder}. Make it again: python -m training.checkworthy."
        )
    return OnnxSpotter(
        fingerprint=weights.fingerprint,
        session=open_session(weights.files["model.onnx"]),
        worth_from=float(spotting["from"]),
    )


class OnnxSpotter:
    """Says which sentences are worth a check.

    A sentence's share is the same, bit for bit, whatever is asked beside it: each is computed
    alone.
    """

    def __init__(
        self,
        *,
        fingerprint: str,
        session: onnxruntime.InferenceSession,
        worth_from: float,
    ) -> None:
        self._fingerprint = fingerprint
        self._session = session
        self._worth_from = worth_from

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    async def spot(self, sentences: Sequence[str], vectors: Inputs) -> list[bool]:
        """Whether each sentence is worth a check; `vectors` are theirs, shape (n, dim)."""
        return [bool(share >= self._worth_from) for share in await self.shares(sentences, vectors)]

    async def shares(self, sentences: Sequence[str], vectors: Inputs) -> NDArray[np.float32]:
        """How likely each is worth a check, float32 from 0 to 1, shape (n,)."""
        return await asyncio.to_thread(self._forward, sentences, vectors)

    def _forward(self, sentences: Sequence[str], vectors: Inputs) -> NDArray[np.float32]:
        rows = inputs(sentences, vectors)
        shares = [self._session.run(["share"], {"read": row[None]})[0][0, 0] for row in rows]
        return np.array(shares, np.float32)


def inputs(sentences: Sequence[str], vectors: Inputs) -> Inputs:
    """What the network reads: a sentence's vector, then its traits; shape (n, dim + traits)."""
    put = np.array([traits(sentence) for sentence in sentences], np.float32)
    return np.hstack([vectors, put.reshape(-1, len(TRAITS))])
