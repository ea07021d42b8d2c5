"""Kills servers of the Redis Cluster that k8s/components/redis makes, and looks for what is lost.

python -m benchmarks.keeper [--rounds 30] [--seed 1]     needs Redis 8, see tests/redis/get.sh

A round writes to every part, waits until two disks have it, kills one server, two, a machine or
all, or takes a disk away, and starts them again, mostly under other addresses. Then the cluster has
to be whole again, with everything that was acknowledged. Prints what was done as JSON.
"""

import argparse
import json
import logging
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

from tests.deploy.pods import Pod, Pods, addresses, six_pods
from tests.redis_servers import find_redis, until

KINDS = ("one server", "two servers", "a machine", "all servers", "a disk")


def choose(pods: Pods, kind: str, chance: random.Random) -> list[Pod]:
    """Whom to kill."""
    if kind == "a machine":
        return pods.on(chance.choice("abc"))
    return chance.sample(list(pods.all), {"two servers": 2, "all servers": 6}.get(kind, 1))


def lose(pods: Pods, kind: str, number: int, chance: random.Random) -> int:
    """One round; how many servers were killed. Raises where something is lost."""
    said = f"round {number}"
    pods.write(said)
    lost = choose(pods, kind, chance)
    for pod in lost:
        pod.kill()
    if kind in {"a machine", "a disk"}:
        until(partial(pods.reads, said), "all is there meanwhile")
    time.sleep(chance.uniform(0, 2))
    if kind == "a disk":
        shutil.rmtree(lost[0].folder)
    for pod, address in zip(pods.all, addresses(number), strict=True):
        if pod in lost:
            pod.address = address if chance.random() < 0.8 else pod.address
            pod.start()
    until(pods.whole, "the cluster is whole again")
    if not pods.reads(said):
        raise SystemExit(f"lost in round {number}: {kind}")
    return len(lost)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.getLogger("keeper").setLevel(logging.ERROR)
    chance = random.Random(asked.seed)  # noqa: S311 - which server to kill is no secret
    seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    kills: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        six_pods(find_redis(), Path(folder)) as pods,
    ):
        for number in range(1, asked.rounds + 1):
            kind = chance.choice(KINDS)
            begun = time.monotonic()
            kills[kind] += lose(pods, kind, number, chance)
            seconds[kind].append(round(time.monotonic() - begun, 1))
    json.dump({"seed": asked.seed, "kills": kills, "seconds": seconds}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
