"""Reads folders of weights; every file is checked against the manifest before it is used."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.domain.errors import WeightsMismatch

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """A model's files, checked. These bytes are loaded; the files are not read a second time."""

    fingerprint: str
    files: Mapping[str, bytes]


def read_weights(folder: Path) -> Weights:
    """Reads every file that `manifest.json` names. Raises WeightsMismatch.

    The manifest is an object of `model`, `precision`, and `sha256` by file name.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        model, precision = str(manifest["model"]), str(manifest["precision"])
        expected = {str(name): str(digest) for name, digest in manifest["sha256"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise WeightsMismatch(
            f"{folder} has no readable {MANIFEST} ({error}). {_WHAT_TO_DO}"
        ) from error
    files = {name: _read_checked(folder / name, digest) for name, digest in expected.items()}
    return Weights(_fingerprint(model, precision, expected), files)


_WHAT_TO_DO = "Install Onrecord again, or make the folder again as its README.md says."


def _read_checked(path: Path, expected: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WeightsMismatch(f"{path} cannot be read ({error}). {_WHAT_TO_DO}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise WeightsMismatch(
            f"{path} is not the file that {MANIFEST} describes: "
            f"its sha256 is {found}, not {expected}. {_WHAT_TO_DO}"
        )
    return content


def _fingerprint(model: str, precision: str, digests: Mapping[str, str]) -> str:
    """Such as `all-MiniLM-L6-v2/int8/sha256:0123456789abcdef`; the digest is over all files."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    return f"{model}/{precision}/sha256:{hashlib.sha256(lines.encode()).hexdigest()[:16]}"
