"""The other engine: any sentence-transformers model, from a folder or a hub, on a GPU if any."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from service.domain.errors import ModelUnavailable
from service.models.batching import Batcher, Limits

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

_BATCH_TOKENS = 4_096
# What is downloaded and what the fingerprint covers: weights without code, and settings.
_SAFE_FILES = ("*.safetensors", "*.json", "*.txt", "*.model")
_PICKLES = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"})


def load_sentence_transformer(
    model: str, *, threads: int = 2, queue_tokens: int = 65_536
) -> "SentenceTransformerEmbedder":
    """Loads `model`, a folder or a hub's name (seconds; the first time a download).

    `threads` is set for all of PyTorch. Raises ModelUnavailable where the extra is not installed,
    the model cannot be had, or its weights are not safetensors.
    """
    # Imported here: the engine is an extra, and takes seconds.
    try:
        import torch  # noqa: PLC0415
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    except ImportError as error:
        raise ModelUnavailable(
            f"The model {model} needs an engine that is not installed. Install it: "
            "pip install 'onrecord[sentence-transformers]'"
        ) from error
    folder = _folder(model)
    _refuse_pickles(folder)
    torch.set_num_threads(threads)
    try:
        loaded = SentenceTransformer(
            str(folder), trust_remote_code=False, model_kwargs={"use_safetensors": True}
        )
    except (OSError, ValueError, LookupError, RuntimeError) as error:
        raise ModelUnavailable(f"{model} is not a model of this format: {error}") from error
    precision = str(loaded.dtype).removeprefix("torch.")
    fingerprint = f"{Path(model).name}/{precision}/sha256:{_digest(folder)[:16]}"
    return SentenceTransformerEmbedder(loaded, fingerprint, queue_tokens=queue_tokens)


class SentenceTransformerEmbedder:
    """Turns texts into vectors, as the model's own pooling says, scaled to norm 1.

    Rows of one text embedded in different company agree to float32 rounding, about 1e-6: PyTorch
    adds in an order that depends on the shape of the batch.
    """

    def __init__(
        self, model: "SentenceTransformer", fingerprint: str, *, queue_tokens: int
    ) -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._dim = int(model.encode("a", show_progress_bar=False).shape[0])
        # PyTorch has threads of its own: one batch at a time feeds them.
        limits = Limits(batch_tokens=_BATCH_TOKENS, queue_tokens=queue_tokens, threads=1)
        self._batcher: Batcher[str, Vectors] = Batcher(
            self._forward, tokens=_estimated_tokens, limits=limits
        )

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dim(self) -> int:
        return self._dim

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32, shape (n, dim), rows of norm 1. Raises Overloaded, ModelFailed."""
        vectors = np.empty((len(texts), self._dim), np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows = await self._batcher.run([texts[i] for i in by_length])
        if rows:
            vectors[by_length] = rows
        return vectors

    async def close(self) -> None:
        """Gives the thread back."""
        await self._batcher.close()

    def _forward(self, texts: Sequence[str]) -> list[Vectors]:
        """A vector of shape (dim,) for each text, in a worker thread."""
        # A lone surrogate has no UTF-8 form: it becomes a question mark.
        readable = [text.encode(errors="replace").decode() for text in texts]
        vectors = self._model.encode(
            readable, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return list(vectors.astype(np.float32, copy=False))


def _estimated_tokens(text: str) -> int:
    """Four characters a token, and the two that frame a text: each model counts differently."""
    return len(text) // 4 + 2


def _folder(model: str) -> Path:
    """The model's folder: itself, or the hub's copy without anything that could run code."""
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download  # noqa: PLC0415 (comes with the engine)

    try:
        return Path(snapshot_download(model, allow_patterns=list(_SAFE_FILES)))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(
            f"{model} is neither a folder here nor a model that the hub gives out: {error}"
        ) from error


def _refuse_pickles(folder: Path) -> None:
    """A part with pickled weights alone would have them loaded."""
    for path in folder.rglob("*"):
        if path.suffix in _PICKLES and not any(path.parent.glob("*.safetensors")):
            raise ModelUnavailable(
                f"{path} holds pickled weights, which can run code when they are loaded. "
                "Save the model as safetensors: SentenceTransformer.save does."
            )


def _digest(folder: Path) -> str:
    """Sha256 over names and contents of all files that make the model what it is."""
    digest = hashlib.sha256()
    for path in _files(folder):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{content}  {path.relative_to(folder).as_posix()}\n".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    found = {path for pattern in _SAFE_FILES for path in folder.rglob(pattern)}
    yield from sorted(found, key=lambda path: path.relative_to(folder).as_posix())
