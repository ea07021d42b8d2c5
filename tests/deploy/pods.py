"""The Redis of k8s/components/redis, run from its own files: what start.sh starts, keeper.py keeps.

A pod is a process with an address of its own (127.x.y.z) and a folder for its volume; three
machines have two pods each.
"""

import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.cluster import ClusterNode, RedisCluster

from k8s.components.redis.keeper import SLOTS, Server, keep, look
from tests.redis_servers import until

FILES = Path(__file__).parents[2] / "k8s/components/redis"
PASSWORD = "a password of the test"
PORT = 7379
NODE_TIMEOUT_MS = 1500
KEYS = 300

NETWORK = f"127.{random.randrange(16, 255)}"
"""Nobody else's, so that the port is free."""


@dataclass(slots=True)
class Pod:
    """A server on a machine. A new `address` is what Kubernetes gives a pod that starts again."""

    program: str
    folder: Path
    machine: str
    address: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the manifest sets, and where the programs are."""
        return {
            "PATH": f"{Path(self.program).parent}:{os.environ['PATH']}",
            "CONFIG_DIR": str(FILES),
            "POD_IP": self.address,
            "NODE_NAME": self.machine,
            "REDIS_PASSWORD": PASSWORD,
            "REDISCLI_AUTH": PASSWORD,
        }

    @property
    def client(self) -> Redis:
        return Redis(self.address, PORT, password=PASSWORD, decode_responses=True, socket_timeout=5)

    def start(self) -> None:
        """Runs start.sh; the options are what a test needs beside the manifest."""
        self.folder.mkdir(exist_ok=True)
        tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        options = {
            "bind": self.address,
            "port": PORT,
            "cluster-node-timeout": NODE_TIMEOUT_MS,
            "repl-diskless-sync-delay": 0,
        }
        given = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*tied, "sh", FILES / "start.sh", *given],
                env=self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def look(self) -> Server:
        """What the keeper sees of it."""
        return look(self.client, f"{self.address}:{PORT}")


@dataclass(slots=True)
class Pods:
    """All six, and the keeper beside them."""

    all: Sequence[Pod]

    def on(self, machine: str) -> list[Pod]:
        return [pod for pod in self.all if pod.machine == machine]

    def keep(self) -> None:
        """One look of the keeper's."""
        keep([pod.address for pod in self.all], PORT, PASSWORD)

    def primaries(self) -> list[Pod]:
        return [pod for pod in self.all if pod.look().slots]

    def whole(self) -> bool:
        """Whether every slot is served, every copy complete, and no machine has two primaries or a
        primary together with its replica."""
        self.keep()
        servers = [pod.look() for pod in self.all]
        by_id = {server.id: server for server in servers}
        primaries = [server for server in servers if server.slots]
        replicas = [server for server in servers if server.in_step]
        return (
            sum(server.slots for server in primaries) == SLOTS
            and {server.machine for server in primaries} == {"a", "b", "c"}
            and Counter(r.primary for r in replicas) == Counter(p.id for p in primaries)
            and all(r.machine != by_id[r.primary or ""].machine for r in replicas)
            and all(server.knows.keys() == by_id.keys() for server in servers)
        )

    def cluster(self) -> RedisCluster:
        nodes = [ClusterNode(p.address, PORT) for p in self.all]  # type: ignore[no-untyped-call]
        return RedisCluster(startup_nodes=nodes, password=PASSWORD, decode_responses=True)

    def write(self, said: str) -> None:
        """Keys in all parts, each acknowledged by the disks of two machines."""
        with self.cluster() as client:
            for i in range(KEYS):
                client.set(f"key:{i}", said)
            # On the connections that wrote, of which there is one to each primary.
            primaries = {"target_nodes": RedisCluster.PRIMARIES}
            waited = client.execute_command("WAITAOF", 1, 1, 10_000, **primaries)
            assert list(waited.values()) == [[1, 1]] * 3

    def reads(self, said: str) -> bool:
        with self.cluster() as client:
            return all(client.get(f"key:{i}") == said for i in range(KEYS))


def addresses(third: int) -> list[str]:
    return [f"{NETWORK}.{third}.{10 + i}" for i in range(6)]


@contextmanager
def six_pods(program: str, folder: Path) -> Iterator[Pods]:
    """Six pods on three machines that the keeper has made a cluster of."""
    every = [
        Pod(program, folder / str(i), "aabbcc"[i], address)
        for i, address in enumerate(addresses(0))
    ]
    pods = Pods(every)
    try:
        for pod in every:
            pod.start()
        until(pods.whole, f"the keeper makes a cluster; see {folder}")
        yield pods
    finally:
        for pod in every:
            pod.kill()
