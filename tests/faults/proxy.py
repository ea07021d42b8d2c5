"""A connection that breaks in the middle: a relay on loopback that passes on so many bytes and then
cuts every connection."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Relay:
    """Passes bytes between its callers and a server. While `cutting`, each connection is cut after
    a random number of bytes, mostly in the middle of a command or of its reply."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self._server_port = port
        self._chance = chance
        self.port = 0
        self.cutting = False
        self.cuts = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Relay"]:
        """Listens on `port`, a free one of loopback."""
        listener = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.port = listener.sockets[0].getsockname()[1]
        self._open: set[asyncio.Task[None]] = set()
        try:
            yield self
        finally:
            listener.close()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            writer.close()
            return
        left = [self._chance.randint(1, 20_000)]
        ways = (
            asyncio.create_task(self._pass_on(reader, to_server, left)),
            asyncio.create_task(self._pass_on(from_server, writer, left)),
        )
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            for end in (writer, to_server):
                end.transport.abort()
            self._open.discard(task)

    async def _pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, left: list[int]
    ) -> None:
        with suppress(OSError):
            while data := await source.read(65_536):
                if self.cutting:
                    data = data[: left[0]]
                    left[0] -= len(data)
                target.write(data)
                await target.drain()
                if left[0] <= 0:
                    self.cuts += 1
                    return
