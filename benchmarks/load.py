"""What becomes of a service under more load than it can bear, and after it.

    python -m benchmarks.load --data articles.jsonl.gz --out JSON
        [--callers 8 32 128] [--seconds 120] [--passages 10000] [--folder FOLDER]

`onrecord serve` runs in a process of its own over an archive as in `latency.py`, on the machine
that also asks: what is measured includes the asking.

    closed     each caller asks for a check again as soon as it has its answer, or, refused with
               503, when `Retry-After` says
    overload   checks come at three times the rate that the closed loop with the fewest callers
               reached, whether answered or not
    recovery   seconds from the last check of that until one is answered in twice the median of a
               single caller

`refused` are latencies of refusals; `probe` those of `/healthz`, asked ten times a second
throughout; memory is the service's own count of its resident bytes.
"""

import argparse
import asyncio
import itertools
import json
import re
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from benchmarks.arrivals import percentiles
from benchmarks.corpus import Archive, read_sentences
from benchmarks.latency import SENTENCES
from benchmarks.machine import report
from benchmarks.server import serving
from benchmarks.sizes import build_store
from service.models.embedder import load_embedder

TIMES_CAPACITY = 3
PROBE_EVERY_S = 0.1
WARMING_UP = 10
MOST_RECOVERY_S = 120
_MEMORY = re.compile(r"^process_resident_memory_bytes (\S+)$", re.MULTILINE)


@dataclass(slots=True)
class Seen:
    """Milliseconds of each answer by its status, and for how long was asked."""

    ms: dict[int, list[float]] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)

    def add(self, status: int, ms: float) -> None:
        """One answer."""
        self.ms.setdefault(status, []).append(ms)

    def summary(self) -> dict[str, Any]:
        """Checks answered a second, and percentiles of answers and refusals."""
        seconds = time.perf_counter() - self.began
        answered = self.ms.get(HTTPStatus.OK, [])
        refused = self.ms.get(HTTPStatus.SERVICE_UNAVAILABLE, [])
        other = {status: len(ms) for status, ms in self.ms.items() if status not in {200, 503}}
        return {
            "seconds": round(seconds, 1),
            "answered": len(answered),
            "refused": len(refused),
            "other": other,
            "a_second": round(len(answered) / seconds, 2),
            "latency": percentiles(answered) if answered else None,
            "refusals": percentiles(refused) if refused else None,
        }


class Connection:
    """One connection to the service, kept open."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._address = (address.hostname, address.port)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, float, str, bytes]:
        """Status, milliseconds, `Retry-After` and body."""
        began = time.perf_counter()
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._address)
        reader, writer = self._streams
        writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length, wait = _header(head, "content-length"), _header(head, "retry-after")
        content = await reader.readexactly(int(length))
        if _header(head, "connection") == "close":
            self.close()
        return int(head.split()[1]), 1000 * (time.perf_counter() - began), wait, content

    async def check(self, claim: str, seen: Seen) -> float:
        """Asks for a check; seconds to wait before the next try, 0 when it was answered."""
        status, ms, wait, _ = await self.ask(
            "POST", "/v1/checks", json.dumps({"claim": claim}).encode()
        )
        seen.add(status, ms)
        return float(wait or 0)

    def close(self) -> None:
        """Gives it back; asking opens another."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


