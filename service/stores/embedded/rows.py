"""Arrays on disk that grow at the end and are read through a memory map."""

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from service.stores.embedded.checkpoint import Unusable

_LEAST_ROWS = 1024
_GROWTH = 1.5


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
        os.close(self._fd)

    def _map(self, capacity: int) -> None:
        os.ftruncate(self._fd, capacity * self._row_bytes)
        shape = (capacity, *self._shape)
        # A plain view: numpy.memmap costs a microsecond more on every slice.
        self._array = np.asarray(np.memmap(self._path, self._dtype, "r", shape=shape))
