"""What the disk and SQLite say, in the product's words."""

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from service.domain.errors import StoreCorrupt, StoreFailed

_CORRUPT: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


@contextlib.contextmanager
def as_store_errors(folder: Path) -> Iterator[None]:
    """Turns sqlite3.Error and OSError into StoreCorrupt or StoreFailed that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(folder, error) from error
    except OSError as error:
        raise _from_os(folder, error) from error


def _from_sqlite(folder: Path, error: sqlite3.Error) -> StoreFailed:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _CORRUPT:
        return corrupt(folder, str(error))
    if code == sqlite3.SQLITE_FULL:
        return _full(folder)
    return StoreFailed(
        f"{folder} cannot be used: {error}. Check that the folder is on a disk that works and "
        "that this user may write to it."
    )


def _from_os(folder: Path, error: OSError) -> StoreFailed:
    if error.errno in _FULL:
        return _full(folder)
    return StoreFailed(
        f"{folder} cannot be used: {error.strerror or error}. Check that it is a folder and that "
        "this user may write to it."
    )


def _full(folder: Path) -> StoreFailed:
    return StoreFailed(
        f"No space is left on the disk of {folder}. Free some and try again; what was "
        "acknowledged before is kept."
    )


def corrupt(folder: Path, why: str) -> StoreCorrupt:
    """Nothing is deleted: the operator may still save something."""
    return StoreCorrupt(
        f"{folder / 'archive.sqlite'} does not hold what it should ({why}). Nothing was changed. "
        "Put back a backup of the folder, or move it away and index the articles again."
    )
