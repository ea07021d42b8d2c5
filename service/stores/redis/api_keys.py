"""API keys in Redis, for all replicas of a service."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from service.domain.access import Key
from service.domain.errors import StoreFailed
from service.stores.key_records import dump_keys, load_keys, require_new_name, revoked
from service.stores.redis.address import Address
from service.stores.redis.durability import Durability
from service.stores.redis.errors import corrupt
from service.stores.redis.keys import Keys
from service.stores.redis.nodes import Nodes

_FRESH_S: Final = 0.5
"""For how long what was read is taken for true: a revoked key ends within a second."""
_TRIES: Final = 50
_REPLACE: Final = """#!lua flags=allow-oom
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1"""
"""A key can be revoked where no memory is left, too."""


class RedisKeys:
    """Satisfies `service.ports.Keys`. All keys are one value, replaced in one step where nobody
    else has changed it: there are a few, and each request needs them at once."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._name = f"{nodes.keys[0].prefix}:all"
        self._reading: asyncio.Task[None] | None = None
        self._read_at = float("-inf")
        self._keys: tuple[Key, ...] = ()

    async def all(self) -> Sequence[Key]:
        """Every key ever made. Raises StoreFailed where Redis does not answer."""
        if time.monotonic() - self._read_at > _FRESH_S:
            # Once for all who wait: one after the other each would find out that Redis is away.
            if self._reading is None or self._reading.done():
                self._reading = asyncio.create_task(self._read())
                self._reading.add_done_callback(_told)
            await asyncio.shield(self._reading)
        return self._keys

    async def add(self, key: Key) -> None:
        """Keeps a new key. Raises InvalidInput, StoreFailed."""

        def added(keys: tuple[Key, ...]) -> list[Key]:
            require_new_name(key, keys)
            return [*keys, key]

        await self._change(added)

    async def revoke(self, name_or_id: str, at: datetime) -> Key:
        """Makes a key invalid for good. Raises InvalidInput, StoreFailed."""
        gone: list[Key] = []

        def without(keys: tuple[Key, ...]) -> list[Key]:
            gone.append(revoked(name_or_id, keys, at))
            return [gone[-1] if key.id == gone[-1].id else key for key in keys]

        await self._change(without)
        return gone[-1]

    async def close(self) -> None:
        """Ends a reading that is under way."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        asked_at = time.monotonic()
        self._keys = self._parsed(await self._content())
        self._read_at = asked_at

    async def _change(self, change: Callable[[tuple[Key, ...]], list[Key]]) -> None:
        """Once it is as durable as any change of the store is."""
        for _ in range(_TRIES):
            before = await self._content()
            after = dump_keys(change(self._parsed(before))).encode()
            command = ("EVAL", _REPLACE, 1, self._name, before, after)
            replies = (await self._nodes.change({0: [command]}))[0]
            error = replies if isinstance(replies, Exception) else replies[0]
            if isinstance(error, Exception):
                raise self._nodes.failed(0, error) from error
            if error:
                self._read_at = float("-inf")
                return
        raise StoreFailed("The keys are being changed by many at the same time; try again.")

    async def _content(self) -> bytes:
        (content,) = (await self._nodes.ask({0: [("GET", self._name)]}))[0]
        return content or b""

    def _parsed(self, content: bytes) -> tuple[Key, ...]:
        try:
            return load_keys(content) if content else ()
        except (ValueError, KeyError, TypeError) as error:
            raise corrupt(self._nodes.address, f"the API keys: {error}") from error


def _told(reading: asyncio.Task[None]) -> None:
    """Its error is known to who waited; where all have left asyncio would log it as lost."""
    if not reading.cancelled():
        reading.exception()


@asynccontextmanager
async def open_keys(address: Address, *, durability: Durability) -> AsyncIterator[RedisKeys]:
    """The keys beside the index at `address`, whether there is one yet or not. Raises StoreFailed
    for a Redis that cannot be used."""
    # One hash tag: what a change waits for has to be on the same node.
    nodes = Nodes(address, [Keys(f"{address.prefix}:{{keys}}")], durability)
    try:
        await nodes.open()
        keys = RedisKeys(nodes)
        try:
            yield keys
        finally:
            await keys.close()
    finally:
        await nodes.close()
