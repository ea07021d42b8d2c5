"""A BERT encoder as it was saved: its tensors and its shape."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Float32 tensors by name, without what the file puts before them, and the encoder's shape."""

    tensors: dict[str, NDArray[np.float32]]
    layers: int
    heads: int
    layer_norm_epsilon: float

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        return self.tensors[name]


def read_checkpoint(folder: Path) -> Checkpoint:
    """Reads `model.safetensors` and `config.json`."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return Checkpoint(
        tensors={
            name.removeprefix("bert."): tensor
            for name, tensor in load_file(folder / "model.safetensors").items()
        },
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        layer_norm_epsilon=config["layer_norm_eps"],
    )
