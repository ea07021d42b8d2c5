"""The application behind real sockets, in this process, and clients that misbehave."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from service.api.app import create_app
from service.api.serve import Server, listening
from service.wiring import Services

DEADLINE_S = 20
"""For whatever a test waits for; what it measures is what happens, not when."""


@dataclass(frozen=True, slots=True)
class Client:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, content: bytes) -> None:
        """As it is."""
        self.writer.write(content)
        await self.writer.drain()

    async def rest(self) -> bytes:
        """All that comes until the other side closes."""
        async with asyncio.timeout(DEADLINE_S):
            try:
                return await self.reader.read()
            except ConnectionResetError:
                return b""

    async def answer(self) -> tuple[int, bytes]:
        """Status and body of the next answer."""
        async with asyncio.timeout(DEADLINE_S):
            head = await self.reader.readuntil(b"\r\n\r\n")
            lengths = [line for line in head.lower().split(b"\r\n") if b"content-length" in line]
            body = await self.reader.readexactly(int(lengths[0].split(b":")[1]))
        return int(head.split()[1]), body


@dataclass(frozen=True, slots=True)
class Served:
    """A service that listens on `port`."""

    port: int
    server: Server
    app: Any

    @asynccontextmanager
    async def client(self, **options: int) -> AsyncIterator[Client]:
        """A connection, closed afterwards."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, **options)
        try:
            yield Client(reader, writer)
        finally:
            writer.transport.abort()

    async def all_gone(self) -> None:
        """Returns once no connection is open."""
        await until(lambda: not self.server.server_state.connections)


async def until(so: Callable[[], bool]) -> None:
    """Returns once it is so."""
    async with asyncio.timeout(DEADLINE_S):
        while not so():  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.01)


@asynccontextmanager
async def served(services: Services, **settings: Any) -> AsyncIterator[Served]:
    """The application around `services`, with some other settings."""
    changed = replace(services, settings=services.settings.model_copy(update=settings))
    app = create_app(changed)
    with listening("127.0.0.1", 0) as listener:
        server = Server(app, changed.settings)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield Served(listener.getsockname()[1], server, app)
        finally:
            server.force_exit = server.should_exit = True
            await serving


def post(path: str, body: bytes, *, length: int | None = None, kind: str = "json") -> bytes:
    """A request as bytes; `length` is announced instead of the body's own."""
    size = len(body) if length is None else length
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/{kind}\r\n"
    return f"{head}Content-Length: {size}\r\n\r\n".encode() + body
