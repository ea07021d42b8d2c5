"""One writer per folder: a lock that the kernel drops when its process dies."""

import contextlib
import fcntl
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

from service.domain.errors import StoreLocked


class FolderLock:
    """Held from construction to `release`. Raises StoreLocked naming whoever holds it.

    It is flock(2) on an open file, not the file's existence: after kill -9 nothing is left over.
    """

    def __init__(self, folder: Path) -> None:
        self._fd = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = _read_holder(self._fd)
            os.close(self._fd)
            raise StoreLocked(
                f"{folder} is open in another process ({holder}). Stop it, use another folder, "
                "or ask the running service with --server URL."
            ) from error
        try:
            self._write_holder()
        except OSError:  # such as a full disk
            os.close(self._fd)
            raise

    def release(self) -> None:
        """Lets the next process in."""
        os.ftruncate(self._fd, 0)
        os.close(self._fd)

    def _write_holder(self) -> None:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, json.dumps(holder).encode(), 0)


def _read_holder(fd: int) -> str:
    with contextlib.suppress(ValueError, KeyError, TypeError):
        holder = json.loads(os.pread(fd, 4096, 0))
        return f"pid {holder['pid']} on {holder['host']} since {holder['since']}"
    return "it has not said which"
