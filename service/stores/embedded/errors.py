"""What the disk, SQLite and the engines say, in the product's words."""

import contextlib
import errno
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from service.domain.errors import OnrecordError, StoreCorrupt, StoreFailed, StoreFull
from service.stores.embedded.checkpoint import Unusable

_CORRUPT: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
_LEAST_BYTES: Final = 64 * 1024
"""On a disk with less than that left, whatever fails has failed for lack of space: engines say it
in their own ways, or say something else."""
_PANIC: Final = "PanicException"
"""What a panic in tantivy becomes; its class cannot be imported."""


@contextlib.contextmanager
def as_store_errors(folder: Path) -> Iterator[None]:
    """Turns sqlite3.Error and OSError into StoreCorrupt or StoreFailed that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(folder, error) from error
    except OSError as error:
        raise _from_os(folder, error) from error


@contextlib.contextmanager
def as_unusable(folder: Path) -> Iterator[None]:
    """Around what a derived index does: turns whatever its engine raises into Unusable, or into
    StoreFailed where the disk is full, since there the index is none the worse."""
    try:
        yield
    except (Unusable, OnrecordError):
        raise
    except sqlite3.Error as error:  # what it is made from
        raise _from_sqlite(folder, error) from error
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        if is_full(folder, error):
            raise _full(folder) from error
        raise Unusable(f"{type(error).__name__}: {error}") from error


def is_full(folder: Path, error: BaseException) -> bool:
    """Whether the disk of the folder is why this was raised."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    if "No space left" in str(error):
        return True
    return folder.is_dir() and shutil.disk_usage(folder).free < _LEAST_BYTES


def _from_sqlite(folder: Path, error: sqlite3.Error) -> StoreFailed:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _CORRUPT:
        return corrupt(folder, str(error))
    if code == sqlite3.SQLITE_FULL or is_full(folder, error):
        return _full(folder)
    return StoreFailed(
        f"{folder} cannot be used: {error}. Check that the folder is on a disk that works and "
        "that this user may write to it."
    )


def _from_os(folder: Path, error: OSError) -> StoreFailed:
    if is_full(folder, error):
        return _full(folder)
    return StoreFailed(
        f"{folder} cannot be used: {error.strerror or error}. Check that it is a folder and that "
        "this user may write to it."
    )


def _full(folder: Path) -> StoreFull:
    return StoreFull(
        f"No space is left on the disk of {folder}. Free some and try again; what was "
        "acknowledged before is kept."
    )


def failed_again(what: Path, why: Exception) -> StoreFailed:
    """For an index that was made anew and is no better."""
    return StoreFailed(
        f"{what} was made anew and still cannot be used ({why}). See to the disk and the memory, "
        "and restart."
    )


def corrupt(folder: Path, why: str) -> StoreCorrupt:
    """Nothing is deleted: the operator may still save something."""
    return StoreCorrupt(
        f"{folder / 'archive.sqlite'} does not hold what it should ({why}). Nothing was changed. "
        "Put back a backup of the folder, or move it away and index the articles again."
    )
