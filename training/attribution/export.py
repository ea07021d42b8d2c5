"""Writes the tagger's weights folder: `python -m training.attribution.export --model FOLDER`."""

import argparse
import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import onnx

from service.models.attribution.pieces import MOST_PIECES
from service.models.attribution.tagger import Decoding
from training.attribution.graphs import asking, reading
from training.attribution.settings import read_settings
from training.bert.checkpoint import read_checkpoint
from training.bert.precision import Float32, Precision, RowwiseInt8
from training.embedder.source import source_folder

PRECISION = RowwiseInt8()
FILES = ("reading.onnx", "asking.onnx", "tokenizer.json", "decoding.json")


def write_weights(
    model: Path, out: Path, decoding: Decoding, precision: Precision = PRECISION
) -> None:
    """Writes what `service.models.attribution.tagger` loads; the same input, the same bytes.

    `model` is a folder that the training wrote.
    """
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = read_checkpoint(model)
    layers = json.loads((model / "config.json").read_text(encoding="utf-8"))["reading_layers"]
    graphs = {
        "reading.onnx": reading(checkpoint, precision, layers=layers, max_tokens=MOST_PIECES),
        "asking.onnx": asking(checkpoint, precision, after_layers=layers),
    }
    for name, graph in graphs.items():
        onnx.checker.check_model(graph)
        (out / name).write_bytes(graph.SerializeToString(deterministic=True))
    (out / "tokenizer.json").write_bytes((source_folder() / "tokenizer.json").read_bytes())
    _write_json(out / "decoding.json", asdict(decoding))
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES}
    manifest = {"model": "attribution-MiniLM-L6", "precision": precision.name, "sha256": digests}
    _write_json(out / "manifest.json", manifest)


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Reads the arguments, writes."""
    parser = argparse.ArgumentParser(
        prog="python -m training.attribution.export", description=__doc__
    )
    parser.add_argument("--model", type=Path, required=True, help="folder of the trained model")
    parser.add_argument("--float32", action="store_true", help="to compare with, not to ship")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    precision = Float32() if given.float32 else PRECISION
    write_weights(given.model, given.out, read_settings().decoding, precision)


if __name__ == "__main__":
    main()
