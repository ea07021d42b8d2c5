"""Arrays by key that grow at the end: on disk, read through a memory map, and in memory."""

import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from service.stores.embedded.checkpoint import Unusable

_LEAST_ROWS = 1024
_GROWTH = 1.5
_CLOSED = -1


class MappedRows:
    """Rows of one width in a file; row i is at i times the row size.

    Raises Unusable when the file has less than the `held` rows that were once written to it.

    Reads go through a read-only map, writes through pwrite: writing to a map when the disk is full
    kills the process with SIGBUS, pwrite raises OSError. Linux keeps the two coherent. Arrays that
    were handed out stay valid when the file grows.
    """

    def __init__(self, path: Path, dtype: DTypeLike, width: int, *, held: int) -> None:
        self._path = path
        self._dtype = np.dtype(dtype)
        self._shape = (width,) if width > 1 else ()
        self._row_bytes = self._dtype.itemsize * width
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        rows = os.fstat(self._fd).st_size // self._row_bytes
        if rows < held:
            os.close(self._fd)
            raise Unusable(f"{path.name} has {rows} rows, not {held}")
        self._map(max(_LEAST_ROWS, rows))

    @property
    def array(self) -> NDArray[Any]:
        """Shape (capacity, width), or (capacity,) for width 1; what was never written is zero."""
        return self._array

    def write(self, first: int, rows: NDArray[Any]) -> None:
        """Puts `rows` at row `first` and after."""
        end = first + len(rows)
        if end > len(self._array):
            self._map(max(end, int(len(self._array) * _GROWTH)))
        data = memoryview(np.ascontiguousarray(rows, self._dtype).tobytes())
        offset = first * self._row_bytes
        while data:
            written = os.pwrite(self._fd, data, offset)
            data, offset = data[written:], offset + written

    def sync(self) -> None:
        """Returns once everything written is on the disk."""
        os.fsync(self._fd)

    def close(self) -> None:
        """Gives back the file; arrays handed out stay readable."""
        fd, self._fd = self._fd, _CLOSED
        if fd != _CLOSED:
            os.close(fd)

    def _map(self, capacity: int) -> None:
        os.ftruncate(self._fd, capacity * self._row_bytes)
        shape = (capacity, *self._shape)
        # A plain view: numpy.memmap costs a microsecond more on every slice.
        self._array = np.asarray(np.memmap(self._path, self._dtype, "r", shape=shape))


class Column:
    """One number a key, in memory; what was never written is zero. It is saved as a whole."""

    def __init__(self, dtype: DTypeLike, saved: Path | None = None) -> None:
        self._array = np.zeros(_LEAST_ROWS, dtype) if saved is None else _load(saved, dtype)

    @property
    def array(self) -> NDArray[Any]:
        """Shape (capacity,). One that was handed out keeps its values when the column grows."""
        return self._array

    def write(self, first: int, values: NDArray[Any]) -> None:
        """Puts `values` at key `first` and after."""
        end = first + len(values)
        if end > len(self._array):
            grown = np.zeros(max(end, int(len(self._array) * _GROWTH)), self._array.dtype)
            grown[: len(self._array)] = self._array
            self._array = grown
        self._array[first:end] = values

    def save(self, path: Path, end: int) -> None:
        """Writes what it has for the keys below `end`."""
        with path.open("wb") as file:
            np.save(file, self._array[:end], allow_pickle=False)


def checksums(parts: Iterable[NDArray[Any]]) -> NDArray[np.uint32]:
    """A CRC-32 of each array's bytes."""
    return np.array([zlib.crc32(np.ascontiguousarray(part).data) for part in parts], np.uint32)


def _load(path: Path, dtype: DTypeLike) -> NDArray[Any]:
    array: NDArray[Any] = np.load(path, allow_pickle=False).astype(dtype)
    return np.concatenate((array, np.zeros(_LEAST_ROWS, dtype)))
