"""API keys in a JSON file: beside the embedded store, or wherever an operator mounts one."""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from service.domain.access import Key
from service.domain.errors import StoreFailed
from service.stores.key_records import dump_keys, load_keys, require_new_name, revoked

NAME: Final = "keys.json"
"""Of the file in the folder of an embedded store."""

_Seen = tuple[int, int, int] | None


class KeyFile:
    """Satisfies `service.ports.Keys`. The file is replaced as a whole, with a lock on its folder,
    so that `onrecord keys` may change it while a service reads it. It is read again when it
    changes.

    `must_exist` is for a file that somebody named: where it is gone nobody is let in, while a store
    without its file has no keys yet.
    """

    def __init__(self, path: Path, *, must_exist: bool = False) -> None:
        self._path = path
        self._must_exist = must_exist
        self._seen: _Seen = None
        self._keys: tuple[Key, ...] = ()

    async def all(self) -> Sequence[Key]:
        """Every key ever made. Raises StoreFailed where the file cannot be read."""
        return self._read()

    async def add(self, key: Key) -> None:
        """Keeps a new key, in a new file where there is none. Raises InvalidInput, StoreFailed."""
        with self._changing() as keys:
            require_new_name(key, keys)
            self._write([*keys, key])

    async def revoke(self, name_or_id: str, at: datetime) -> Key:
        """Makes a key invalid for good. Raises InvalidInput, StoreFailed."""
        with self._changing() as keys:
            gone = revoked(name_or_id, keys, at)
            self._write([gone if key.id == gone.id else key for key in keys])
        return gone

    def _read(self) -> tuple[Key, ...]:
        try:
            seen = self._state()
            if seen != self._seen:
                self._keys = load_keys(self._path.read_bytes()) if seen else ()
                self._seen = seen
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreFailed(
                f"{self._path} cannot be read as keys ({error}), so nobody is let in. Put back the "
                "file that `onrecord keys` made."
            ) from error
        return self._keys

    def _state(self) -> _Seen:
        """What differs once the file has been replaced."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            if self._must_exist or self._path.is_symlink():  # to what is not mounted yet
                raise
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    @contextmanager
    def _changing(self) -> Iterator[tuple[Key, ...]]:
        """The keys, while no other process changes them."""
        folder = self._path.parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(folder, os.O_RDONLY)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self._read() if self._path.exists() else ()
        finally:
            os.close(lock)

    def _write(self, keys: Sequence[Key]) -> None:
        try:
            file, name = tempfile.mkstemp(prefix=f".{self._path.name}-", dir=self._path.parent)
            try:
                with os.fdopen(file, "w", encoding="utf-8") as written:
                    written.write(dump_keys(keys))
                    written.flush()
                    os.fsync(written.fileno())
                if os.geteuid() == 0:  # `sudo onrecord keys` must not lock the service out
                    folder = self._path.parent.stat()
                    os.chown(name, folder.st_uid, folder.st_gid)
                Path(name).replace(self._path)  # made by mkstemp, so for its owner alone
            except BaseException:
                Path(name).unlink()
                raise
            _sync(self._path.parent)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> StoreFailed:
        return StoreFailed(
            f"{self._path} cannot be written: {error.strerror or error}. Nothing was changed. "
            "Where it is mounted from a secret, change it where the secret is made."
        )


def _sync(folder: Path) -> None:
    """So that a key that was revoked is not back after a power failure."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
