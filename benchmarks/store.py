"""How fast the embedded store answers and takes in, and how much the vector leg finds.

    python benchmarks/store.py --passages 100000 --out JSON [--folder FOLDER]

The archive is made up: articles of ten passages, each passage 25 words whose frequencies follow
Zipf's law, and vectors from a mixture of two thousand Gaussians over 64 dimensions, turned into 384
with a little noise: on 30,000 of them a graph finds as much, and takes about as long, as on
all-MiniLM-L6-v2's vectors of sentences. Each time is the median and the
95th percentile of single questions, one after the other, asked as the pipeline asks them. Recall
compares with a scan over all eligible vectors.
"""

import argparse
import asyncio
import json
import platform
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, Passage
from service.domain.claim import Filters
from service.domain.quote import Attribution, Quote
from service.domain.text import Span
from service.ports import Entry, Hit
from service.stores.embedded import EmbeddedStore, open_embedded

DIM = 384
LATENT = 64
CLUSTERS = 2_000
SPREAD = 0.7
NOISE = 0.5
VOCABULARY = 100_000
WORDS = 25
PASSAGES_AN_ARTICLE = 10
ARTICLES_A_PUT = 50
PUBLISHERS = 100
LIMIT = 50
RECALLED = 50  # questions that are compared with a scan
SHOWN = 10
START = datetime(2020, 1, 1, tzinfo=UTC)

RARE = frozenset({"Publisher 7"})  # one article in a hundred
HALF = START + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Question:
    """A claim as the store sees it."""

    words: str
    vector: NDArray[np.float32]


