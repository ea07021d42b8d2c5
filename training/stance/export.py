"""Writes a stance model's weights folder: `python -m training.stance.export --help`."""

import argparse
import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import onnx
from tokenizers import Tokenizer

from training.bert.checkpoint import read_checkpoint
from training.bert.encoder import judge
from training.bert.precision import Float32, Precision, RowwiseInt8
from training.stance.settings import SIZES, read_settings

PRECISION = RowwiseInt8()
MOST_BYTES = 90_000_000
"""Of a file: hosts of code refuse larger ones than 100 MB."""


def write_weights(
    model: Path,
    out: Path,
    *,
    name: str,
    size: str,
    temperature: float = 1.0,
    precision: Precision = PRECISION,
) -> None:
    """Writes what `service.models.stance` loads; the same input, the same bytes.

    `model` is a folder that the training wrote.
    """
    out.mkdir(parents=True, exist_ok=True)
    layout = read_settings(size).layout
    graph = judge(read_checkpoint(model), precision, max_tokens=layout.max_tokens)
    onnx.checker.check_model(graph)
    content = {
        **_parts(graph.SerializeToString(deterministic=True)),
        "tokenizer.json": _tokenizer(model / "tokenizer.json"),
        "reading.json": _json({"temperature": temperature, "layout": asdict(layout)}),
    }
    digests = {file: hashlib.sha256(some).hexdigest() for file, some in content.items()}
    manifest = {"model": name, "precision": precision.name, "sha256": digests}
    for file, some in {**content, "manifest.json": _json(manifest)}.items():
        (out / file).write_bytes(some)


def _parts(model: bytes) -> dict[str, bytes]:
    """In one file, or in as few of the same size as hosts take."""
    if len(model) <= MOST_BYTES:
        return {"model.onnx": model}
    size = -(-len(model) // -(-len(model) // MOST_BYTES))
    starts = range(0, len(model), size)
    return {f"model.onnx.{i}": model[start : start + size] for i, start in enumerate(starts, 1)}


def _tokenizer(file: Path) -> bytes:
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer.to_str(pretty=False).encode()


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def main() -> None:
    """Reads the arguments, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.export", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the trained model")
    parser.add_argument("--name", required=True, help="named in every answer")
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--float32", action="store_true", help="to compare with, not to ship")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    write_weights(
        given.model,
        given.out,
        name=given.name,
        size=given.size,
        temperature=given.temperature,
        precision=Float32() if given.float32 else PRECISION,
    )


if __name__ == "__main__":
    main()
