"""Keeps six Redis servers one cluster of three primaries and three replicas.

keeper.py HOST... [--port 6379] [--every 5]     the password is in REDIS_PASSWORD

Redis itself replaces a primary that is lost. What it cannot do, this does, looking every few
seconds:

- make the cluster, once all servers are there and empty;
- introduce a server that came back under another address, whoever else did so at the same time;
- make a server that lost its disk a replica of the primary that has none;
- keep one primary to a machine, so that the loss of a machine always leaves a majority to vote.

It keeps nothing and may be stopped at any time. Nothing that it does loses data: a primary gives way
only to a replica that has all it has.
"""

import argparse
import logging
import os
import socket
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from redis import Redis
from redis.exceptions import RedisError

PRIMARIES = 3
SLOTS = 16384
TIMEOUT_S = 3.0

_log = logging.getLogger("keeper")


@dataclass(frozen=True, slots=True)
class Server:
    """A server as it sees itself. `knows` has the addresses of all others that it knows of,
    `primary` the id of the one that it copies, `in_step` whether its copy is complete."""

    address: str
    id: str
    machine: str
    slots: int
    keys: int
    knows: frozenset[str]
    primary: str | None
    in_step: bool
    sees_slots: int


def look(client: Redis, address: str) -> Server:
    """Asks one server about itself. Raises RedisError."""
    ask = partial(client.execute_command)
    nodes = [line.split() for line in str(ask("CLUSTER NODES", NEVER_DECODE=True), "ascii").splitlines()]
    own = next(node for node in nodes if "myself" in node[2])
    info = client.info()
    machine = client.config_get("cluster-announce-human-nodename")
    return Server(
        address=address,
        id=own[0],
        machine=next(iter(machine.values())),
        slots=sum(_length(part) for part in own[8:] if "[" not in part),
        keys=client.dbsize(),
        knows=frozenset(node[1].split("@")[0] for node in nodes if "handshake" not in node[2]),
        primary=None if own[3] == "-" else own[3],
        in_step=info.get("master_link_status") == "up",
        sees_slots=int(_cluster_info(client)["cluster_slots_assigned"]),
    )
