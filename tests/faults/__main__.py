"""Many faults, one campaign after another, on servers of their own.

    python -m tests.faults --faults 60 --seed 1 [--only NAME…]

Prints a line of JSON for each campaign: how many faults and kills there were, what was done, which
honest errors there were, and what was wrong. Ends with 1 if anything was.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tests.faults.campaign import Outcome, break_servers, cut_connections, kill_writers
from tests.faults.injections import ON_A_CLUSTER, ON_A_PRIMARY_AND_ITS_REPLICA, ON_ONE_SERVER
from tests.redis_servers import Servers, cluster, find_redis, one_server, replicated

Campaign = Callable[[Servers, int, int], Awaitable[Outcome]]
Start = Callable[[str, Path], AbstractContextManager[Servers]]

CAMPAIGNS: Final[dict[str, tuple[Start, Campaign]]] = {
    "one server": (
        one_server,
        lambda servers, seed, faults: break_servers(
            servers, ON_ONE_SERVER, seed=seed, faults=faults
        ),
    ),
    "primary and replica": (
        replicated,
        lambda servers, seed, faults: break_servers(
            servers, ON_A_PRIMARY_AND_ITS_REPLICA, seed=seed, faults=faults
        ),
    ),
    "cluster": (
        cluster,
        lambda servers, seed, faults: break_servers(
            servers, ON_A_CLUSTER, seed=seed, faults=faults
        ),
    ),
    "connections": (
        one_server,
        lambda servers, seed, faults: cut_connections(servers, seed=seed, seconds=faults / 4),
    ),
    "writers, one server": (
        one_server,
        lambda servers, seed, faults: kill_writers(servers, seed=seed, kills=faults),
    ),
    "writers, cluster": (
        cluster,
        lambda servers, seed, faults: kill_writers(servers, seed=seed, kills=faults),
    ),
}


def main() -> int:
    """Reads the arguments, runs the campaigns, prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--faults", type=int, default=60, help="of each campaign")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=CAMPAIGNS, default=list(CAMPAIGNS))
    given = parser.parse_args()
    wrong = False
    for name in given.only:
        outcome = _run(name, given.seed, given.faults)
        print(json.dumps({"campaign": name, **asdict(outcome)}), flush=True)  # noqa: T201
        wrong = wrong or bool(outcome.wrong)
    return int(wrong)


def _run(name: str, seed: int, faults: int) -> Outcome:
    start, campaign = CAMPAIGNS[name]
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-faults-") as folder,
        start(find_redis(), Path(folder)) as servers,
    ):
        return asyncio.run(_awaited(campaign(servers, seed, faults)))


async def _awaited(campaign: Awaitable[Outcome]) -> Outcome:
    return await campaign


if __name__ == "__main__":
    sys.exit(main())
