"""Campaigns: load on real servers, one fault after another, and at the end everything is looked at.

The seed decides which faults come, when, and what is asked meanwhile; how the processes take turns
it does not decide.
"""

import asyncio
import random
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from service.ports import Store
from service.stores import open_store
from tests.faults.afterwards import faults_left
from tests.faults.injections import Injection, kill_the_server
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.proxy import Relay
from tests.redis_servers import Servers
from tests.stores.archive import DIM

ROOT: Final = Path(__file__).parents[2]
_SHARDS: Final = 6
_WARM_UP_S: Final = 0.3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a campaign came to; `wrong` is empty if nothing was lost and every answer was right or
    an honest error."""

    seed: int
    faults: int
    kills: int
    report: dict[str, Any]

    @property
    def wrong(self) -> list[str]:
        """What should not have been."""
        return list(self.report["wrong"])


async def break_servers(
    servers: Servers, injections: Sequence[Injection], *, seed: int, faults: int
) -> Outcome:
    """So many faults, drawn from `injections`, over an index of two replicas of a service."""
    chance = random.Random(seed)
    async with AsyncExitStack() as opened:
        stores = [await opened.enter_async_context(_store(servers.url, seed)) for _ in range(2)]
        load = Load(stores, chance)
        kills = 0
        async with load.running():
            await asyncio.sleep(_WARM_UP_S)
            for number in range(faults):
                injection = injections[number % len(injections)]
                load.fault = f"{number} {injection.__name__}"
                kills += await injection(servers, chance)
                await load.require_recovery()
        last = await opened.enter_async_context(_store(servers.url, seed))
        load.wrong += await faults_left(last, load.ledger)
    return Outcome(seed, faults, kills, load.report())


async def cut_connections(servers: Servers, *, seed: int, seconds: float) -> Outcome:
    """Connections to the first server break in the middle of commands and replies."""
    chance = random.Random(seed)
    async with AsyncExitStack() as opened:
        relay = await opened.enter_async_context(Relay(servers.nodes[0].port, chance).running())
        url = f"redis://127.0.0.1:{relay.port}"
        stores = [await opened.enter_async_context(_store(url, seed)) for _ in range(2)]
        load = Load(stores, chance)
        async with load.running():
            await asyncio.sleep(_WARM_UP_S)
            relay.cutting = True
            await asyncio.sleep(seconds)
            relay.cutting = False
            await load.require_recovery()
        last = await opened.enter_async_context(_store(servers.url, seed))
        load.wrong += await faults_left(last, load.ledger)
    return Outcome(seed, relay.cuts, 0, load.report())


async def kill_writers(servers: Servers, *, seed: int, kills: int) -> Outcome:
    """`kill -9` of a process that puts batches of articles, two at a time; sometimes the server is
    killed beside them."""
    chance = random.Random(seed)
    async with AsyncExitStack() as opened:
        store = await opened.enter_async_context(_store(servers.url, seed))
        load = Load([store], chance)
        killed = 0
        async with load.running(writers=1, readers=2):
            while killed < kills:
                await asyncio.gather(*(_run_and_kill(_url(servers.url, seed), writer, load)
                                       for writer in "ab"))  # fmt: skip
                killed += 2
                if len(servers.nodes) == 1 and chance.random() < 0.1:
                    killed += await kill_the_server(servers, chance)
            await load.require_recovery()
        last = await opened.enter_async_context(_store(servers.url, seed))
        load.wrong += await faults_left(last, load.ledger)
    return Outcome(seed, killed, killed, load.report())


async def _run_and_kill(url: str, writer: str, load: Load) -> None:
    """What the program said before it died goes into the ledger."""
    first = max((load.ledger.tried[f"p{writer}n{i}"] for i in range(40)), default=0) + 1
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.writer", url, writer, str(first),
        stdout=asyncio.subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert program.stdout is not None
    lines = [await program.stdout.readline() for _ in range(load.chance.randint(1, 20))]
    await asyncio.sleep(load.chance.random() * 0.05)
    program.kill()
    lines += (await program.stdout.read()).splitlines(keepends=True)
    await program.wait()
    for line in lines:
        if line.endswith(b"\n"):
            _note(line.decode().split(), load.ledger)


def _note(said: Sequence[str], ledger: Ledger) -> None:
    what, version, *ids = said
    for article_id in ids:
        ledger.tried[article_id] = int(version)
        if what == "has":
            ledger.acknowledge(article_id, int(version))


def _url(url: str, seed: int) -> str:
    return f"{url}?prefix=faults{seed}&shards={_SHARDS}"


@asynccontextmanager
async def _store(url: str, seed: int) -> AsyncIterator[Store]:
    store = await open_store(_url(url, seed), embedder="made up", dim=DIM)
    try:
        yield store
    finally:
        await store.close()
