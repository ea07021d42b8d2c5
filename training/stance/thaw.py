"""Makes of shipped weights a folder that training starts from, without the float32 originals.

    python -m training.stance.thaw --weights service/models/weights/stance --heads 12 --out FOLDER

The integers times their scales, at full length: what int8 rounded away stays away. Only weights of
MPNet are read.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.numpy import save_file

from training.bert.encoder import distance_buckets

FIRST_POSITION = 2
"""Of MPNet: the padding index is 1, and positions begin after it."""


def thaw(weights: Path) -> dict[str, NDArray[np.float32]]:
    """All tensors of a checkpoint, by BERT's names."""
    parts = sorted(weights.glob("model.onnx*"))
    graph = onnx.load_from_string(b"".join(part.read_bytes() for part in parts)).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    tensors: dict[str, NDArray[np.float32]] = {}
    for name, values in stored.items():
        layer, _, kind = name.rpartition(".")
        if kind not in ("weight", "bias"):
            continue
        scales = stored[f"{layer}.scales"] if values.dtype == np.int8 else np.float32(1)
        tensor = np.ascontiguousarray((values * scales).T, np.float32)
        if layer.endswith(".attention.self"):
            for part, some in zip(("query", "key", "value"), np.split(tensor, 3), strict=True):
                tensors[f"{layer}.{part}.{kind}"] = some
        else:
            tensors[name] = tensor
    words = stored["words"] * stored["words.scales"]
    positions = stored["positions"]
    by_distance = stored["distances"]
    middle = len(by_distance) // 2
    learned_positions = np.zeros((middle, positions.shape[1]), np.float32)
    learned_positions[FIRST_POSITION : FIRST_POSITION + len(positions)] = positions
    buckets = distance_buckets(np.arange(-middle, middle + 1))
    learned = np.zeros((buckets.max() + 1, by_distance.shape[1]), np.float32)
    learned[buckets] = by_distance
    return tensors | {
        "embeddings.word_embeddings.weight": words.astype(np.float32),
        "embeddings.position_embeddings.weight": learned_positions,
        "encoder.relative_attention_bias.weight": learned,
    }


def main() -> None:
    """Reads the arguments, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.thaw", description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=12)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    tensors = thaw(given.weights)
    save_file(tensors, given.out / "model.safetensors")
    layers = len({name.split(".")[2] for name in tensors if name.startswith("encoder.layer.")})
    shape = {
        "model_type": "mpnet",
        "num_hidden_layers": layers,
        "num_attention_heads": given.heads,
        "layer_norm_eps": 1e-5,
    }
    (given.out / "config.json").write_text(json.dumps(shape, indent=2), encoding="utf-8")
    shutil.copy(given.weights / "tokenizer.json", given.out / "tokenizer.json")


if __name__ == "__main__":
    main()
