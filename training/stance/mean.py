"""Writes the mean of models of one shape, weight by weight.

    python -m training.stance.mean --models RUN RUN --out RUN

What lies between the ends of several runs from one start generalises better than any of them:
Izmailov et al., "Averaging weights leads to wider optima and better generalization", UAI 2018, and
Wortsman et al., "Model soups", ICML 2022.
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

WEIGHTS = "model.safetensors"
SHARED = ("config.json", "tokenizer.json")
"""The first model's are those of all."""


def write_mean(models: Sequence[Path], out: Path) -> None:
    """Writes to folder `out` a model like those in the folders `models`, all weighing the same.

    Raises ValueError where their tensors differ in name or shape.
    """
    read = [load_file(folder / WEIGHTS) for folder in models]
    first, *others = ({name: tensor.shape for name, tensor in model.items()} for model in read)
    if any(shapes != first for shapes in others):
        raise ValueError("models of different shapes have no mean")
    out.mkdir(parents=True, exist_ok=True)
    mean = {name: _mean([model[name] for model in read]) for name in first}
    save_file(mean, out / WEIGHTS)
    for file in SHARED:
        shutil.copy(models[0] / file, out / file)


def _mean(tensors: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Summed in float64, so that the mean of equal tensors is what they are."""
    mean: NDArray[np.float64] = np.mean(tensors, axis=0, dtype=np.float64)
    return mean.astype(np.float32)


def main() -> None:
    """Reads the arguments, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.mean")
    parser.add_argument("--models", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    write_mean(given.models, given.out)


if __name__ == "__main__":
    main()
