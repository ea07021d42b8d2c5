"""A BERT or MPNet encoder as it was saved: its tensors and its shape."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

_MPNET_NAMES = {
    ".attention.attn.q.": ".attention.self.query.",
    ".attention.attn.k.": ".attention.self.key.",
    ".attention.attn.v.": ".attention.self.value.",
    ".attention.attn.o.": ".attention.output.dense.",
    ".attention.LayerNorm.": ".attention.output.LayerNorm.",
    "classifier.dense.": "pooler.dense.",
    "classifier.out_proj.": "classifier.",
}
"""MPNet's layers are BERT's under other names."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Float32 tensors by BERT's names, without what the file puts before them, and the encoder's
    shape. `first_position` is the row of the first token's position."""

    tensors: dict[str, NDArray[np.float32]]
    layers: int
    heads: int
    layer_norm_epsilon: float
    first_position: int = 0

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        return self.tensors[name]

    def __contains__(self, name: str) -> bool:
        return name in self.tensors


def read_checkpoint(folder: Path) -> Checkpoint:
    """Reads `model.safetensors` and `config.json`."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    mpnet = config["model_type"] == "mpnet"
    return Checkpoint(
        tensors={
            _name(name): tensor for name, tensor in load_file(folder / "model.safetensors").items()
        },
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        layer_norm_epsilon=config["layer_norm_eps"],
        # The padding index is 1, and positions begin after it.
        first_position=2 if mpnet else 0,
    )


def _name(saved: str) -> str:
    name = saved.removeprefix("bert.").removeprefix("mpnet.")
    for theirs, berts in _MPNET_NAMES.items():
        name = name.replace(theirs, berts)
    return name
