"""Real Redis servers for tests: one, a primary with a replica, a cluster of six.

They listen on loopback, keep their append-only file in a folder of the test run, and can be killed,
paused and started again. tests/redis/get.sh says where the program comes from.
"""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import redis
from redis.exceptions import RedisError

GET: Final = Path(__file__).parent / "redis" / "get.sh"
DEADLINE_S: Final = 60.0
"""Generous: the machine may be busy."""

OPTIONS: Final = (
    "--bind 127.0.0.1 --protected-mode no --daemonize no --save --appendonly yes "
    "--appendfsync always --enable-debug-command yes --shutdown-timeout 0 "
    "--repl-diskless-sync-delay 0 --repl-ping-replica-period 1"
).split()
"""What `WAITAOF` waits for is on the disk at once (`always`); a replica is in step at once, too."""

NODE_TIMEOUT_MS: Final = 2000
"""A primary that is silent for so long is replaced by its replica."""

CLUSTER_OPTIONS: Final = f"--cluster-enabled yes --cluster-node-timeout {NODE_TIMEOUT_MS}".split()

PRIMARIES: Final = 3
SLOTS: Final = 16384


class NoRedis(Exception):
    """There is no Redis 8, and it could not be had."""


def find_redis() -> str:
    """The path of a redis-server of version 8 or newer. Raises NoRedis."""
    got = subprocess.run([GET], capture_output=True, text=True, check=False)
    if got.returncode:
        raise NoRedis(got.stderr.strip())
    return got.stdout.strip()


def until(true: Callable[[], bool], what: str) -> None:
    """Waits until `true()`; an error of Redis in it counts as not yet."""
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        try:
            if true():
                return
        except RedisError:
            pass
        time.sleep(0.02)
    raise TimeoutError(f"not within {DEADLINE_S:.0f} s: {what}")


_given: set[int] = set()


