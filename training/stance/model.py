"""The stance model in PyTorch: a BERT or MPNet encoder with a head at each mark.

As `training.bert.encoder` writes it for ONNX Runtime. Word, position and type embeddings stay as
they were published: a claim's rare names are not to drift away from those that no pair has.
"""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn import functional

from training.bert.checkpoint import Checkpoint
from training.bert.encoder import distance_buckets

CLASSES = 3
DROPOUT = 0.1
_FARTHEST = 512
_FROZEN = (
    "embeddings.word_embeddings.weight",
    "embeddings.position_embeddings.weight",
    "embeddings.token_type_embeddings.weight",
    "encoder.relative_attention_bias.weight",
)


class Judge(nn.Module):
    """Logits for supports, conflicts, neutral at every mark."""

    words: Tensor
    positions: Tensor
    types: Tensor | None
    distances: Tensor | None

    def __init__(self, checkpoint: Checkpoint, layers: Iterable[int]) -> None:
        super().__init__()
        words = checkpoint["embeddings.word_embeddings.weight"]
        positions = checkpoint["embeddings.position_embeddings.weight"]
        width = words.shape[1]
        self.heads = checkpoint.heads
        types = checkpoint.tensors.get("embeddings.token_type_embeddings.weight")
        learned = checkpoint.tensors.get("encoder.relative_attention_bias.weight")
        self._freeze("words", words)
        self._freeze("positions", positions[checkpoint.first_position :])
        self._freeze("types", types)
        self._freeze("distances", None if learned is None else _by_distance(learned))
        self._published = {name: checkpoint[name] for name in _FROZEN if name in checkpoint}
        epsilon = checkpoint.layer_norm_epsilon
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.layers = nn.ModuleList(
            Layer(checkpoint, f"encoder.layer.{number}", epsilon) for number in layers
        )
        self.pooler = nn.Linear(width, width)
        self.classifier = nn.Linear(width, CLASSES)
        _fill(self.norm, checkpoint, "embeddings.LayerNorm")
        for part, name in ((self.pooler, "pooler.dense"), (self.classifier, "classifier")):
            if name == "classifier" and f"{name}.weight" not in checkpoint:
                nn.init.normal_(part.weight, std=0.02)
                nn.init.zeros_(part.bias)
            else:
                _fill(part, checkpoint, name)

    def freeze(self, layers: int) -> None:
        """Leaves the first so many layers, and what stands before them, as they are."""
        if layers:
            self.norm.requires_grad_(False)
            for layer in self.layers[:layers]:
                layer.requires_grad_(False)

    def forward(self, ids: Tensor, lengths: Tensor, second: Tensor, marks: Tensor) -> Tensor:
        """`ids` int64 (batch, tokens), padded; `lengths` and `second`, where the second text
        begins, (batch,); `marks` rows of (batch · tokens), (n,). Logits (n, 3), float32."""
        places = torch.arange(ids.shape[1], device=ids.device)
        hidden = functional.embedding(ids, self.words) + self.positions[: ids.shape[1]]
        if self.types is not None:
            hidden = hidden + self.types[(places >= second[:, None]).long()]
        hidden = self._dropped(self.norm(hidden))
        bias = self._bias(places, lengths, hidden.dtype)
        for layer in self.layers:
            hidden = layer(hidden, bias, self.heads)
        marked = hidden.reshape(-1, hidden.shape[-1])[marks]
        pooled = torch.tanh(self.pooler(self._dropped(marked)))
        logits: Tensor = self.classifier(self._dropped(pooled))
        return logits.float()

    def _bias(self, places: Tensor, lengths: Tensor, dtype: torch.dtype) -> Tensor:
        """What is added to the attention scores: nothing of padding is seen."""
        hidden_places = (places >= lengths[:, None])[:, None, None, :]
        if torch.is_autocast_enabled(places.device.type):
            dtype = torch.get_autocast_dtype(places.device.type)
        bias = torch.zeros(hidden_places.shape, dtype=dtype, device=places.device)
        bias = bias.masked_fill(hidden_places, float("-inf"))
        if self.distances is not None:
            middle = self.distances.shape[0] // 2
            apart = places[None, :] - places[:, None] + middle
            bias = bias + self.distances[apart].permute(2, 0, 1)[None].to(dtype)
        return bias.expand(-1, self.heads, len(places), -1).contiguous()

    def _freeze(self, name: str, values: NDArray[np.float32] | None) -> None:
        tensor = None if values is None else torch.from_numpy(values)
        self.register_buffer(name, tensor, persistent=False)

    def _dropped(self, values: Tensor) -> Tensor:
        return functional.dropout(values, DROPOUT, self.training)

    def save(self, folder: Path, config: Mapping[str, object]) -> None:
        """Writes a folder that `training.bert.checkpoint` reads."""
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self._published | dict(self._tensors()), folder / "model.safetensors")
        shape = dict(config) | {"num_hidden_layers": len(self.layers)}
        (folder / "config.json").write_text(json.dumps(shape, indent=2), encoding="utf-8")

    def _tensors(self) -> Iterable[tuple[str, NDArray[np.float32]]]:
        for name, tensor in self.state_dict().items():
            yield from _saved(name, tensor.detach().float().cpu())