class Generator:
    """Makes articles and questions; the same seed, the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._centres = self._random.standard_normal((CLUSTERS, LATENT), np.float32)
        self._projection = self._random.standard_normal((LATENT, DIM), np.float32) / LATENT**0.5
        weights = 1 / np.arange(1, VOCABULARY + 1) ** 1.05
        self._steps = np.cumsum(weights / weights.sum())

    def batches(self, passages: int) -> Iterator[list[Entry]]:
        """Entries, as many as bulk indexing puts at once."""
        articles = passages // PASSAGES_AN_ARTICLE
        for first in range(0, articles, ARTICLES_A_PUT):
            some = range(first, min(first + ARTICLES_A_PUT, articles))
            yield [self._entry(number, articles) for number in some]

    def question(self, near: NDArray[np.float32]) -> Question:
        """Eight words with stop words left out, and a vector near a stored one."""
        vector = near + 0.03 * self._random.standard_normal(DIM, np.float32)
        ranks = np.maximum(self._ranks(8), 30)
        return Question(_text(ranks), vector / np.linalg.norm(vector))

    def _entry(self, number: int, articles: int) -> Entry:
        words = [_text(self._ranks(WORDS)) for _ in range(PASSAGES_AN_ARTICLE)]
        ends = np.cumsum([len(passage) + 1 for passage in words])
        spans = [
            Span(int(end) - len(p) - 1, int(end) - 1) for end, p in zip(ends, words, strict=True)
        ]
        latent = self._centres[self._random.integers(0, CLUSTERS, PASSAGES_AN_ARTICLE)]
        latent = latent + SPREAD * self._random.standard_normal(latent.shape, np.float32)
        noise = NOISE * self._random.standard_normal((PASSAGES_AN_ARTICLE, DIM), np.float32)
        vectors = latent @ self._projection + noise
        article = Article(
            id=f"article-{number}",
            text="\n".join(words),
            title=f"Article {number}",
            publisher=f"Publisher {number % PUBLISHERS}",
            published_at=START + timedelta(hours=2) * number / articles,
        )
        return Entry(
            article,
            tuple(Passage(span, (span,)) for span in spans),
            tuple(Quote((span,), Attribution()) for span in spans[:3]),
            vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        )

    def _ranks(self, count: int) -> NDArray[np.int64]:
        return np.searchsorted(self._steps, self._random.random(count))


def _text(ranks: NDArray[np.int64]) -> str:
    return " ".join(f"w{rank}" for rank in ranks)


async def fill(
    store: EmbeddedStore, generator: Generator, passages: int
) -> tuple[NDArray[np.float32], dict[str, float]]:
    """Puts everything; the vectors, and the time it took without making the articles."""
    vectors, times = [], []
    for batch in generator.batches(passages):
        vectors.append(np.concatenate([entry.vectors for entry in batch]))
        started = time.perf_counter()
        await store.put(batch)
        times.append(time.perf_counter() - started)
    rates = {
        "passages_a_second": round(passages / sum(times)),
        "put_ms_median": _ms(statistics.median(times)),
        "put_ms_worst": _ms(max(times)),
    }
    return np.concatenate(vectors), rates


async def timed(
    ask: Callable[[Question], Awaitable[object]], questions: Sequence[Question]
) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    times = []
    for question in questions:
        started = time.perf_counter()
        await ask(question)
        times.append(time.perf_counter() - started)
    return {"p50_ms": _ms(statistics.median(times)), "p95_ms": _ms(np.percentile(times, 95))}


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions that a store is asked, under these filters."""

    store: EmbeddedStore
    filters: Filters

    async def nearest(self, question: Question) -> Sequence[Hit]:
        return await self.store.nearest(question.vector, self.filters, limit=LIMIT)

    async def matching(self, question: Question) -> Sequence[Hit]:
        return await self.store.matching(question.words, self.filters, limit=LIMIT)

    async def coverage(self, _: Question) -> object:
        return await self.store.coverage(self.filters)

    async def retrieval(self, question: Question) -> None:
        """Both legs at once and the best passages of each, as a check does it."""
        near, words = await asyncio.gather(self.nearest(question), self.matching(question))
        chosen = [*near[: SHOWN // 2], *words[: SHOWN // 2]]
        await self.store.passages([hit.passage_id for hit in chosen])


async def measure(store: EmbeddedStore, questions: Sequence[Question]) -> dict[str, Any]:
    """Every kind of question alone, then all of a check's retrieval."""
    filters = {
        "": Filters(),
        ", as_of half": Filters(as_of=HALF),
        ", one publisher of 100": Filters(include_publishers=RARE),
    }
    found: dict[str, Any] = {}
    for name, chosen in filters.items():
        asking = Asking(store, chosen)
        found[f"nearest{name}"] = await timed(asking.nearest, questions)
        found[f"matching{name}"] = await timed(asking.matching, questions)
        found[f"coverage{name}"] = await timed(asking.coverage, questions)
    found["passages"] = await timed(await passages_of(store, questions), questions)
    found["nearest + matching + passages"] = await timed(
        Asking(store, Filters()).retrieval, questions
    )
    return found


async def passages_of(
    store: EmbeddedStore, questions: Sequence[Question]
) -> Callable[[Question], Awaitable[object]]:
    """Asks for the passages of a question, found beforehand."""
    hits = [await store.nearest(q.vector, Filters(), limit=SHOWN) for q in questions]
    ids = {id(q): [hit.passage_id for hit in some] for q, some in zip(questions, hits, strict=True)}
    return lambda question: store.passages(ids[id(question)])


async def recall(
    store: EmbeddedStore, vectors: NDArray[np.float32], questions: Sequence[Question]
) -> dict[str, float]:
    """The part of the true nearest passages that is found, over all questions."""
    order = np.arange(len(vectors))
    half = order // PASSAGES_AN_ARTICLE * 2 <= len(vectors) // PASSAGES_AN_ARTICLE
    rare = order // PASSAGES_AN_ARTICLE % PUBLISHERS == 7
    chosen = {
        "everything": (Filters(), np.ones(len(vectors), bool)),
        "as_of half": (Filters(as_of=HALF), half),
        "one publisher of 100": (Filters(include_publishers=RARE), rare),
    }
    found = {}
    for name, (filters, mask) in chosen.items():
        right = 0
        for question in questions:
            hits = await store.nearest(question.vector, filters, limit=LIMIT)
            right += len(_numbers(hits) & _nearest(vectors, mask, question.vector))
        found[name] = round(right / LIMIT / len(questions), 4)
    return found


def _numbers(hits: Sequence[Hit]) -> set[int]:
    pairs = [hit.passage_id.removeprefix("article-").split(":") for hit in hits]
    return {int(article) * PASSAGES_AN_ARTICLE + int(ordinal) for article, ordinal in pairs}


def _nearest(
    vectors: NDArray[np.float32], mask: NDArray[np.bool_], query: NDArray[np.float32]
) -> set[int]:
    scores = np.where(mask, vectors @ query, -2)
    return set(np.argpartition(-scores, LIMIT)[:LIMIT].tolist())


async def run(passages: int, asked: int, folder: Path) -> dict[str, Any]:
    """Fills a store, measures it, opens it again and measures that."""
    generator = Generator(seed=1)
    store = await open_embedded(folder, embedder="benchmark", dim=DIM)
    vectors, taken = await fill(store, generator, passages)
    chosen = np.random.default_rng(2).integers(0, len(vectors), asked)
    questions = [generator.question(vectors[number]) for number in chosen]
    await measure(store, questions[:10])
    report = {"put": taken, "times": await measure(store, questions)}
    report["recall_at_50"] = await recall(store, vectors, questions[:RECALLED])
    report["seconds"] = {"close": await _seconds(store.close())}
    started = time.perf_counter()
    store = await open_embedded(folder, embedder="benchmark", dim=DIM)
    report["seconds"]["open"] = round(time.perf_counter() - started, 2)
    await store.close()
    sizes = {name: _size(folder / name) for name in ("archive.sqlite", "vectors", "words")}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - vectors.nbytes
    report["mebibytes"] = {**sizes, "peak memory": peak // 2**20}
    return report


async def _seconds(work: Awaitable[None]) -> float:
    started = time.perf_counter()
    await work
    return round(time.perf_counter() - started, 2)


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_blocks * 512 for file in files if file.is_file()) // 2**20


def _ms(seconds: float) -> float:
    return round(float(seconds) * 1000, 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="kept; default: a temporary one")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="onrecord-store-"))
    try:
        report = asyncio.run(run(given.passages, given.questions, folder))
    finally:
        if given.folder is None:
            shutil.rmtree(folder)
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    engines = {name: version(name) for name in ("numpy", "tantivy", "usearch")}
    about = {
        "machine": f"{platform.machine()}, {platform.platform()}",
        "python": platform.python_version(),
        "versions": engines,
        "commit": commit.stdout.strip(),
        "passages": given.passages,
    }
    given.out.write_text(json.dumps({**about, **report}, indent=1) + "\n")
    for name, times in report["times"].items():
        print(f"{name:32} {times['p50_ms']:8.2f} ms  p95 {times['p95_ms']:8.2f} ms")
    print(json.dumps({name: report[name] for name in report if name != "times"}, indent=1))


if __name__ == "__main__":
    main()
