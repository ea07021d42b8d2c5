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
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
import yaml
from redis import Redis
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import AuthenticationError

from k8s.components.redis.keeper import SLOTS, Server, keep, look, plan
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


def _addresses(third: int) -> list[str]:
    return [f"{NETWORK}.{third}.{10 + i}" for i in range(6)]


@pytest.fixture(scope="module")
def pods(redis_program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pods]:
    """Six pods on three machines that the keeper has made a cluster of."""
    work = tmp_path_factory.mktemp("pods")
    every = [
        Pod(redis_program, work / str(i), "aabbcc"[i], address)
        for i, address in enumerate(_addresses(0))
    ]
    made = Pods(every)
    try:
        for pod in every:
            pod.start()
        until(made.whole, f"the keeper makes a cluster; see {work}")
        yield made
    finally:
        for pod in every:
            pod.kill()


def test_a_lost_machine_loses_nothing(pods: Pods) -> None:
    """Its parts go on from the copies on the others; back under other addresses, it gets a primary
    again."""
    pods.write("before")
    lost = pods.on("a")
    for pod in lost:
        pod.kill()
    until(partial(pods.reads, "before"), "all that was acknowledged is there")
    for pod, address in zip(lost, _addresses(1), strict=False):
        pod.address = address
        pod.start()
    until(pods.whole, "the machine has a primary again")
    assert pods.reads("before")


def test_a_blackout_loses_nothing(pods: Pods) -> None:
    """All at once come back under addresses that none of them knows, and find one another."""
    pods.write("before the blackout")
    for pod in pods.all:
        pod.kill()
    for pod, address in zip(pods.all, _addresses(2), strict=True):
        pod.address = address
        pod.start()
    until(pods.whole, "the keeper has introduced all to all")
    assert pods.reads("before the blackout")


def test_a_lost_disk_is_copied_anew(pods: Pods) -> None:
    """Its part goes on from the copy, and the empty server that takes its place becomes a copy."""
    pods.write("on two disks")
    lost = pods.primaries()[0]
    lost.kill()
    until(partial(pods.reads, "on two disks"), "the replica has taken over")
    shutil.rmtree(lost.folder)
    lost.start()
    until(pods.whole, "there are six again, and the lost one is forgotten")
    assert pods.reads("on two disks")


def test_a_primary_that_is_to_stop_hands_over_first(pods: Pods) -> None:
    """Before it is told to stop, its replica serves in its place, with all it had."""
    pods.write("handed over")
    leaving = pods.primaries()[0]
    subprocess.run(
        ["sh", FILES / "hand-over.sh"], env={**leaving.environment, "PORT": str(PORT)}, check=True
    )
    assert leaving.look().slots == 0
    assert leaving not in pods.primaries()
    assert pods.reads("handed over")


def test_the_password_is_asked_for_and_shown_nowhere(pods: Pods) -> None:
    """Nobody without it is answered, and no list of processes has it."""
    pod = pods.all[0]
    assert pod.process is not None
    with Redis(pod.address, PORT) as stranger, pytest.raises(AuthenticationError):
        stranger.ping()
    assert PASSWORD not in Path(f"/proc/{pod.process.pid}/cmdline").read_text()


def test_ready_is_a_complete_copy(pods: Pods) -> None:
    """The manifest's probe passes for primaries and complete copies, and not for a copy without its
    primary: an update would go on to the next pod too early."""
    manifest = yaml.safe_load((FILES / "statefulset.yaml").read_text())
    (container,) = manifest["spec"]["template"]["spec"]["containers"]
    shell, option, probe = container["readinessProbe"]["exec"]["command"]

    def ready(pod: Pod) -> bool:
        asked = probe.replace("redis-cli", f"redis-cli -h {pod.address} -p {PORT}")
        return (
            subprocess.run([shell, option, asked], env=pod.environment, check=False).returncode == 0
        )

    until(pods.whole, "every copy is complete")
    assert all(map(ready, pods.all))
    # Two of three: nobody can be voted for, so that the copies stay copies.
    lost = pods.primaries()[:2]
    copies = [pod for pod in pods.all if pod.look().primary in {p.look().id for p in lost}]
    for pod in lost:
        pod.kill()
    until(lambda: not any(pod.look().in_step for pod in copies), "the copies notice")
    assert not any(map(ready, copies))
    for pod in lost:
        pod.start()
    until(pods.whole, "all is well again")


EMPTY = Server(
    id="1",
    address="10.0.0.1:6379",
    machine="a",
    slots=0,
    assigned=0,
    keys=0,
    knows={},
    primary=None,
    in_step=False,
)


def _strangers() -> list[Server]:
    """Six empty servers that know one another."""
    knows = {str(i): f"10.0.0.{i}:6379" for i in range(6)}
    return [
        replace(EMPTY, id=id_, address=address, knows=knows, machine="abc"[int(id_) % 3])
        for id_, address in knows.items()
    ]


def test_slots_are_given_out_over_the_machines() -> None:
    """One primary on each, whatever the order of names, and every slot once."""
    steps = list(plan(_strangers(), 6))
    assert [command for _, command in steps] == [
        ("ADDSLOTSRANGE", 0, 5460),
        ("ADDSLOTSRANGE", 5461, 10921),
        ("ADDSLOTSRANGE", 10922, 16383),
    ]
    assert {address[-6:-5] for address, _ in steps} == {"0", "1", "2"}


@pytest.mark.parametrize(
    "known", [{"keys": 1}, {"assigned": 5461}], ids=["somebody has keys", "somebody knows slots"]
)
def test_a_cluster_is_never_made_over_another(known: dict[str, int]) -> None:
    """A server that lost its disk must not be given slots that another serves."""
    servers = _strangers()
    servers[3] = replace(servers[3], **known)  # type: ignore[arg-type]
    assert not any(command[0] == "ADDSLOTSRANGE" for _, command in plan(servers, 6))


def test_nothing_is_made_or_forgotten_while_somebody_is_away() -> None:
    """He may have what the others lack."""
    assert list(plan(_strangers()[:5], 6)) == []
