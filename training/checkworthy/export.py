"""Writes the claim spotter's weights folder."""

import hashlib
import json
from pathlib import Path

import onnx

from training.bert.graph import Graph, Shape
from training.checkworthy.fit import Network

FILES = ("model.onnx", "spotting.json")


def write_weights(network: Network, spotting: dict[str, object], out: Path) -> None:
    """Writes what `service.models.spotter` loads; the same input, the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.onnx").write_bytes(model(network).SerializeToString(deterministic=True))
    _write_json(out / "spotting.json", spotting)
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES}
    _write_json(
        out / "manifest.json",
        {"model": "checkworthy-64", "precision": "float32", "sha256": digests},
    )


def model(network: Network) -> onnx.ModelProto:
    """From `read`, float32 (1, inputs), to `share`, float32 (1, 1)."""
    graph = Graph()
    names = ("first", "bias", "second", "last")
    first, bias, second, last = (graph.constant(*one) for one in zip(names, network, strict=True))
    hidden = graph.node("Relu", graph.node("Gemm", "read", first, bias))
    graph.node("Sigmoid", graph.node("Gemm", hidden, second, last))
    inputs: Shape = [1, len(network[0])]
    made = graph.model(
        sources=(), target="share", target_shape=[1, 1], float_sources=[("read", inputs)]
    )
    onnx.checker.check_model(made)
    return made


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
