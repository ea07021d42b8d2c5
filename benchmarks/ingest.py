"""How fast articles are taken in, where the time goes, and what it takes without us.

    python -m benchmarks.ingest --data articles.jsonl.gz --articles 150 --repeats 3 --out JSON

`--data` has rows with `text`, `title`, `publisher`, `published_at`. Each repeat is a fresh process
a side, by turns; starting and loading models is not counted.

    ours    the product's own line: read, cut up, attribute, embed, put; each batch is on the disk
            and can be searched before it counts; two threads for the models
    silent  the same, but nobody is found to have said anything: what attribution costs
    stages  each of our stages alone over all articles, one after the other: where the time of
            `ours` goes, in which they overlap
    peer    the same passages embedded by sentence-transformers on PyTorch (two threads, batches of
            32), added to faiss, their text put into SQLite: no speakers, no index of words
"""

import argparse
import asyncio
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.machine import report
from service.domain.article import Article
from service.domain.indexing import Found
from service.domain.quote import Quote
from service.domain.text import Span, normalise
from service.english.text.segment import segment
from service.pipeline.attribute import attribute
from service.pipeline.index import PASSAGES_A_BATCH, Indexer, Parsed
from service.ports import Entry, Tagger
from service.settings import Settings
from service.wiring import Services, build
from training.rows import read_rows

SIDES = ("ours", "silent", "stages", "peer")

Figures = dict[str, float]


async def nobody(text: str, sentences: Sequence[Span], tagger: Tagger | None) -> tuple[Quote, ...]:
    """In place of `attribute`: nobody has said anything."""
    del text, sentences, tagger
    return ()


async def ours(articles: Path, folder: Path) -> Figures:
    """All of it, as `onrecord index` does it."""
    async with build(Settings(store=str(folder))) as services:
        return await _indexed(services.indexer, services.find(str(articles)))


async def silent(articles: Path, folder: Path) -> Figures:
    """All of it but attribution."""
    async with build(Settings(store=str(folder))) as services:
        with patch("service.pipeline.index.attribute", nobody):
            return await _indexed(services.indexer, services.find(str(articles)))


async def _indexed(indexer: Indexer, found: AsyncIterator[Found]) -> Figures:
    passages = 0
    started = time.perf_counter()
    async for outcome in indexer.index(found):
        if outcome.problem:
            raise SystemExit(f"{outcome.origin}: {outcome.problem}")
        passages += outcome.passages
    return {"passages": passages, "seconds": time.perf_counter() - started}


async def stages(articles: Path, folder: Path) -> Figures:
    """Seconds of each stage with nothing beside it."""
    seconds: Figures = {}
    async with build(Settings(store=str(folder))) as services:
        with _clock(seconds, "read"):
            read = await _read(services, articles)
        with _clock(seconds, "segment"):
            cut = [segment(article.text) for article in read]
        with _clock(seconds, "attribute"):
            parsed = [
                Parsed(
                    article,
                    segments.passages,
                    await attribute(article.text, segments.sentences, services.tagger),
                )
                for article, segments in zip(read, cut, strict=True)
            ]
        with _clock(seconds, "embed"):
            batches = [await _embedded(services, batch) for batch in _batches(parsed)]
        with _clock(seconds, "put"):
            for batch in batches:
                await services.store.put(batch)
    return seconds


async def _read(services: Services, articles: Path) -> list[Article]:
    found = [one.submission async for one in services.find(str(articles))]
    return [await services.indexer.reader.read(one) for one in found if one is not None]


def _batches(parsed: Sequence[Parsed]) -> Iterator[list[Parsed]]:
    """As big as the product's."""
    batch: list[Parsed] = []
    for one in parsed:
        batch.append(one)
        if sum(len(waiting.passages) for waiting in batch) >= PASSAGES_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _embedded(services: Services, batch: Sequence[Parsed]) -> list[Entry]:
    rows = await services.embedder.embed([text for one in batch for text in one.texts])
    entries, start = [], 0
    for one in batch:
        end = start + len(one.passages)
        entries.append(Entry(one.article, one.passages, one.quotes, rows[start:end]))
        start = end
    return entries


def peer(articles: Path, folder: Path) -> Figures:
    """Sentences into a vector index and their text beside it, as a tutorial has it."""
    from benchmarks.peer import PlainEmbedder, flat_index  # noqa: PLC0415 - loads PyTorch

    embedder = PlainEmbedder()
    embedder.embed(["The first call sets things up."])
    started = time.perf_counter()
    texts = [
        passage.span.of(text)
        for text in (normalise(row["text"]) for row in read_rows(articles))
        for passage in segment(text).passages
    ]
    index = flat_index(embedder.embed(texts))
    with sqlite3.connect(folder / "texts.sqlite") as database:
        database.execute("CREATE TABLE passages (row INTEGER PRIMARY KEY, text TEXT)")
        database.executemany("INSERT INTO passages VALUES (?, ?)", enumerate(texts))
    database.close()
    return {"passages": index.ntotal, "seconds": time.perf_counter() - started}


@contextmanager
def _clock(seconds: Figures, name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - started


def measure_side(side: str, articles: Path) -> Figures:
    """One side in this process, its peak memory included; for a process of its own."""
    with tempfile.TemporaryDirectory(prefix="onrecord-ingest-") as name:
        folder = Path(name)
        if side == "peer":
            figures = peer(articles, folder)
        else:
            measured = {"ours": ours, "silent": silent, "stages": stages}[side]
            figures = asyncio.run(measured(articles, folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures | {"peak_mebibytes": peak}


def run(data: Path, articles: int, repeats: int) -> dict[str, Any]:
    """Every side `repeats` times, by turns, over the first `articles` rows."""
    runs: dict[str, list[Figures]] = {side: [] for side in SIDES}
    with tempfile.TemporaryDirectory(prefix="onrecord-articles-") as folder:
        chosen = Path(folder) / "articles.jsonl"
        rows = read_rows(data)[:articles]
        chosen.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for _ in range(repeats):
            for side in SIDES:
                runs[side].append(_in_a_process(side, chosen))
                print(side, {name: round(value, 2) for name, value in runs[side][-1].items()})
    return {"articles": len(rows), "runs": runs, **_summary(runs)}


def _in_a_process(side: str, articles: Path) -> Figures:
    command = [sys.executable, "-m", "benchmarks.ingest", "--side", side, "--data", str(articles)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _summary(runs: dict[str, list[Figures]]) -> dict[str, Any]:
    """Medians over the repeats; the ratio is the median of the ratios of each turn."""

    def times(one: str, other: str) -> float:
        turns = zip(runs[one], runs[other], strict=True)
        return _median([b["seconds"] / a["seconds"] for a, b in turns])

    return {
        "median": {
            side: {name: _median([one[name] for one in figures]) for name in figures[0]}
            for side, figures in runs.items()
        },
        "passages_a_second": {
            side: _median([one["passages"] / one["seconds"] for one in runs[side]])
            for side in ("ours", "silent", "peer")
        },
        "times_the_peer": times("ours", "peer"),
        "times_the_silent": times("ours", "silent"),
    }


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 3)


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="rows of articles")
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    parser.add_argument("--side", choices=SIDES, help="one side alone, in this process")
    given = parser.parse_args()
    if given.side:
        print(json.dumps(measure_side(given.side, given.data)))
        return
    if given.out is None:
        parser.error("--out is needed")
    figures = run(given.data, given.articles, given.repeats)
    print(json.dumps({name: figures[name] for name in figures if name != "runs"}, indent=1))
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
