"""The other engine: any sentence-transformers model, from a folder or a hub, with a GPU or not."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from service.domain.errors import ModelUnavailable
from service.domain.window import Window
from service.models.batching import Batcher, Limits

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

T = TypeVar("T")
Vectors = NDArray[np.float32]

_BATCH_TOKENS = 4_096
# What is downloaded and what the fingerprint covers: weights that hold no code, and settings.
_SAFE_FILES = ("*.safetensors", "*.json", "*.txt", "*.model")
_PICKLES = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"})


def load_sentence_transformer(
    model: str, *, threads: int = 2, queue_tokens: int = 65_536
) -> "SentenceTransformerEmbedder":
    """Loads `model`, a folder or a hub's name (seconds; the first time a download).

    `threads` is set for all of PyTorch. Raises ModelUnavailable if the extra is not installed, the
    model cannot be loaded, or its weights are not safetensors.
    """
    engine, folder = _prepared(model, threads)
    loaded = _loaded(model, lambda: engine.SentenceTransformer(str(folder), **_SAFELY))
    return SentenceTransformerEmbedder(
        loaded, _fingerprint(model, folder, loaded.dtype), queue_tokens=queue_tokens
    )


def load_cross_encoder(
    model: str, *, threads: int = 2, queue_tokens: int = 65_536
) -> "CrossEncoderStance":
    """Loads `model`, a cross-encoder for natural language inference (NLI), in the way of
    `load_sentence_transformer`.

    Its configuration must have three labels, which begin with "entail" or "support", with "contra",
    "conflict" or "refut", and with "neutral"; else ModelUnavailable is raised too.
    """
    engine, folder = _prepared(model, threads)
    loaded = _loaded(model, lambda: engine.CrossEncoder(str(folder), **_SAFELY))
    return CrossEncoderStance(
        loaded,
        _fingerprint(model, folder, loaded.model.dtype),
        _columns(model, loaded.model.config.id2label),
        queue_tokens=queue_tokens,
    )


_SAFELY: dict[str, Any] = {
    "trust_remote_code": False,
    "model_kwargs": {"use_safetensors": True},
}


def _prepared(model: str, threads: int) -> tuple[ModuleType, Path]:
    """The engine, and the model's folder."""
    # Imported here: the engine is an extra, and takes seconds.
    try:
        import sentence_transformers  # noqa: PLC0415
        import torch  # noqa: PLC0415
    except ImportError as error:
        raise ModelUnavailable(
            f"{model} is no model that comes with Onrecord, and others need an engine that is not "
            "installed: in Onrecord's folder pip install '.[sentence-transformers]'"
        ) from error
    folder = _folder(model)
    _refuse_pickles(folder)
    torch.set_num_threads(threads)
    return sentence_transformers, folder


def _loaded(model: str, load: Callable[[], T]) -> T:
    try:
        return load()
    except (OSError, ValueError, LookupError, RuntimeError) as error:
        raise ModelUnavailable(f"{model} is not a model of this format: {error}") from error


def _fingerprint(model: str, folder: Path, dtype: object) -> str:
    precision = str(dtype).removeprefix("torch.")
    return f"{Path(model).name}/{precision}/sha256:{_digest(folder)[:16]}"


_LABELS = (("entail", "support"), ("contra", "conflict", "refut"), ("neutral",))
"""How the labels for supports, conflicts and neutral begin."""


def _columns(model: str, labels: Mapping[int, str]) -> list[int]:
    """The columns of the model's output for supports, conflicts and neutral."""
    found = [
        next((i for i, label in labels.items() if label.lower().startswith(beginnings)), None)
        for beginnings in _LABELS
    ]
    columns = [column for column in found if column is not None]
    if len(columns) != len(_LABELS) or len(labels) != len(_LABELS):
        raise ModelUnavailable(
            f"{model} has the labels {', '.join(labels.values())}. A stance model needs three: "
            "entailment, contradiction, neutral."
        )
    return columns


class CrossEncoderStance:
    """Says what sentences do to a claim. The claim is the hypothesis. The premise is the window's
    head, the sentence before, and the sentence itself."""

    def __init__(
        self, model: "CrossEncoder", fingerprint: str, columns: list[int], *, queue_tokens: int
    ) -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._columns = columns
        limits = Limits(batch_tokens=_BATCH_TOKENS, queue_tokens=queue_tokens, threads=1)
        self._batcher: Batcher[tuple[str, str], Vectors] = Batcher(
            self._forward, tokens=lambda pair: sum(map(_estimated_tokens, pair)), limits=limits
        )

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    async def stances(self, claim: str, windows: Sequence[Window]) -> list[Vectors]:
        """For each window shape (sentences, 3): supports, conflicts, neutral; rows sum to 1.
        Raises Overloaded, ModelFailed."""
        pairs = [(premise, claim) for window in windows for premise in _premises(window)]
        rows = iter(await self._batcher.run(pairs))
        return [np.stack([next(rows) for _ in window.sentences]) for window in windows]

    async def close(self) -> None:
        """Ends the thread."""
        await self._batcher.close()

    def _forward(self, pairs: Sequence[tuple[str, str]]) -> list[Vectors]:
        """Probabilities of shape (3,) for each pair, in a worker thread."""
        clean = [(_readable(premise), _readable(claim)) for premise, claim in pairs]
        shares = self._model.predict(
            clean, apply_softmax=True, convert_to_numpy=True, show_progress_bar=False
        )
        return list(np.asarray(shares, np.float32)[:, self._columns])


def _premises(window: Window) -> Iterator[str]:
    for place, sentence in enumerate(window.sentences):
        before = window.sentences[max(0, place - 1) : place]
        head = [f"{window.head}."] if window.head else []
        yield " ".join([*head, *before, sentence])


class SentenceTransformerEmbedder:
    """Turns texts into vectors, as the model's own pooling says, scaled to norm 1.

    The rows of one text from different batches agree to float32 rounding, about 1e-6: PyTorch adds
    in an order that depends on the shape of the batch.
    """

    def __init__(
        self, model: "SentenceTransformer", fingerprint: str, *, queue_tokens: int
    ) -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._dim = int(model.encode("a", show_progress_bar=False).shape[0])
        # PyTorch has threads of its own, so one batch at a time is enough.
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
        """Ends the thread."""
        await self._batcher.close()

    def _forward(self, texts: Sequence[str]) -> list[Vectors]:
        """A vector of shape (dim,) for each text, in a worker thread."""
        clean = [_readable(text) for text in texts]
        vectors = self._model.encode(
            clean, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return list(vectors.astype(np.float32, copy=False))


def _readable(text: str) -> str:
    """A lone surrogate has no UTF-8 form: it becomes a question mark."""
    return text.encode(errors="replace").decode()


def _estimated_tokens(text: str) -> int:
    """Four characters a token, and two tokens that frame a text. Each model counts differently."""
    return len(text) // 4 + 2


def _folder(model: str) -> Path:
    """The model's folder, or a copy from the hub without files that could run code."""
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
    """Refuses a folder with pickled weights and no safetensors: the pickle would be loaded."""
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
