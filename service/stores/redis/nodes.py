"""Asking shards: one pipeline for each server that has some of them.

A plain server, a primary with replicas and a cluster are asked alike; they differ in where a shard
is found.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from redis.asyncio import BlockingConnectionPool
from redis.asyncio.connection import AbstractConnection, Connection, SSLConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.crc import key_slot

from service.domain.errors import InvalidSettings, StoreFailed
from service.stores.redis.address import Address
from service.stores.redis.clients import close
from service.stores.redis.durability import Durability
from service.stores.redis.errors import (
    REFUSALS,
    ReadOnlyError,
    RedisError,
    Silence,
    as_store_error,
    forgetful,
    is_silence,
    no_append_only_file,
    passes,
)
from service.stores.redis.keys import Command, Keys

Asked = Mapping[int, Sequence[Command]]
"""Commands by shard."""
Home = tuple[str, int]
"""Host and port of a primary."""
_Exchange = Callable[[Home, list[Command]], Coroutine[Any, Any, list[Any]]]

_LEAST_VERSION: Final = 8
_LANES: Final = 4
_CONNECTIONS: Final = 64
"""To each server; who comes later waits."""
_CONNECT_S: Final = 3.0
_ANSWER_S: Final = 10.0
WAITS_S: Final = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Before each further try while nodes change their parts. A cluster replaces a primary after its
`cluster-node-timeout`, which operators who want that quickly set to a few seconds."""


