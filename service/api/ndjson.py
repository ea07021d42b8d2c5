"""One JSON object a line, in and out, as a stream that never holds the whole."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass

from service.domain.errors import TooLarge
from service.pipeline.concurrency import failed, stop

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something; `number` counts all lines, blank ones too, from 1."""

    number: int
    content: bytes
    too_long: bool = False

    def json(self, max_line_bytes: int) -> bytes:
        """The content. Raises TooLarge where it was too long to keep."""
        if self.too_long:
            limit = f"{max_line_bytes:,} bytes (ONRECORD_MAX_LINE_BYTES)"
            raise TooLarge(f"Line {self.number} is over {limit}.")
        return self.content


Lines = AsyncGenerator[Line, None]


class LineSplitter:
    """Cuts chunks into lines; keeps at most one line of `max_line_bytes`."""

    def __init__(self, max_line_bytes: int) -> None:
        self.max_line_bytes = max_line_bytes
        self._number = 1
        self._held = bytearray()
        self._too_long = False

    def feed(self, chunk: bytes) -> Iterator[Line]:
        """The lines that end in this chunk, without the blank ones."""
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            self._hold(end)
            yield from self.finish()
        self._hold(rest)

    def finish(self) -> Iterator[Line]:
        """The line held, which ends here, unless it is blank."""
        content = bytes(self._held).removeprefix(_BYTE_ORDER_MARK).strip()
        if content or self._too_long:
            yield Line(self._number, content, self._too_long)
        self._number += 1
        self._held.clear()
        self._too_long = False

    def _hold(self, piece: bytes) -> None:
        if self._too_long or len(self._held) + len(piece) > self.max_line_bytes:
            self._held.clear()
            self._too_long = True
        else:
            self._held += piece


async def split_lines(chunks: AsyncIterable[bytes], *, max_line_bytes: int) -> Lines:
    """The lines of a body as it streams in; one that is too long comes without its content."""
    splitter = LineSplitter(max_line_bytes)
    async for chunk in chunks:
        for line in splitter.feed(chunk):
            yield line
    for line in splitter.finish():
        yield line


async def read_ahead(lines: Lines, *, max_bytes: int) -> Lines:
    """The same lines, taken in while the consumer is busy, up to `max_bytes` of them.

    Most clients read no answer before they have sent everything. Without this, one whose answers
    fill the socket would wait for us while we wait for it. An error in `lines` is raised at once.
    """
    waiting: asyncio.Queue[Line | None] = asyncio.Queue()
    room = _Room(max_bytes)

    async def take() -> None:
        async with aclosing(lines):
            async for line in lines:
                await room.take(len(line.content))
                waiting.put_nowait(line)

    taking = asyncio.create_task(take())
    taking.add_done_callback(lambda _: waiting.put_nowait(None))
    try:
        while (line := await waiting.get()) and not failed(taking):
            room.give_back(len(line.content))
            yield line
        await taking
    finally:
        await stop(taking)


class _Room:
    """Counts bytes in and out. One line always fits, however long."""

    def __init__(self, max_bytes: int) -> None:
        self._max = max_bytes
        self._used = 0
        self._freed = asyncio.Event()

    async def take(self, size: int) -> None:
        while self._used and self._used + size > self._max:
            self._freed.clear()
            await self._freed.wait()
        self._used += size

    def give_back(self, size: int) -> None:
        self._used -= size
        self._freed.set()
