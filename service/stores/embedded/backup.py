"""A copy of a store that is consistent though a service goes on writing to it."""

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Final

from service.domain.errors import InvalidInput, StoreFailed
from service.stores.embedded.catalogue import ARCHIVE
from service.stores.embedded.errors import as_store_errors, corrupt

_UNFINISHED: Final = f"{ARCHIVE}.part"


def copy_store(folder: Path, target: Path) -> int:
    """Copies the truth of the store in `folder`, as it is at one moment, into the new folder
    `target`; how many bytes that are. What is derived is made anew when the copy is opened.

    SQLite reads it in one transaction beside the one who writes. The copy is checked, and has its
    name only once it is whole and on the disk. Raises StoreFailed where there is no store or no
    space, InvalidInput where something is in `target` already.
    """
    if not (folder / ARCHIVE).is_file():
        raise StoreFailed(f"There is no index in {folder}. Name the folder of one.")
    with as_store_errors(target):
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(path.name != _UNFINISHED for path in target.iterdir()):
            raise InvalidInput(f"{target} is not empty; name a new folder for the backup")
        unfinished = target / _UNFINISHED
        try:
            unfinished.unlink(missing_ok=True)
            unfinished.touch(mode=0o600)
            _copy(folder, unfinished)
            unfinished.replace(target / ARCHIVE)
            _sync(target)
        finally:
            unfinished.unlink(missing_ok=True)
    return (target / ARCHIVE).stat().st_size


def _copy(folder: Path, unfinished: Path) -> None:
    source = sqlite3.connect(f"{(folder / ARCHIVE).absolute().as_uri()}?mode=ro", uri=True)
    with contextlib.closing(source), contextlib.closing(sqlite3.connect(unfinished)) as copy:
        source.backup(copy)
        (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise corrupt(folder, found)
        copy.execute("PRAGMA journal_mode = DELETE")  # so that it is one file, with no log beside
    _sync(unfinished)


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
