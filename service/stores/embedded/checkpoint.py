"""How far a derived index has come, written so that a crash leaves the old or the new, whole."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_NAME: Final = "checkpoint.json"


class Unusable(Exception):
    """A derived index does not hold what it should: rebuild it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The index has taken in every passage with a key below `end`; `file`, in the same folder,
    holds the part of it that is saved as a whole. `shape` is what it was made for."""

    shape: str
    end: int
    file: str
    sha256: str


def load_checkpoint(folder: Path, shape: str) -> Checkpoint | None:
    """The last checkpoint, None if there was none yet. Raises Unusable if it cannot be trusted:
    an engine that is given a damaged file may take the process down with it."""
    try:
        found = Checkpoint(**json.loads((folder / _NAME).read_bytes()))
        if found.shape != shape:
            raise Unusable(f"made for {found.shape}, not {shape}")
        if _digest(folder / found.file) != found.sha256:
            raise Unusable(f"{found.file} is not as it was written")
    except FileNotFoundError as error:
        if any(folder.iterdir()):
            raise Unusable(f"{Path(error.filename).name} is missing") from error
        return None
    except (OSError, ValueError, TypeError) as error:
        raise Unusable(str(error)) from error
    return found


def save_checkpoint(folder: Path, shape: str, end: int, save: Callable[[Path], None]) -> None:
    """Calls `save` with the path to write the whole part to, then makes it the current one."""
    old = sorted(folder.glob("saved-*"))
    serial = 1 + max((int(path.name.removeprefix("saved-")) for path in old), default=0)
    path = folder / f"saved-{serial}"
    save(path)
    _sync(path)
    written = Checkpoint(shape, end, path.name, _digest(path))
    draft = folder / f"{_NAME}.new"
    draft.write_text(json.dumps(asdict(written)))
    _sync(draft)
    draft.replace(folder / _NAME)
    _sync(folder)
    for path in old:
        path.unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