def _free_port() -> int:
    """A port below those that the system hands to outgoing connections, so that it is still free
    when a server that was killed starts again."""
    for port in range(20000 + time.time_ns() // 1000 % 9000, 32000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in _given:
            _given.add(port)
            return port
    raise OSError("no free port between 20000 and 32000")


@dataclass(slots=True)
class Node:
    """One server. Its files and ports stay the same over kills and starts."""

    program: str
    folder: Path
    options: Sequence[str] = ()
    port: int = field(default_factory=_free_port)
    bus: int = field(default_factory=_free_port)
    tls: int = field(default_factory=_free_port)
    process: subprocess.Popen[bytes] | None = None
    _connected: redis.Redis | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    @contextmanager
    def client(self) -> Iterator[redis.Redis]:
        """Connections to this server alone, which are kept until it ends."""
        if self._connected is None:
            self._connected = redis.Redis(
                port=self.port, decode_responses=True, socket_timeout=10, protocol=2
            )
        yield self._connected

    def launch(self) -> None:
        """Starts the process and does not wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        cluster = ("--cluster-port", str(self.bus)) if "--cluster-enabled" in self.options else ()
        tls = ("--tls-port", str(self.tls)) if "--tls-cert-file" in self.options else ()
        command = [self.program, *OPTIONS, *self.options, *cluster, *tls]
        # However the test run ends, its servers end with it.
        tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*tied, *command, "--port", str(self.port), "--dir", str(self.folder)],
                stdout=log,
                stderr=log,
            )

    def start(self) -> None:
        """Starts the server and returns once it has read its file and answers."""
        self.launch()
        until(self.answers, f"Redis on port {self.port} answers; see {self.folder / 'log'}")

    def answers(self) -> bool:
        """Whether it has read its file and takes commands."""
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError((self.folder / "log").read_text()[-2000:])
        with self.client() as client:
            return bool(client.info("persistence")["loading"] == 0)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """As `kill -9`: nothing is written any more."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        if self._connected is not None:
            self._connected.close()
            self._connected = None

    def pause(self) -> None:
        """The process stands still and its connections stay open, as on a machine that hangs."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Ends the pause."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)


@dataclass(frozen=True, slots=True)
class Servers:
    """Servers that are one store, at `url`."""

    url: str
    nodes: Sequence[Node]

    def primaries(self) -> Sequence[Node]:
        """The running nodes that take writes, as they see it themselves."""
        return [node for node in self.nodes if node.running and _role(node)["role"] == "master"]

    def replicas(self) -> Sequence[Node]:
        """The running nodes that copy another."""
        return [node for node in self.nodes if node.running and _role(node)["role"] == "slave"]

    def heal(self) -> None:
        """Every node runs, and every replica is in step with its primary."""
        for node in self.nodes:
            if node.running:
                node.resume()
            else:
                node.launch()
        for node in self.nodes:
            until(node.answers, f"Redis on port {node.port} answers")
        until(self.whole, "the servers see one another")

    def whole(self) -> bool:
        """Whether all nodes agree and each replica is in step."""
        roles = [_role(node) for node in self.nodes]
        replicas = [role for role in roles if role["role"] == "slave"]
        if any(role["master_link_status"] != "up" for role in replicas):
            return False
        if len(self.nodes) <= 2:
            return len(replicas) == len(self.nodes) - 1
        return len(replicas) == len(self.nodes) - PRIMARIES and all(map(_sees_all, self.nodes))

    def empty(self) -> None:
        """Whole again, and without a key or a setting of the test before."""
        self.heal()
        for node in self.primaries():
            with node.client() as client:
                client.config_set("maxmemory", 0)
                client.flushall()
        for node in self.replicas():
            until(partial(_is_empty, node), "the replica is empty, too")

    def stop(self) -> None:
        """Ends all processes."""
        for node in self.nodes:
            node.kill()


@contextmanager
def one_server(program: str, folder: Path, *options: str) -> Iterator[Servers]:
    """A server of its own, with further options of redis-server."""
    with _running([Node(program, folder / "0", options)]) as nodes:
        yield Servers(nodes[0].url, nodes)


@contextmanager
def replicated(program: str, folder: Path) -> Iterator[Servers]:
    """A primary, first among the nodes, and its replica."""
    primary = Node(program, folder / "0")
    following = ("--replicaof", f"127.0.0.1 {primary.port}")
    with _running([primary, Node(program, folder / "1", following)]) as nodes:
        servers = Servers(primary.url, nodes)
        until(servers.whole, "the replica is in step")
        yield servers


@contextmanager
def cluster(program: str, folder: Path, *options: str) -> Iterator[Servers]:
    """Three primaries and three replicas, with all slots spread over them."""
    options = (*CLUSTER_OPTIONS, *options)
    nodes = [Node(program, folder / str(i), options) for i in range(2 * PRIMARIES)]
    with _running(nodes):
        _join(nodes)
        servers = Servers(f"redis+cluster://127.0.0.1:{nodes[0].port}", nodes)
        until(servers.whole, "the cluster is whole")
        yield servers


@contextmanager
def _running(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    try:
        for node in nodes:
            node.launch()
        for node in nodes:
            until(node.answers, f"Redis on port {node.port} answers")
        yield nodes
    finally:
        for node in nodes:
            node.kill()


def _join(nodes: Sequence[Node]) -> None:
    """Everyone meets everyone, which is quicker than to wait until they have heard of another."""
    ids = []
    for i, node in enumerate(nodes):
        with node.client() as client:
            ids.append(_tell(client, "MYID"))
            _tell(client, "SET-CONFIG-EPOCH", i + 1)
            for earlier in nodes[:i]:
                _tell(client, "MEET", "127.0.0.1", earlier.port, earlier.bus)
            if i < PRIMARIES:
                first, after = SLOTS * i // PRIMARIES, SLOTS * (i + 1) // PRIMARIES
                _tell(client, "ADDSLOTSRANGE", first, after - 1)
    for i, node in enumerate(nodes[PRIMARIES:]):
        until(partial(_knows, node, len(nodes)), "the nodes know one another")
        with node.client() as client:
            _tell(client, "REPLICATE", ids[i])


def _tell(client: redis.Redis, command: str, *arguments: str | int) -> Any:
    """The answer of `CLUSTER command`."""
    return client.execute_command(f"CLUSTER {command}", *arguments)  # type: ignore[no-untyped-call]


def _knows(node: Node, others: int) -> bool:
    with node.client() as client:
        return len(_in_touch(client)) == others


def _in_touch(client: redis.Redis) -> list[dict[str, Any]]:
    """The nodes that this one is in touch with, itself among them."""
    nodes = _tell(client, "NODES").values()
    return [n for n in nodes if "handshake" not in n["flags"] and "fail" not in n["flags"]]


def _sees_all(node: Node) -> bool:
    """Whether the node finds the cluster sound, with a primary for each range of slots."""
    with node.client() as client:
        nodes = _in_touch(client)
        state = _tell(client, "INFO")["cluster_state"]
    primaries = [n for n in nodes if "master" in n["flags"] and n["slots"]]
    return (state, len(nodes), len(primaries)) == ("ok", 2 * PRIMARIES, PRIMARIES)


def _role(node: Node) -> dict[str, str]:
    with node.client() as client:
        return dict(client.info("replication"))


def _is_empty(node: Node) -> bool:
    with node.client() as client:
        return bool(client.dbsize() == 0)
