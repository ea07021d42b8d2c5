"""Nobody but the owner reads a store, whatever the umask was when it was made."""

import contextlib
from pathlib import Path
from typing import Final

from service.stores.embedded.catalogue import ARCHIVE

_FILES: Final = ("lock", ARCHIVE, f"{ARCHIVE}-wal", f"{ARCHIVE}-shm")
_FOLDERS: Final = ("words", "vectors")


def keep_private(folder: Path) -> None:
    """Takes the store's own files and folders from group and others; SQLite gives its log the mode
    of its file. The folder itself is left as it is: it was new and private, or somebody chose its
    mode, and it may hold more than the store.
    """
    for name, mode in (*((name, 0o600) for name in _FILES), *((name, 0o700) for name in _FOLDERS)):
        path = folder / name
        # Another user's, as on a mounted volume: whoever made it so has seen to it.
        with contextlib.suppress(FileNotFoundError, PermissionError):
            if path.stat().st_mode & 0o077:
                path.chmod(mode)