class Layer(nn.Module):
    """Self-attention, then the feed-forward network, each added to its input and normalised."""

    def __init__(self, checkpoint: Checkpoint, name: str, epsilon: float) -> None:
        super().__init__()
        inner, width = checkpoint[f"{name}.intermediate.dense.weight"].shape
        self.qkv = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps=epsilon)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.outer_norm = nn.LayerNorm(width, eps=epsilon)
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        for kind, into in (("weight", self.qkv.weight), ("bias", self.qkv.bias)):
            values = np.concatenate([checkpoint[f"{part}.{kind}"] for part in parts])
            into.data.copy_(torch.from_numpy(values))
        _fill(self.attended, checkpoint, f"{name}.attention.output.dense")
        _fill(self.attended_norm, checkpoint, f"{name}.attention.output.LayerNorm")
        _fill(self.inner, checkpoint, f"{name}.intermediate.dense")
        _fill(self.outer, checkpoint, f"{name}.output.dense")
        _fill(self.outer_norm, checkpoint, f"{name}.output.LayerNorm")

    def forward(self, hidden: Tensor, bias: Tensor, heads: int) -> Tensor:
        batch, tokens, width = hidden.shape
        split = self.qkv(hidden).view(batch, tokens, 3, heads, width // heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        attended = self.attended(mixed.transpose(1, 2).reshape(batch, tokens, width))
        hidden = self.attended_norm(hidden + functional.dropout(attended, DROPOUT, self.training))
        outer = self.outer(functional.gelu(self.inner(hidden)))
        normalised: Tensor = self.outer_norm(
            hidden + functional.dropout(outer, DROPOUT, self.training)
        )
        return normalised


def _by_distance(learned: NDArray[np.float32]) -> NDArray[np.float32]:
    return learned[distance_buckets(np.arange(-_FARTHEST, _FARTHEST + 1))]


def _fill(part: nn.Linear | nn.LayerNorm, checkpoint: Checkpoint, name: str) -> None:
    part.weight.data.copy_(torch.from_numpy(checkpoint[f"{name}.weight"]))
    part.bias.data.copy_(torch.from_numpy(checkpoint[f"{name}.bias"]))


_NAMES = {
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}
_TOP = {"norm": "embeddings.LayerNorm", "pooler": "pooler.dense", "classifier": "classifier"}


def _saved(name: str, tensor: Tensor) -> Iterable[tuple[str, NDArray[np.float32]]]:
    """Under BERT's names."""
    *path, kind = name.split(".")
    if path[0] != "layers":
        yield f"{_TOP[path[0]]}.{kind}", tensor.numpy()
        return
    layer = f"encoder.layer.{path[1]}"
    if path[2] != "qkv":
        yield f"{layer}.{_NAMES[path[2]]}.{kind}", tensor.numpy()
        return
    for part, values in zip(("query", "key", "value"), tensor.chunk(3), strict=True):
        yield f"{layer}.attention.self.{part}.{kind}", values.contiguous().numpy()


def loss(logits: Tensor, targets: Tensor, weights: Tensor, smoothing: float) -> Tensor:
    """The weighted mean over marks of -log of the probability of what would do, shape ().

    A target of one label alone is smoothed; (1, 1, 1) costs nothing.
    """
    likely = functional.log_softmax(logits, dim=-1)
    fits = -torch.logsumexp(likely + targets.clamp_min(1e-9).log(), dim=-1)
    alone = (targets.sum(-1) == 1).float() * smoothing
    each = (1 - alone) * fits + alone * -likely.mean(-1)
    return (weights * each).sum() / weights.sum().clamp_min(1e-6)


def taught(logits: Tensor, teacher: Tensor) -> Tensor:
    """How far the student's probabilities are from the teacher's at all marks: Hinton et al. 2015,
    "Distilling the knowledge in a neural network"."""
    likely = functional.log_softmax(logits, dim=-1)
    return functional.kl_div(likely, teacher.softmax(-1), reduction="batchmean")


def schedule(step: int, steps: int, warmup: float) -> float:
    """The share of the learning rate: up to 1 in `warmup` of the steps, then a cosine to 0."""
    begun = warmup * steps
    if step < begun:
        return (step + 1) / max(1.0, begun)
    return 0.5 * (1 + math.cos(math.pi * (step - begun) / max(1.0, steps - begun)))
