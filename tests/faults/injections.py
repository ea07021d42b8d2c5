"""Faults of servers, each of which ends with whole servers again."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from redis.exceptions import RedisError

from tests.redis_servers import NODE_TIMEOUT_MS, PRIMARIES, Node, Servers, until

Injection = Callable[[Servers, random.Random], Awaitable[int]]
"""Does one fault while the load is on; how many processes it killed."""


async def kill_the_server(servers: Servers, chance: random.Random) -> int:
    """`kill -9` of the only server, which starts again after a moment."""
    await asyncio.sleep(chance.random() * 0.5)
    servers.nodes[0].kill()
    await asyncio.sleep(chance.random() * 0.3)
    await asyncio.to_thread(servers.heal)
    return 1


async def kill_a_primary(servers: Servers, chance: random.Random) -> int:
    """`kill -9` of a primary of the cluster; its replica takes over, and it comes back as one."""
    await asyncio.sleep(chance.random() * 0.3)
    chance.choice(await asyncio.to_thread(servers.primaries)).kill()
    await asyncio.to_thread(until, partial(_all_primaries, servers), "a replica takes over")
    await asyncio.to_thread(servers.heal)
    return 1


async def kill_a_primary_for_a_moment(servers: Servers, chance: random.Random) -> int:
    """It is back, mostly before its replica has taken over."""
    await asyncio.sleep(chance.random() * 0.3)
    chance.choice(await asyncio.to_thread(servers.primaries)).kill()
    await asyncio.sleep(chance.random() * 2 * NODE_TIMEOUT_MS / 1000)
    await asyncio.to_thread(servers.heal)
    return 1


async def kill_a_replica(servers: Servers, chance: random.Random) -> int:
    """A change that its copy was waited for is not known to be stored."""
    await asyncio.sleep(chance.random() * 0.3)
    chance.choice(await asyncio.to_thread(servers.replicas)).kill()
    await asyncio.sleep(chance.random())
    await asyncio.to_thread(servers.heal)
    return 1


async def hand_over(servers: Servers, chance: random.Random) -> int:
    """`CLUSTER FAILOVER`, as an operator does before maintenance: no one is killed."""
    await asyncio.sleep(chance.random() * 0.3)
    replica = chance.choice(await asyncio.to_thread(servers.replicas))
    await asyncio.to_thread(_cluster_failover, replica, chance.choice(("", "FORCE")))
    await asyncio.to_thread(until, partial(_is_primary, replica), "the replica takes over")
    await asyncio.to_thread(servers.heal)
    return 0


async def pause_a_replica(servers: Servers, chance: random.Random) -> int:
    """It hangs, and its connections stay open."""
    replica = chance.choice(await asyncio.to_thread(servers.replicas))
    replica.pause()
    await asyncio.sleep(0.5 + chance.random())
    await asyncio.to_thread(servers.heal)
    return 0


async def pause_a_primary(servers: Servers, chance: random.Random) -> int:
    """It hangs for so long that its replica takes over, and when it wakes it still believes to be
    the primary; or for less."""
    primary = chance.choice(await asyncio.to_thread(servers.primaries))
    primary.pause()
    await asyncio.sleep((0.3 + 2 * chance.random()) * NODE_TIMEOUT_MS / 1000)
    await asyncio.to_thread(servers.heal)
    return 0


async def sleep_in_a_server(servers: Servers, chance: random.Random) -> int:
    """`DEBUG SLEEP`: as a slow command of somebody else's."""
    node = chance.choice(servers.nodes)
    await asyncio.to_thread(_tell, node, "DEBUG", "SLEEP", round(0.2 + chance.random(), 2))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(servers.heal)
    return 0


async def fill_the_memory(servers: Servers, chance: random.Random) -> int:
    """`maxmemory` at what is used already, and no key may be evicted."""
    primaries = await asyncio.to_thread(servers.primaries)
    for node in primaries:
        await asyncio.to_thread(_limit_memory, node, chance.randint(0, 50_000))
    await asyncio.sleep(0.5 + chance.random())
    for node in primaries:
        await asyncio.to_thread(_tell, node, "CONFIG", "SET", "maxmemory", 0)
    return 0


ON_ONE_SERVER: Final = (kill_the_server, sleep_in_a_server, fill_the_memory)
ON_A_PRIMARY_AND_ITS_REPLICA: Final = (
    kill_a_primary_for_a_moment,
    kill_a_replica,
    pause_a_replica,
    sleep_in_a_server,
    fill_the_memory,
)
ON_A_CLUSTER: Final = (
    kill_a_primary,
    kill_a_primary_for_a_moment,
    kill_a_replica,
    hand_over,
    pause_a_primary,
    pause_a_replica,
    sleep_in_a_server,
    fill_the_memory,
)


def _all_primaries(servers: Servers) -> bool:
    return len(servers.primaries()) == PRIMARIES


def _is_primary(node: Node) -> bool:
    with node.client() as client:
        return bool(client.info("replication")["role"] == "master")


def _cluster_failover(replica: Node, how: str) -> None:
    _tell(replica, "CLUSTER FAILOVER", *([how] if how else []))


def _limit_memory(node: Node, more: int) -> None:
    with node.client() as client:
        client.config_set("maxmemory", int(client.info("memory")["used_memory"]) + more)


def _tell(node: Node, *command: str | float) -> None:
    with node.client() as client:
        try:
            client.execute_command(*command)  # type: ignore[no-untyped-call]
        except RedisError as error:
            raise AssertionError(f"{command}: {error}") from error
