"""The truth: one SQLite file, one writer, one reading connection per thread."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from service.domain.errors import IndexMismatch
from service.stores.embedded.errors import as_store_errors, corrupt
from service.stores.embedded.migrations import migrate

# FULL: a commit returns when the log is on the disk, so it survives a power cut as well.
# secure_delete: deleted text is overwritten, not just forgotten.
# temp_store: a question that sorts much is answered on a full disk too.
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA mmap_size = 1073741824",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA temp_store = MEMORY",
)
ARCHIVE: Final = "archive.sqlite"
_APPLICATION_ID: Final = 0x4F6E7263  # "Onrc"
_LEAST_BYTES: Final = 512  # SQLite takes a shorter file for an empty one and writes over it


class Catalogue:
    """Opens the file, hands out connections, keeps the facts about the index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / ARCHIVE
        self._threads = threading.local()
        self._open: list[sqlite3.Connection] = []
        with as_store_errors(folder):
            self._refuse_strangers()
            try:
                self._writer = self._connect()
                self._writer.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                migrate(self._writer)
            except BaseException:
                self.close()
                raise

    @property
    def reader(self) -> sqlite3.Connection:
        """This thread's own connection; it sees every commit."""
        found: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if found is None:
            found = self._threads.connection = self._connect()
        return found

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, for one caller at a time; when it returns, it is on the disk."""
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield self._writer
            self._writer.execute("COMMIT")
        except BaseException:
            if self._writer.in_transaction:  # a full disk may have undone it already
                self._writer.execute("ROLLBACK")
            raise

    def fact(self, name: str) -> Any:  # noqa: ANN401 - a text or a number
        """A fact about the index, None when it was never stated."""
        row = self._writer.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def settle(self, embedder: str, dim: int) -> None:
        """Writes down which embedder fills this index; raises IndexMismatch if another did."""
        made_by, made_dim = self.fact("embedder"), self.fact("dim")
        if made_by is None:
            with as_store_errors(self._folder), self.transaction() as connection:
                state(connection, embedder=embedder, dim=dim)
        elif (made_by, made_dim) != (embedder, dim):
            raise IndexMismatch(
                f"{self._folder} was indexed with the embedder {made_by} ({made_dim} dimensions), "
                f"not {embedder} ({dim}). Use that embedder again, or index the articles into a "
                "new folder: `onrecord export` writes them out."
            )

    def forget_pages(self) -> None:
        """Empties the log, which still holds pages as they were before a deletion."""
        self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Closes every connection; the log is folded into the file."""
        for connection in self._open:
            connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        self._open.append(connection)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return connection

    def _refuse_strangers(self) -> None:
        """Before anything is written: opening in WAL mode alone would change another's file."""
        size = self._path.stat().st_size if self._path.exists() else 0
        if not size and (self._folder / "words").exists():
            raise corrupt(self._folder, "it is missing or empty, though something was indexed")
        if 0 < size < _LEAST_BYTES:
            raise corrupt(self._folder, f"it is {size} bytes long")
        with contextlib.closing(sqlite3.connect(self._path)) as connection:
            (found,) = connection.execute("PRAGMA application_id").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and found != _APPLICATION_ID:
            raise corrupt(self._folder, "it is another program's SQLite file")


def state(connection: sqlite3.Connection, **facts: str | int) -> None:
    """Writes facts about the index, within the caller's transaction."""
    connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())
