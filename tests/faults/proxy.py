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
        self._callers: list[asyncio.StreamWriter] = []
        self._relays: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Relay"]:
        """Listens on `port`, a free one of loopback."""
        listener = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.port = listener.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            listener.close()
            for caller in self._callers:
                caller.transport.abort()
            await asyncio.gather(*self._relays)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._callers.append(writer)
        self._relays += filter(None, [asyncio.current_task()])
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
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, to_server):
            end.transport.abort()
        await asyncio.gather(*ways)

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
