"""Keeps six Redis servers one cluster of three primaries and three replicas.

keeper.py HOST... [--port 6379] [--every 5]     REDIS_PASSWORD has the password

Redis itself replaces a primary that is lost. What it cannot do, this does, looking every few
seconds:

- make the cluster, once all servers are there and empty;
- introduce a server that came back under another address, even if all of them did;
- make a server that lost its disk the replica of a primary that has none;
- keep one primary to a machine, so that the loss of a machine leaves a majority that can vote.

It keeps nothing and may be stopped at any time. Nothing that it does loses data: a primary gives
way only to a replica that has all it has.
"""
# ruff: noqa: INP001 - a script: in no package

import argparse
import logging
import os
import socket
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from redis import Redis
from redis.exceptions import RedisError

PRIMARIES = 3
SLOTS = 16384
TIMEOUT_S = 3.0

Command = tuple[str | int, ...]

_log = logging.getLogger("keeper")


@dataclass(frozen=True, slots=True)
class Server:
    """What one server says of itself and of the others.

    `knows` has the address of every node that it knows, by id, and `gone` the ids of those that
    have failed and serve nothing; `slots` is how many it serves, and `assigned` how many somebody
    serves, for all it knows; `primary` is the id of the one that it copies, and `in_step` says that
    the copy is complete.
    """

    id: str
    address: str
    machine: str
    slots: int
    assigned: int
    keys: int
    knows: Mapping[str, str]
    gone: frozenset[str]
    primary: str | None
    in_step: bool


def look(client: Redis, address: str) -> Server:
    """Asks one server. Raises RedisError."""
    lines = [line.split() for line in _cluster(client, "NODES").splitlines()]
    own = next(line for line in lines if "myself" in line[2])
    state = dict(line.split(":", 1) for line in _cluster(client, "INFO").split())
    return Server(
        id=own[0],
        address=address,
        machine=str(client.config_get("cluster-announce-human-nodename").popitem()[1]),
        slots=sum(_length(part) for part in own[8:] if "[" not in part),
        assigned=int(state["cluster_slots_assigned"]),
        keys=int(client.dbsize()),
        knows={line[0]: line[1].split("@")[0] for line in lines if "handshake" not in line[2]},
        gone=frozenset(line[0] for line in lines if _is_gone(line[2], line[8:])),
        primary=None if own[3] == "-" else own[3],
        in_step=client.info("replication").get("master_link_status") == "up",
    )


def plan(servers: Sequence[Server], expected: int) -> Iterator[tuple[str, Command]]:
    """What to tell whom, by address, so that `expected` servers become what they should be.

    `servers` are those that answered; one that was found under two names, as a name that has not
    been brought up to date yet leads to it, counts once. One kind of step at a time: the next look
    sees what came of it.
    """
    servers = list({server.id: server for server in servers}.values())
    steps = list(_meetings(servers))
    complete = len(servers) == expected
    if not steps and complete:
        steps = list(_forgetting(servers)) or list(_first_slots(servers))
    steps = steps or list(_attachments(servers))
    if not steps and complete:
        steps = list(_balance(servers))
    yield from steps


def _meetings(servers: Sequence[Server]) -> Iterator[tuple[str, Command]]:
    """Everyone meets everyone at the address that counts now."""
    for server in servers:
        for other in servers:
            if server.id != other.id and server.knows.get(other.id) != other.address:
                host, _, port = other.address.rpartition(":")
                yield server.address, ("MEET", host, port)


def _forgetting(servers: Sequence[Server]) -> Iterator[tuple[str, Command]]:
    """Who has failed and is none of those that are all there lost its disk, and is no more."""
    present = {server.id for server in servers}
    for server in servers:
        yield from ((server.address, ("FORGET", id_)) for id_ in sorted(server.gone - present))


def _first_slots(servers: Sequence[Server]) -> Iterator[tuple[str, Command]]:
    """The cluster is made only where there has been none: nobody has or knows of anything."""
    if any(server.assigned or server.keys for server in servers):
        return
    for i, server in enumerate(_over_machines(servers)[:PRIMARIES]):
        first, after = SLOTS * i // PRIMARIES, SLOTS * (i + 1) // PRIMARIES
        yield server.address, ("ADDSLOTSRANGE", first, after - 1)


