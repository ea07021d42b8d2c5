"""Puts, deletions, questions and openings on a disk that is full, or nearly.

    python -m benchmarks.full_disk --times 100 --out JSON

The disk is a tmpfs of a few megabytes in a mount namespace of its own (`unshare`, no root needed).
For each number from 0 a store is made there, the disk filled to some degree, and the store used at
random, closed and opened again. What must hold, and is counted where it does not:

    raw          only StoreFull is raised, never what an engine or the system says
    lost         what was acknowledged is there, also what a refused deletion has left
    not wanted   nothing else is there, but for the articles of a put that was told to fail and may
                 be sent again
    disagrees    with space again the next change is made, and both indexes agree with the archive
"""

import argparse
import asyncio
import json
import logging
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from benchmarks.damage import DIM, START, WORDS, article
from benchmarks.machine import report
from service.domain.claim import Filters
from service.domain.errors import StoreFull
from service.stores.embedded import EmbeddedStore, open_embedded

DISK = Path("/mnt")
"""In our own namespace: nobody else sees what is mounted there."""
SIZE_MB = 6
MOST_A_PUT = 30
STEPS = 40


class Disk:
    """A full disk: a file that takes all but some space."""

    def __init__(self, chance: random.Random) -> None:
        self._ballast = DISK / "ballast"
        free = shutil.disk_usage(DISK).free
        left = int(free * chance.random() * chance.random())
        self._ballast.write_bytes(bytes(free - left))

    def free_some(self) -> None:
        """As an operator does."""
        os.truncate(self._ballast, max(0, self._ballast.stat().st_size - 400_000))


class Drill:
    """Uses one store at random, and counts what may not be."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)  # noqa: S311
        self.counts: Counter[str] = Counter()
        self.held: set[str] = set()
        self.maybe: set[str] = set()

    async def run(self) -> Counter[str]:
        """From an empty disk to one with space again."""
        self.store = await _opened()
        await self._put("a")
        disk = Disk(self.chance)
        for number in range(STEPS):
            await self._step(number, disk)
            await self._look()
        for _ in range(SIZE_MB * 3):
            disk.free_some()
        await self._put("last")
        self.counts["disagrees"] += not (await self.store.consistency()).agrees
        await self.store.close()
        return +self.counts

    async def _step(self, number: int, disk: Disk) -> None:
        acts: dict[str, Callable[[], Awaitable[None]]] = {
            "put": lambda: self._put(f"b{number}-"),
            "delete": self._delete,
            "ask": self._ask,
            "open": lambda: self._reopen(disk),
        }
        act = acts[self.chance.choices(tuple(acts), weights=(5, 3, 1, 1))[0]]
        try:
            await act()
            self.counts["done"] += 1
        except StoreFull:
            self.counts["refused"] += 1
        except Exception as error:  # noqa: BLE001 - that is what is counted
            self.counts[f"raw: {error!r}"] += 1

    async def _put(self, batch: str) -> None:
        names = [f"{batch}{number}" for number in range(self.chance.randint(1, MOST_A_PUT))]
        self.maybe.update(names)
        await self.store.put([article(self.chance, name, START) for name in names])
        self.held.update(names)

    async def _delete(self) -> None:
        name = self.chance.choice(sorted(self.held) or ["none"])
        await self.store.delete(name)
        self.held.discard(name)
        self.maybe.discard(name)

    async def _ask(self) -> None:
        await self.store.matching(WORDS[0], Filters(), limit=5)
        await self.store.health()

    async def _reopen(self, disk: Disk) -> None:
        await self.store.close()
        try:
            self.store = await _opened()
        except StoreFull:
            disk.free_some()
            self.store = await _opened()

    async def _look(self) -> None:
        page = await self.store.articles(Filters(), limit=1_000)
        there = {found.id for found in page.articles}
        self.counts["lost"] += len(self.held - there)
        self.counts["not wanted"] += len(there - self.held - self.maybe)
        self.held |= there & self.maybe


async def _opened() -> EmbeddedStore:
    return await open_embedded(DISK / "store", embedder="made up", dim=DIM)


def run(times: int) -> dict[str, Any]:
    """So many disks, each in a namespace and a process of its own."""
    counts: Counter[str] = Counter()
    for number in range(times):
        done = subprocess.run(
            [
                "unshare", "--map-root-user", "--mount", "sh", "-c",
                f'mount -t tmpfs -o size={SIZE_MB}m tmpfs {DISK} && exec "$@"', "sh",
                sys.executable, "-m", "benchmarks.full_disk", "--one", str(number),
            ],
            stdout=subprocess.PIPE,
            check=True,
        )  # fmt: skip
        counts.update(json.loads(done.stdout))
    return {"times": times, "outcomes": dict(counts)}


def main() -> None:
    """Reads the arguments, fills disks, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    if given.one is not None:
        print(json.dumps(asyncio.run(Drill(given.one).run())))
        return
    figures = run(given.times)
    print(json.dumps(figures, indent=1))
    if given.out:
        given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
