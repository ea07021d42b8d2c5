r"""What the Redis store takes in memory, and how fast it answers, over real articles.

    python -m benchmarks.redis_store --data articles.jsonl.gz --articles 500 --out JSON \
        --redis redis://127.0.0.1:6379/15 --shards 1 4 16

`--redis` is a server of version 8 with an append-only file, for this alone: its database is
emptied. `--data` has rows with `text`, `title`, `publisher`, `published_at`; they go through the
product's own line (read, cut up, attribute, embed) once, and are then put into an index of each
number of shards. Bytes are those of the server's `used_memory` and, by what they are for, of MEMORY
USAGE. Each time is the median and the 95th percentile of single questions, one after the other, and
beside it the processors' time on either side, which counts on a machine that is busy otherwise.
Recall is that of the vector leg against a scan of float32 vectors, with questions that are passages
of the archive moved a little.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray
from redis.asyncio import Redis

from benchmarks.machine import report
from service.domain.claim import Filters, QuoteQuery
from service.domain.indexing import Change
from service.pipeline.index import PASSAGES_A_BATCH
from service.ports import Entry, Store
from service.settings import Settings
from service.stores.redis import RedisStore, open_redis, parse_address
from service.wiring import build
from training.rows import read_rows

LIMIT: Final = 200
"""As the pipeline asks."""
QUESTIONS: Final = 60
MOVED: Final = 0.5
"""Length of what is added to a passage's vector of norm 1 to make a question of it."""
KINDS: Final = {
    "near": "vector set",
    "v": "fine parts of vectors",
    "r": "text, passages, quotes",
    "w": "words",
    "q": "terms of quotes",
    "a": "standings",
    "names": "names",
    "order": "order of pages",
    "roster": "roster",
}
"""What a key is for, by what stands after the shard in its name."""

Figures = dict[str, Any]
_Questions = Sequence[Callable[[], Awaitable[object]]]
_Timed = Callable[[_Questions], Awaitable[Figures]]


async def make_entries(data: Path, articles: int) -> list[Entry]:
    """The first `articles` rows as they are put into a store."""
    with tempfile.TemporaryDirectory(prefix="onrecord-articles-") as folder:
        chosen = Path(folder) / "articles.jsonl"
        lines = (json.dumps(row) + "\n" for row in islice(read_rows(data), articles))
        chosen.write_text("".join(lines), encoding="utf-8")
        async with build(Settings(store=f"{folder}/store")) as services:
            taken = _Taken([])
            indexer = replace(services.indexer, store=cast("Store", taken))
            async for outcome in indexer.index(services.find(str(chosen))):
                if outcome.problem:
                    raise SystemExit(f"{outcome.origin}: {outcome.problem}")
            return taken.entries


@dataclass(frozen=True, slots=True)
class _Taken:
    """In place of a store: what the indexer would have stored."""

    entries: list[Entry]

    async def revisions(self, article_ids: Sequence[str]) -> dict[str, str]:
        """None is known."""
        del article_ids
        return {}

    async def put(
        self, entries: Sequence[Entry], *, expected_revision: str | None = None
    ) -> list[Change]:
        """Keeps them."""
        del expected_revision
        self.entries.extend(entries)
        return [Change.CREATED] * len(entries)


async def measure(entries: Sequence[Entry], redis: str, shards: int) -> Figures:
    """One index of so many shards."""
    address = parse_address(f"{redis}?shards={shards}")
    server = Redis.from_url(redis, protocol=2)
    await server.flushdb()
    empty = await _used(server)
    passages = sum(len(entry.passages) for entry in entries)
    store = await open_redis(address, embedder="measured", dim=entries[0].vectors.shape[1])
    clock = _Clock(server)
    put = await clock.spent([partial(store.put, batch) for batch in batches(entries)])
    figures: Figures = {
        "shards": shards,
        "articles": len(entries),
        "passages": passages,
        "put_passages_a_second": round(passages * 1000 / sum(put.times_ms)),
        "put_server_cpu_ms_a_passage": round(put.server_ms / passages, 3),
        "put_client_cpu_ms_a_passage": round(put.client_ms / passages, 3),
        "bytes_a_passage": round((await _used(server) - empty) / passages),
        "bytes_by_structure": await _by_structure(server, address.prefix, passages),
        **await _answers(store, entries, clock.timed),
    }
    await store.close()
    await server.aclose()
    return figures


def batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """As big as the product's."""
    batch: list[Entry] = []
    passages = 0
    for entry in entries:
        batch.append(entry)
        passages += len(entry.passages)
        if passages >= PASSAGES_A_BATCH:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


