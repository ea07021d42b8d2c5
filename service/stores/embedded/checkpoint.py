"""How far a derived index has come, written so that a crash leaves the old or the new, whole."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_NAME: Final = "checkpoint.json"
_SAVED: Final = "saved-"


class Unusable(Exception):
    """A derived index does not hold what it should: make it anew."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The index has taken in every passage with a key below `end`; `saved`, a folder beside this,
    holds the parts of it that are saved as a whole, each with its SHA-256. `shape` is what it was
    made for."""

    shape: str
    end: int
    saved: str
    sha256: Mapping[str, str]


def load_checkpoint(folder: Path, shape: str) -> Checkpoint | None:
    """The last checkpoint, None if there was none yet. Raises Unusable if it, or a part that is
    saved with it, is not as it was written: an engine that is given a damaged file may take the
    process down with it."""
    try:
        content = json.loads((folder / _NAME).read_bytes())
        if "file" in content:
            raise Unusable("made by a version that kept no checksums")
        found = Checkpoint(**content["checkpoint"])
        if content["sha256"] != _seal(found):
            raise Unusable(f"{_NAME} is not as it was written")
        if found.shape != shape:
            raise Unusable(f"made for {found.shape}, not {shape}")
        for name, digest in found.sha256.items():
            if _digest(folder / found.saved / name) != digest:
                raise Unusable(f"{name} is not as it was written")
    except FileNotFoundError as error:
        if any(folder.iterdir()):
            raise Unusable(f"{Path(error.filename).name} is missing") from error
        return None
    except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise Unusable(f"{_NAME} cannot be read: {error}") from error
    return found


def save_checkpoint(folder: Path, shape: str, end: int, save: Callable[[Path], None]) -> None:
    """Calls `save` with a folder to write the whole parts into, then makes them the current
    ones."""
    old = sorted(folder.glob(f"{_SAVED}*"))
    serial = 1 + max((int(path.name.removeprefix(_SAVED)) for path in old), default=0)
    saved = folder / f"{_SAVED}{serial}"
    saved.mkdir()
    save(saved)
    parts = sorted(saved.iterdir())
    for path in (*parts, saved):
        _sync(path)
    written = Checkpoint(shape, end, saved.name, {path.name: _digest(path) for path in parts})
    draft = folder / f"{_NAME}.new"
    draft.write_text(json.dumps({"checkpoint": asdict(written), "sha256": _seal(written)}))
    _sync(draft)
    draft.replace(folder / _NAME)
    _sync(folder)
    for path in old:
        shutil.rmtree(path)


def _seal(checkpoint: Checkpoint) -> str:
    canonical = json.dumps(asdict(checkpoint), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
