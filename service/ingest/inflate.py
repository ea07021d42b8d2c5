"""gzip undone within a limit, so that a small answer cannot fill the memory."""

import zlib

_EITHER_HEADER = zlib.MAX_WBITS | 32
GZIP_MAGIC = b"\x1f\x8b"


class Inflater:
    """Undoes gzip or zlib compression piece by piece.

    `max_bytes` bounds what comes out; one byte more is given out at most, by which the caller
    sees that it is too much.
    """

    def __init__(self, max_bytes: int) -> None:
        self._left = max_bytes + 1
        self._stream = zlib.decompressobj(_EITHER_HEADER)

    def add(self, data: bytes) -> bytes:
        """The bytes that `data` unpacks to. Raises zlib.error for what is not compressed so."""
        pieces: list[bytes] = []
        while data and self._left > 0:
            if self._stream.eof:
                if not data.startswith(GZIP_MAGIC):
                    break  # padding, which gzip itself ignores too
                self._stream = zlib.decompressobj(_EITHER_HEADER)
            piece = self._stream.decompress(data, self._left)
            data = self._stream.unused_data or self._stream.unconsumed_tail
            self._left -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    @property
    def finished(self) -> bool:
        """Whether the stream came to its end."""
        return self._stream.eof
