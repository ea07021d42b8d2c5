"""Weights are used only as their manifest describes them."""

import hashlib
import json
from pathlib import Path

import pytest

from service.domain.errors import WeightsMismatch
from service.models.manifest import read_weights


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A weights folder of two small files."""
    contents = {"model.onnx": b"weights", "tokenizer.json": b"{}"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    write_manifest(tmp_path, {"model": "tiny", "precision": "int8", "sha256": digests})
    return tmp_path


def write_manifest(folder: Path, manifest: object) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_what_was_checked_is_what_is_returned(folder: Path) -> None:
    """The bytes come back, with a fingerprint that names model, precision and weights."""
    weights = read_weights(folder)
    assert weights.files == {"model.onnx": b"weights", "tokenizer.json": b"{}"}
    # printf '%s  %s\n' … | sha256sum, over both lines.
    assert weights.fingerprint == "tiny/int8/sha256:56fa85bcf5aa6603"


def test_one_changed_byte_is_noticed(folder: Path) -> None:
    """The error names the file and both digests, and says what to do."""
    (folder / "model.onnx").write_bytes(b"weighty")
    with pytest.raises(WeightsMismatch, match=r"model\.onnx is not the file .* Install Onrecord"):
        read_weights(folder)


def test_a_missing_file_is_noticed(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    with pytest.raises(WeightsMismatch, match=r"tokenizer\.json cannot be read"):
        read_weights(folder)


@pytest.mark.parametrize(
    "manifest", [[], {}, {"model": "tiny", "precision": "int8", "sha256": ["model.onnx"]}]
)
def test_a_manifest_of_another_shape_is_refused(folder: Path, manifest: object) -> None:
    write_manifest(folder, manifest)
    with pytest.raises(WeightsMismatch, match="no readable manifest"):
        read_weights(folder)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsMismatch, match="no readable manifest"):
        read_weights(tmp_path)


def test_other_weights_have_another_fingerprint(folder: Path) -> None:
    """An index made with one build of a model is told from another's."""
    before = read_weights(folder).fingerprint
    (folder / "model.onnx").write_bytes(b"trained on")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["sha256"]["model.onnx"] = hashlib.sha256(b"trained on").hexdigest()
    write_manifest(folder, manifest)
    assert read_weights(folder).fingerprint != before
