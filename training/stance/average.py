"""Averages what the stages ended with, weight by weight.

Each stage warms up and cools down again, so their ends are points around one minimum, and what lies
between them generalises better than any (Izmailov et al., "Averaging weights leads to wider optima
and better generalization", UAI 2018).
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


def average(folders: Mapping[Path, float], out: Path) -> Path:
    """Writes to `out` a model like those of `folders`, which map to their shares of it."""
    total = sum(folders.values())
    mean: dict[str, torch.Tensor] = {}
    for folder, share in folders.items():
        for name, weights in load_file(folder / WEIGHTS).items():
            mean[name] = mean.get(name, torch.zeros(())) + weights.float() * (share / total)
    shutil.copytree(next(iter(folders)), out, dirs_exist_ok=True)
    save_file(mean, out / WEIGHTS, metadata={"format": "pt"})
    return out