def _header(head: str, name: str) -> str:
    found = re.search(rf"^{name}: *(.*?)\r$", head, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


async def closed(url: str, claims: Iterator[str], *, callers: int, seconds: float) -> Seen:
    """So many callers, each asking one claim after the other."""
    seen = Seen()

    async def call() -> None:
        connection = Connection(url)
        for claim in claims:
            if time.perf_counter() - seen.began > seconds:
                break
            await asyncio.sleep(await connection.check(claim, seen))
        connection.close()

    async with asyncio.TaskGroup() as tasks:
        for _ in range(callers):
            tasks.create_task(call())
    return seen


async def open_loop(url: str, claims: Iterator[str], *, rate: float, seconds: float) -> Seen:
    """`rate` claims a second, each when it is due. A connection is used again once it is free."""
    seen, free = Seen(), list[Connection]()

    async def call(connection: Connection) -> None:
        await connection.check(next(claims), seen)
        free.append(connection)

    async with asyncio.TaskGroup() as tasks:
        for number in range(int(rate * seconds)):
            due = seen.began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.create_task(call(free.pop() if free else Connection(url)))
    for connection in free:
        connection.close()
    return seen


async def recovery_s(url: str, claims: Iterator[str], *, alone_ms: float) -> float:
    """Seconds until a check takes no longer than twice what it takes a single caller."""
    began, connection, seen = time.perf_counter(), Connection(url), Seen()
    for claim in claims:
        await asyncio.sleep(await connection.check(claim, seen))
        taken = time.perf_counter() - began
        if seen.ms.get(200, [MOST_RECOVERY_S])[-1] <= 2 * alone_ms or taken > MOST_RECOVERY_S:
            break
    connection.close()
    return round(time.perf_counter() - began, 2)


@asynccontextmanager
async def probed(url: str, figures: dict[str, Any]) -> AsyncIterator[None]:
    """Puts into `figures` what probes took meanwhile, and the service's memory before and after."""
    connection, seen = Connection(url), Seen()

    async def probe() -> None:
        while True:
            status, ms, *_ = await connection.ask("GET", "/healthz")
            seen.add(status, ms)
            await asyncio.sleep(PROBE_EVERY_S)

    before = await _memory(url)
    probing = asyncio.create_task(probe())
    try:
        yield
    finally:
        probing.cancel()
        connection.close()
    figures["probe"] = percentiles(seen.ms[HTTPStatus.OK])
    figures["memory_mb"] = {"before": before, "after": await _memory(url)}


async def _memory(url: str) -> int:
    connection = Connection(url)
    *_, content = await connection.ask("GET", "/metrics")
    connection.close()
    found = _MEMORY.search(content.decode())
    return round(float(found[1]) / 1_000_000) if found else 0


async def measure(url: str, asked: Sequence[str], callers: Sequence[int], seconds: float) -> Any:  # noqa: ANN401 - JSON
    """Everything in turn."""
    claims = itertools.cycle(asked)
    await closed(url, claims, callers=1, seconds=WARMING_UP)
    alone = await closed(url, claims, callers=1, seconds=WARMING_UP)
    figures: dict[str, Any] = {"alone": alone.summary()}
    for number in callers:
        found: dict[str, Any] = {}
        figures[f"callers={number}"] = found
        async with probed(url, found):
            found |= (await closed(url, claims, callers=number, seconds=seconds)).summary()
        show(f"{number} callers", found)
    rate = TIMES_CAPACITY * figures[f"callers={min(callers)}"]["a_second"]
    over: dict[str, Any] = {"rate": round(rate, 1)}
    figures["overload"] = over
    async with probed(url, over):
        over |= (await open_loop(url, claims, rate=rate, seconds=seconds)).summary()
    over["recovery_s"] = await recovery_s(url, claims, alone_ms=median(alone.ms[HTTPStatus.OK]))
    show(f"{rate:.1f} a second come", over)
    return figures


def show(name: str, found: dict[str, Any]) -> None:
    """What was measured of one load, in milliseconds."""
    print(f"{name}: {found['a_second']} checks a second, {found['refused']} refused", flush=True)
    for key in ("latency", "refusals", "probe", "memory_mb", "recovery_s", "other"):
        if found.get(key):
            print(f"    {key:10}{found[key]}", flush=True)


async def run(given: argparse.Namespace, folder: Path) -> Any:  # noqa: ANN401 - JSON
    """Makes the archive, starts the service, and asks."""
    embedder = load_embedder()
    sentences = await read_sentences(given.data, embedder, count=SENTENCES, cache=folder)
    await embedder.close()
    store = await build_store(folder, Archive(sentences), given.passages)
    with serving(store) as url:
        figures = await measure(url, sentences.claims(1_000), given.callers, given.seconds)
    return {"passages": given.passages, **figures}


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="rows of articles")
    parser.add_argument("--callers", type=int, nargs="+", default=(8, 32, 128))
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="kept for other runs; default: a temporary one")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    temporary = tempfile.TemporaryDirectory(prefix="onrecord-load-")
    with nullcontext(given.folder) if given.folder else temporary as folder:
        figures = asyncio.run(run(given, Path(folder)))
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