def _over_machines(servers: Sequence[Server]) -> list[Server]:
    """One of each machine first, then a second of each, and so on."""
    seen: Counter[str] = Counter()
    ranked = []
    for server in sorted(servers, key=lambda server: server.address):
        ranked.append((seen[server.machine], server.machine, server.address, server))
        seen[server.machine] += 1
    return [server for *_, server in sorted(ranked, key=lambda rank: rank[:3])]


def _attachments(servers: Sequence[Server]) -> Iterator[tuple[str, Command]]:
    """Servers that serve and copy nothing become replicas of primaries that have none, as far as
    possible on another machine; together, or the last of them would have no choice."""
    if any(server.assigned != SLOTS for server in servers):
        return
    idle = [server for server in servers if not server.slots and server.primary is None]
    copied = {server.primary for server in servers}
    primaries = [server for server in servers if server.slots]
    bare = [server for server in primaries if server.id not in copied]
    pairings = permutations(bare, min(len(idle), len(bare)))
    best = min(pairings, key=lambda pairing: _on_one_machine(idle, pairing))
    for server, primary in zip(idle, best, strict=False):
        yield server.address, ("REPLICATE", primary.id)


def _on_one_machine(servers: Sequence[Server], primaries: Sequence[Server]) -> int:
    pairs = zip(servers, primaries, strict=False)
    return sum(server.machine == primary.machine for server, primary in pairs)


def _balance(servers: Sequence[Server]) -> Iterator[tuple[str, Command]]:
    """One primary moves from a machine that has several to one that has none, once all copies are
    complete."""
    by_id = {server.id: server for server in servers}
    replicas = [server for server in servers if server.primary in by_id]
    if len(replicas) != len(servers) - PRIMARIES or not all(s.in_step for s in replicas):
        return
    primaries = Counter(server.machine for server in servers if server.slots)
    for replica in sorted(replicas, key=lambda server: server.address):
        crowded = primaries[by_id[replica.primary or ""].machine] > 1
        if crowded and not primaries[replica.machine]:
            yield replica.address, ("FAILOVER",)
            return


def _cluster(client: Redis, *command: str | int) -> str:
    """The answer of a CLUSTER command as it came, which redis-py would reshape."""
    return str(client.execute_command("CLUSTER", *command))  # type: ignore[no-untyped-call]


def _is_gone(flags: str, slots: Sequence[str]) -> bool:
    """`noaddr`: another has answered at its address."""
    return not slots and not {"fail", "noaddr"}.isdisjoint(flags.split(","))


def _length(slots: str) -> int:
    """How many slots `5461-10922` or `7` is."""
    first, _, last = slots.partition("-")
    return int(last or first) - int(first) + 1


def keep(hosts: Sequence[str], port: int, password: str | None) -> None:
    """One look, and what has to be done. Whoever does not answer is left for the next look."""
    clients: dict[str, Redis] = {}
    servers = []
    for host in hosts:
        try:
            ip = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
            client = Redis(
                ip, port, password=password, decode_responses=True, socket_timeout=TIMEOUT_S
            )
            servers.append(look(client, f"{ip}:{port}"))
            clients[servers[-1].address] = client
        except (OSError, RedisError) as error:
            _log.warning("%s does not answer: %s", host, error)
    for address, command in plan(servers, len(hosts)):
        try:
            _log.info("%s: CLUSTER %s", address, " ".join(map(str, command)))
            _cluster(clients[address], *command)
        except RedisError as error:
            _log.warning("%s refused it: %s", address, error)
    for client in clients.values():
        client.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("hosts", metavar="HOST", nargs="+")
    parser.add_argument("--port", type=int, default=6379)
    parser.add_argument("--every", type=float, default=5, help="seconds between two looks")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    while True:
        keep(asked.hosts, asked.port, os.environ.get("REDIS_PASSWORD"))
        time.sleep(asked.every)


if __name__ == "__main__":
    main()
