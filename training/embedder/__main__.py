"""Makes the embedder's weights folder: `python -m training.embedder --out FOLDER`."""

import argparse
import hashlib
import json
from pathlib import Path

import onnx
from tokenizers import Tokenizer

from training.bert.checkpoint import read_checkpoint
from training.bert.encoder import encoder
from training.bert.precision import Precision, RowwiseInt8
from training.embedder.source import MODEL, source_folder

# What the original was trained with; its own configuration cuts there too.
MAX_TOKENS = 256
PRECISION = RowwiseInt8()


def write_weights(out: Path, precision: Precision = PRECISION) -> None:
    """Writes model.onnx, tokenizer.json and manifest.json; the same input, the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    source = source_folder()
    model = encoder(read_checkpoint(source), precision, max_tokens=MAX_TOKENS)
    onnx.checker.check_model(model)
    (out / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    _tokenizer(source / "tokenizer.json").save(str(out / "tokenizer.json"), pretty=False)
    _write_manifest(out, precision)


def _tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def _write_manifest(out: Path, precision: Precision) -> None:
    manifest = {
        "model": MODEL,
        "precision": precision.name,
        "sha256": {
            name: hashlib.sha256((out / name).read_bytes()).hexdigest()
            for name in ("model.onnx", "tokenizer.json")
        },
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.embedder", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    write_weights(parser.parse_args().out)


if __name__ == "__main__":
    main()
