"""Writes the stance model's weights folder: `python -m training.stance.export --model FOLDER`."""

import argparse
import hashlib
import json
from pathlib import Path

import onnx
from tokenizers import Tokenizer

from training.bert.checkpoint import read_checkpoint
from training.bert.encoder import classifier
from training.bert.precision import Float32, Precision, RowwiseInt8
from training.stance.settings import read_settings

PRECISION = RowwiseInt8()
FILES = ("model.onnx", "tokenizer.json", "calibration.json")


def write_weights(
    model: Path, out: Path, *, temperature: float = 1.0, precision: Precision = PRECISION
) -> None:
    """Writes what `service.models.cross_encoder` loads; the same input, the same bytes.

    `model` is a folder that the training wrote.
    """
    out.mkdir(parents=True, exist_ok=True)
    max_tokens = read_settings().max_tokens
    graph = classifier(read_checkpoint(model), precision, max_tokens=max_tokens)
    onnx.checker.check_model(graph)
    (out / "model.onnx").write_bytes(graph.SerializeToString(deterministic=True))
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    _write_json(out / "calibration.json", {"temperature": temperature})
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES}
    manifest = {"model": "stance-MiniLM-L6", "precision": precision.name, "sha256": digests}
    _write_json(out / "manifest.json", manifest)


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Reads the arguments, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.export", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the trained model")
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--float32", action="store_true", help="to compare with, not to ship")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    precision = Float32() if given.float32 else PRECISION
    write_weights(given.model, given.out, temperature=given.temperature, precision=precision)


if __name__ == "__main__":
    main()