async def _answers(store: RedisStore, entries: Sequence[Entry], timed: _Timed) -> Figures:
    vectors = np.concatenate([entry.vectors for entry in entries])
    names = [f"{e.article.id}:{i}" for e in entries for i in range(len(e.passages))]
    publishers = [e.article.publisher for e in entries for _ in e.passages]
    random = np.random.default_rng(7)
    chosen = random.integers(0, len(vectors), QUESTIONS)
    noise = random.standard_normal((QUESTIONS, vectors.shape[1]))
    noise *= MOVED / np.linalg.norm(noise, axis=1, keepdims=True)
    queries = (vectors[chosen] + noise).astype(np.float32)
    texts = [passage.span.of(entry.article.text) for entry in entries for passage in entry.passages]
    words = [" ".join(texts[i].split()[:12]) for i in chosen.tolist()]
    common = max(set(publishers), key=publishers.count)
    rare = min(set(publishers), key=publishers.count)
    dates = sorted(e.article.published_at for e in entries if e.article.published_at)
    filters = {
        "": Filters(),
        " as_of": Filters(as_of=dates[len(dates) // 2]),
        " common_publisher": Filters(include_publishers=frozenset({common})),
        " rare_publisher": Filters(include_publishers=frozenset({rare})),
    }
    nearest, matching = partial(store.nearest, limit=LIMIT), partial(store.matching, limit=LIMIT)
    figures: Figures = {}
    for name, some in filters.items():
        figures[f"nearest{name}"] = await timed([partial(nearest, q, some) for q in queries])
        figures[f"matching{name}"] = await timed([partial(matching, w, some) for w in words])
        figures[f"coverage{name}"] = await timed([partial(store.coverage, some)] * QUESTIONS)
    figures["recall"] = await _recall(store, queries, vectors, names)
    asked = [names[i : i + 400 : 10] for i in chosen.tolist()]
    figures["passages, 40"] = await timed([partial(store.passages, ids) for ids in asked])
    page = partial(store.articles, Filters(), limit=20)
    figures["articles, 20"] = await timed([page] * QUESTIONS)
    speakers = [
        q.attribution.speaker.text for e in entries for q in e.quotes if q.attribution.speaker
    ] or [""] * QUESTIONS
    some_speakers = speakers[:: max(1, len(speakers) // QUESTIONS)]
    figures["said, 20"] = await timed(
        [partial(store.said, QuoteQuery(speaker=name), limit=20) for name in some_speakers]
    )
    return figures


async def _recall(
    store: RedisStore,
    queries: NDArray[np.float32],
    vectors: NDArray[np.float32],
    names: Sequence[str],
) -> dict[str, float]:
    found = dict.fromkeys((20, 50, LIMIT), 0)
    errors = []
    for query in queries:
        exact = vectors @ query / np.linalg.norm(query)
        best = [names[i] for i in np.argsort(-exact)]
        hits = await store.nearest(query, Filters(), limit=LIMIT)
        scores = dict(zip(names, exact.tolist(), strict=True))
        errors += [abs(hit.score - scores[hit.passage_id]) for hit in hits]
        ids = [hit.passage_id for hit in hits]
        for depth in found:
            found[depth] += len(set(best[:depth]) & set(ids[:depth]))
    recall = {f"@{depth}": round(n / depth / len(queries), 4) for depth, n in found.items()}
    return recall | {"largest error of a cosine": round(max(errors), 6)}


@dataclass(frozen=True, slots=True)
class _Spent:
    """Milliseconds: of each question, and of the processors for all of them on either side."""

    times_ms: list[float]
    server_ms: float
    client_ms: float


@dataclass(frozen=True, slots=True)
class _Clock:
    """Asks one after the other."""

    server: Redis

    async def timed(self, questions: _Questions) -> Figures:
        """Milliseconds of one question, after a first one that is not counted."""
        await questions[0]()
        spent = await self.spent(questions)
        return {
            "median_ms": round(statistics.median(spent.times_ms), 2),
            "p95_ms": round(statistics.quantiles(spent.times_ms, n=20)[-1], 2),
            "server_cpu_ms": round(spent.server_ms / len(questions), 2),
            "client_cpu_ms": round(spent.client_ms / len(questions), 2),
        }

    async def spent(self, questions: _Questions) -> _Spent:
        """What they take."""
        before, own = await self._server_s(), time.process_time()
        times = []
        for question in questions:
            started = time.perf_counter()
            await question()
            times.append((time.perf_counter() - started) * 1000)
        own, server = time.process_time() - own, await self._server_s() - before
        return _Spent(times, server * 1000, own * 1000)

    async def _server_s(self) -> float:
        info = await self.server.info("cpu")
        return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])


async def _used(server: Redis) -> int:
    info = await server.info("memory")
    return int(info["used_memory"])


async def _by_structure(server: Redis, prefix: str, passages: int) -> dict[str, int]:
    used: defaultdict[str, int] = defaultdict(int)
    async for key in server.scan_iter(match=f"{prefix}:*", count=1_000):
        shard, _, rest = key.decode("utf-8", "replace").partition("}:")
        kind = KINDS.get(rest.partition(":")[0], "other") if rest else "other"
        used[kind] += await server.memory_usage(key, samples=0) or 0
        del shard
    return {kind: round(size / passages) for kind, size in sorted(used.items())}


def main() -> None:
    """Prints the figures as they come, and writes them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--redis", required=True)
    parser.add_argument("--shards", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()

    async def run() -> list[Figures]:
        entries = await make_entries(options.data, options.articles)
        return [await measure(entries, options.redis, shards) for shards in options.shards]

    figures = asyncio.run(run())
    print(json.dumps(figures, indent=2))
    options.out.write_text(json.dumps(report({"indexes": figures}), indent=2) + "\n")


if __name__ == "__main__":
    main()
