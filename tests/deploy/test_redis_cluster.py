"""The Redis of k8s/components/redis keeps what it has acknowledged, whatever is lost.

And its keeper does nothing that could lose it.
"""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import yaml
from redis import Redis
from redis.exceptions import AuthenticationError

from k8s.components.redis.keeper import Server, plan
from tests.deploy.pods import FILES, PASSWORD, PORT, Pod, Pods, addresses, six_pods
from tests.redis_servers import until


@pytest.fixture(scope="module")
def pods(redis_program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pods]:
    """Six pods on three machines that the keeper has made a cluster of."""
    with six_pods(redis_program, tmp_path_factory.mktemp("pods")) as made:
        yield made


def test_a_lost_machine_loses_nothing(pods: Pods) -> None:
    """Its parts go on from the copies on the others; back under other addresses, it gets a primary
    again."""
    pods.write("before")
    lost = pods.on("a")
    for pod in lost:
        pod.kill()
    until(partial(pods.reads, "before"), "all that was acknowledged is there")
    for pod, address in zip(lost, addresses(1), strict=False):
        pod.address = address
        pod.start()
    until(pods.whole, "the machine has a primary again")
    assert pods.reads("before")


def test_a_blackout_loses_nothing(pods: Pods) -> None:
    """All at once come back under addresses that none of them knows, and find one another."""
    pods.write("before the blackout")
    for pod in pods.all:
        pod.kill()
    for pod, address in zip(pods.all, addresses(2), strict=True):
        pod.address = address
        pod.start()
    until(pods.whole, "the keeper has introduced all to all")
    assert pods.reads("before the blackout")


@pytest.mark.parametrize("of_primary", [True, False], ids=["of a primary", "of a replica"])
def test_a_lost_disk_is_copied_anew(pods: Pods, of_primary: bool) -> None:
    """Its part goes on from the copy, and the empty server that takes its place becomes a copy. It
    may come back before anyone has noticed that it was away."""
    pods.write("on two disks")
    lost = next(pod for pod in pods.all if bool(pod.look().slots) is of_primary)
    lost.kill()
    if of_primary:
        until(partial(pods.reads, "on two disks"), "the replica has taken over")
    shutil.rmtree(lost.folder)
    lost.start()
    until(pods.whole, "there are six again, and the lost one is forgotten")
    assert pods.reads("on two disks")


def test_a_primary_that_is_to_stop_hands_over_first(pods: Pods) -> None:
    """Before it is told to stop, its replica serves in its place, with all it had.

    The hook gives up after four tries, which on a busy machine may be too few: then it is run
    again.
    """
    pods.write("handed over")
    leaving = pods.primaries()[0]

    def has_handed_over() -> bool:
        environment = {**leaving.environment, "PORT": str(PORT)}
        subprocess.run(["sh", FILES / "hand-over.sh"], env=environment, check=True)
        return leaving.look().slots == 0

    until(has_handed_over, "the replica serves in its place")
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
    gone=frozenset(),
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


@pytest.mark.parametrize("answers", [5, 6], ids=["one is away", "one is found under two names"])
def test_nothing_is_made_or_forgotten_while_somebody_is_away(answers: int) -> None:
    """He may have what the others lack."""
    servers = [replace(server, gone=frozenset({"5"})) for server in _strangers()[:5]]
    assert list(plan([*servers, servers[0]][:answers], 6)) == []


def test_who_lost_his_disk_is_forgotten_once_all_are_there() -> None:
    """By everyone, as those who still knew him would tell the others."""
    servers = [replace(server, gone=frozenset({"lost"})) for server in _strangers()]
    assert [command for _, command in plan(servers, 6)] == [("FORGET", "lost")] * 6