class Nodes:
    """Connections to the primaries that have the shards; `open` comes first, `close` last."""

    def __init__(self, address: Address, keys: Sequence[Keys], durability: Durability) -> None:
        self.address = address
        self.keys = keys
        self._durability = durability
        self._pools: dict[Home, BlockingConnectionPool] = {}
        self._homes: list[Home] = [(address.host, address.port)] * len(keys)
        self._known: list[Home] = []
        self._locating = asyncio.Lock()
        self._located = 0

    async def open(self) -> None:
        """Finds the shards; tries again while a node of a cluster gives its part to another. Raises
        StoreFailed for a server that is too old or too forgetful, and what cannot be reached."""
        for wait in (*WAITS_S, None):
            try:
                await self._locate()
                await self._inspect()
            except RedisError as error:
                if wait is None or not (self.address.cluster and passes(error)):
                    raise as_store_error(error, self.address, shard="") from error
                await asyncio.sleep(wait)
            else:
                return

    async def inspect(self) -> None:
        """Raises StoreFailed for a server that `open` would refuse by now: its settings can be
        changed while it runs, and a replica that took over may have others."""
        try:
            await self._inspect()
        except RedisError as error:
            raise as_store_error(error, self.address) from error

    async def ask(self, asked: Asked, *, abreast: bool = False) -> dict[int, list[Any]]:
        """The replies of each shard, for commands that change nothing or may be repeated.

        With `abreast` a server is asked over several connections: it answers VSIM on threads, but
        one after the other on each. Tries again while nodes change their parts. Raises StoreFailed
        that names the shard.
        """
        lanes = _LANES if abreast else 1
        replies: dict[int, list[Any]] = {}
        for wait in (*WAITS_S, None):
            left = {shard: commands for shard, commands in asked.items() if shard not in replies}
            found = await self._scatter(left, self._exchange, lanes)
            failed = {shard: error for shard, got in found.items() if (error := _error(got))}
            replies |= {shard: got for shard, got in found.items() if shard not in failed}
            if not failed:
                return replies
            again = await asyncio.gather(
                *(self.worth_trying_again(*failure, wait) for failure in failed.items())
            )
            for (shard, error), worth_it in zip(failed.items(), again, strict=True):
                if not worth_it:
                    raise as_store_error(error, self.address, shard=self._named(shard)) from error
        raise AssertionError("after the last wait nothing is tried")

    async def change(self, asked: Asked) -> dict[int, Sequence[Any] | Exception]:
        """The replies of each shard, errors among them, once they are as durable as is set; for a
        shard whose answer did not come what went wrong. Tries nothing again."""
        return await self._scatter(asked, self._exchange_for_good, lanes=1)

    async def worth_trying_again(
        self, shard: int, error: BaseException, wait_s: float | None
    ) -> bool:
        """Waits, and looks where the shards are now; never after the last wait, which is None. A
        server that was silent for too long is not asked again, but another one is that has its part
        now."""
        if wait_s is None:
            return False
        before = self._homes[shard]
        if passes(error) or is_silence(error):
            await self._find_again(wait_s)
        return passes(error) or self._homes[shard] != before

    async def _find_again(self, wait_s: float) -> None:
        before = self._located
        await asyncio.sleep(wait_s)
        async with self._locating:
            if self._located == before:  # nobody else has looked meanwhile
                with contextlib.suppress(RedisError):  # then it is asked where it was
                    await self._locate()

    def failed(self, shard: int, error: BaseException) -> Exception:
        """The error to raise where a change of a shard failed."""
        return as_store_error(error, self.address, shard=self._named(shard), changing=True)

    async def close(self) -> None:
        """Closes every connection."""
        for pool in self._pools.values():
            await close(pool)

    async def _scatter(self, asked: Asked, exchange: _Exchange, lanes: int) -> dict[int, Any]:
        """The replies of each shard, or what went wrong, with so many exchanges a home."""
        by_home: defaultdict[tuple[Home, int], list[int]] = defaultdict(list)
        for i, shard in enumerate(asked):
            by_home[self._homes[shard], i % lanes].append(shard)
        answers = await asyncio.gather(
            *(
                exchange(home, [command for shard in shards for command in asked[shard]])
                for (home, _), shards in by_home.items()
            ),
            return_exceptions=True,
        )
        found: dict[int, Any] = {}
        for shards, answer in zip(by_home.values(), answers, strict=True):
            if isinstance(answer, BaseException) and not isinstance(answer, RedisError):
                raise answer
            start = 0
            for shard in shards:
                end = start + len(asked[shard])
                found[shard] = answer if isinstance(answer, RedisError) else answer[start:end]
                start = end
        return found

    async def _exchange(self, home: Home, commands: list[Command]) -> list[Any]:
        async with self._connection(home) as connection:
            return await _call(connection, commands)

    async def _exchange_for_good(self, home: Home, commands: list[Command]) -> list[Any]:
        """On one connection, as that is what Redis waits for."""
        if self._durability is Durability.MEMORY:
            return await self._exchange(home, commands)
        async with self._connection(home) as connection:
            questions = self._durability.questions(cluster=self.address.cluster)
            replicas = self._durability.replicas(await _call(connection, questions))
            if home not in self._homes:  # others have found the shards elsewhere meanwhile
                raise ReadOnlyError("it is no primary now")
            last = self._durability.commands(self.keys[self._homes.index(home)], replicas)
            replies = await _call(connection, [*commands, *last])
            self._durability.verify(replies[len(commands) :], replicas, self.address)
            return replies[: len(commands)]

    @asynccontextmanager
    async def _connection(self, home: Home) -> AsyncIterator[AbstractConnection]:
        """One that is given back whole: a reply that was not read would be taken for the next."""
        pool = self._pools.get(home) or self._pools.setdefault(home, self._pool(home))
        connection = await pool.get_connection()  # type: ignore[no-untyped-call]
        try:
            yield connection
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        finally:
            await pool.release(connection)

    async def _locate(self) -> None:
        self._located += 1
        if not self.address.cluster:
            return
        failure: Exception = Silence()
        seed = (self.address.host, self.address.port)
        for home in dict.fromkeys((*self._homes, *self._known, seed)):
            try:
                async with asyncio.timeout(_CONNECT_S):
                    (slots,) = await self._exchange(home, [("CLUSTER", "SLOTS")])
            except (RedisError, TimeoutError) as error:
                failure = error
                continue
            if not isinstance(slots, Exception):
                self._settle(list(_places(slots, home)))
                return
            failure = slots
        raise failure if isinstance(failure, RedisError) else Silence()

    def _settle(self, places: list[tuple[range, list[Home]]]) -> None:
        """A shard whose slot nobody has stays where it was: asking there says why."""
        self._known = [home for _, homes in places for home in homes]
        for shard, keys in enumerate(self.keys):
            slot = key_slot(keys.version.encode())
            for slots, homes in places:
                if slot in slots:
                    self._homes[shard] = homes[0]

    async def _inspect(self) -> None:
        await asyncio.gather(*map(self._inspect_one, set(self._homes)))

    async def _inspect_one(self, home: Home) -> None:
        (told,) = await self._exchange(home, [("INFO",)])
        if isinstance(told, Exception):
            raise told
        info = dict(
            line.split(":", 1)
            for line in told.decode(errors="replace").split("\r\n")
            if ":" in line
        )
        version = info.get("redis_version", "0")
        if int(version.partition(".")[0]) < _LEAST_VERSION:
            raise StoreFailed(
                f"Redis at {self.address} is version {version}; the store needs 8.0 or newer."
            )
        if info.get("redis_mode") == "cluster" and not self.address.cluster:
            raise InvalidSettings(
                f"{self.address} is a node of a cluster: write redis+cluster:// in ONRECORD_STORE."
            )
        if self._durability is not Durability.MEMORY and info.get("aof_enabled") != "1":
            raise no_append_only_file(self.address)
        if (policy := info.get("maxmemory_policy", "")).startswith("allkeys"):
            raise forgetful(self.address, policy)

    def _pool(self, home: Home) -> BlockingConnectionPool:
        return BlockingConnectionPool(
            max_connections=_CONNECTIONS,
            timeout=_ANSWER_S,
            connection_class=SSLConnection if self.address.tls else Connection,
            host=home[0],
            port=home[1],
            socket_timeout=_ANSWER_S,
            socket_connect_timeout=_CONNECT_S,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
            db=self.address.database,
            **self.address.sign_in,
        )

    def _named(self, shard: int) -> str:
        return f"{shard} of {len(self.keys)}"


def _places(slots: Sequence[Any], asked: Home) -> Iterator[tuple[range, list[Home]]]:
    """What CLUSTER SLOTS says: who has which slots, the primary first. A node that knows no name
    for itself is the one that was asked."""
    for first, last, *nodes in slots:
        homes = [((host or b"").decode() or asked[0], int(port)) for host, port, *_ in nodes]
        yield range(first, last + 1), homes


async def _call(connection: AbstractConnection, commands: Sequence[Command]) -> list[Any]:
    """A reply for each command, errors of the server among them."""
    await connection.send_packed_command(connection.pack_commands(commands))
    return [await _reply(connection) for _ in commands]


async def _reply(connection: AbstractConnection) -> Any:  # noqa: ANN401 - whatever Redis says
    try:
        return await connection.read_response()
    except REFUSALS as error:
        return error


def _error(found: Any) -> Exception | None:  # noqa: ANN401 - replies, or what went wrong
    if isinstance(found, Exception):
        return found
    return next((reply for reply in found if isinstance(reply, Exception)), None)
