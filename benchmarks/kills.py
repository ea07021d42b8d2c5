"""kill -9 of bulk indexing in the middle of its writes: what was said to be stored is.

    python -m benchmarks.kills --times 100 --out JSON

What `onrecord index` does is done to the samples, again and again, in a process that is killed
while it writes: up to a tenth of a second after the catalogue's log was written to, or a few times.
When all articles are in, they come once more with another last paragraph, so that revisions are
replaced too. After each kill the store is opened. What must hold, and is counted where it does not:

    opens    without an error, and both indexes agree with the archive, passage by passage
    kept     each article that was said to be stored is there in that revision, which only the one
             that came next may have replaced
    whole    each article that is there has the passages and the quotes that it should have

`in a write` counts the kills between the first write of a batch and the word that it is stored.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from benchmarks.machine import report
from service.domain.article import Submission
from service.domain.claim import Filters
from service.domain.indexing import Found
from service.english.text.segment import segment
from service.ingest.files import read_files
from service.pipeline import index
from service.pipeline.attribute import attribute
from service.settings import Settings
from service.wiring import build, file_limits, open_archive

SAMPLES = Path("samples/articles")
PASSAGES_A_BATCH = 24
"""So that a run over the samples has several batches, each a write."""
MOST_WRITES = 4
WITHIN_S = 0.1
ENDS_S = 120
SETTINGS: dict[str, Any] = {"stance": "small", "tagger": "rules"}
"""What starts quickest; indexing runs no stance model."""


def submissions(variant: int) -> Iterator[Found]:
    """The samples, each with a last paragraph that is the variant's."""
    for found in read_files(SAMPLES, limits=file_limits(Settings(store="none"))):
        if found.submission and found.submission.text:
            text = f"{found.submission.text}\n\nThis was read {variant} times, the office said."
            yield Found(
                found.origin,
                Submission(
                    text=text,
                    id=Path(found.origin).stem,
                    title=found.submission.title,
                    published_at=found.submission.published_at,
                ),
            )


async def index_and_say(store: Path, variant: int) -> None:
    """The program that is killed: says each article that is stored, with its revision."""
    index.PASSAGES_A_BATCH = PASSAGES_A_BATCH
    async with build(Settings(store=str(store), **SETTINGS)) as services:
        print("open", flush=True)
        async for outcome in services.indexer.index(_stream(variant)):
            print(outcome.article_id, outcome.revision, flush=True)


async def _stream(variant: int) -> AsyncIterator[Found]:
    for found in submissions(variant):
        yield found


@dataclass(slots=True)
class Killed:
    """A run that has ended: what it said, whether by itself, whether in a write."""

    said: dict[str, str] = field(default_factory=dict)
    finished: bool = False
    in_a_write: bool = False


def run_and_kill(store: Path, variant: int, chance: random.Random) -> Killed:
    """Starts the program, and kills it while it writes."""
    command = [sys.executable, "-m", "benchmarks.kills", "--index", str(store), str(variant)]
    killed, said_at = Killed(), [0]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        program.stdout.readline()
        lines = program.stdout

        def listen() -> None:
            for line in lines:
                if line.endswith("\n"):
                    article, revision = line.split()
                    killed.said[article] = revision
                    said_at[0] = time.monotonic_ns()

        listening = threading.Thread(target=listen)
        listening.start()
        written_at = _after_writes(store, chance.randint(1, MOST_WRITES), program)
        time.sleep(chance.random() * WITHIN_S)
        killed.in_a_write = program.poll() is None and said_at[0] < written_at
        program.kill()
        killed.finished = program.wait() == 0
        listening.join()
    return killed


def _after_writes(store: Path, number: int, program: subprocess.Popen[str]) -> int:
    """Waits until the catalogue's log was written to so many times; nanoseconds of the last."""
    log = store / "archive.sqlite-wal"
    seen, last, ends = 0, _written(log), time.monotonic() + ENDS_S
    while seen < number and program.poll() is None and time.monotonic() < ends:
        if (now := _written(log)) != last:
            seen, last = seen + 1, now
        time.sleep(0.001)
    return time.monotonic_ns()


def _written(log: Path) -> int:
    try:
        return log.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


async def wrong(folder: Path, said: dict[str, str]) -> Counter[str]:
    """What does not hold in the store."""
    async with open_archive(Settings(store=str(folder))) as store:
        counts = Counter({"disagrees": not (await cast(Any, store).consistency()).agrees})
        for article_id, revision in said.items():
            stored = await store.history(article_id)
            counts["lost"] += revision not in {one.article.revision for one in stored}
        passages = 0
        for article in (await store.articles(Filters(), limit=1_000)).articles:
            expected = segment(article.text)
            passages += len(expected.passages)
            quotes = await attribute(article.text, expected.sentences, None)
            counts["half"] += quotes != await store.quotes(article.id)
        counts["half"] += passages != (await store.coverage(Filters())).passages
    return +counts


def run(times: int) -> dict[str, Any]:
    """So many kills of one store."""
    counts: Counter[str] = Counter()
    chance = random.Random(1)  # noqa: S311
    variant, said = 0, dict[str, str]()
    with tempfile.TemporaryDirectory(prefix="onrecord-kills-") as name:
        store = Path(name) / "store"
        while counts["kills"] < times:
            killed = run_and_kill(store, variant, chance)
            said |= killed.said
            counts += asyncio.run(wrong(store, said))
            counts["kills"] += not killed.finished
            counts["in a write"] += killed.in_a_write
            variant += killed.finished
    return {"revisions": variant + 1, "outcomes": dict(counts)}


def main() -> None:
    """Reads the arguments, kills, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--index", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    given = parser.parse_args()
    if given.index:
        asyncio.run(index_and_say(Path(given.index[0]), int(given.index[1])))
        return
    figures = run(given.times)
    print(json.dumps(figures, indent=1))
    if given.out:
        given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
