r"""How a check grows from 10,000 to a million passages in Redis, over one server and over several.

    python -m benchmarks.redis_scale fill --redis URL --passages 10000 100000 1000000 [--shards 16]
        --articles ARTICLES --newsroom CLAIMS --folder FOLDER --out JSON
    python -m benchmarks.redis_scale copy --source URL --redis URL --passages 1000000 --out JSON
    python -m benchmarks.redis_scale ask --redis URL... --passages 10000 100000 1000000
        [--claims 100] [--checks 40]
        --articles ARTICLES --newsroom CLAIMS --folder FOLDER --out JSON

URL is redis://127.0.0.1:7101, or redis+cluster://… for one node of a cluster without replicas;
benchmarks/README.md says how they are started. An index of each size has a prefix of its own.
Figures that are measured anew replace those in the JSON.

    fill    puts the articles, those first that decide a claim; what that costs, and takes
    copy    the parts of an index that is filled, moved as a cluster moves slots (MIGRATE): a
            million passages need not be placed again for each number of servers
    ask     claims: retrieval, and each of its legs alone; recall@k of the vector leg against a scan
            of the float32 vectors; for `--checks` of them whole checks with the default models,
            and what is read and judged in these

The real articles come first. The others have texts of two real ones each (stories.py) and vectors
of two passages each with noise (`corpus.mixed`), out of the first 20,000, which are embedded and
kept in `--folder`. Milliseconds are those that the asker waits, and those of processors: the
asker's, all servers' together and, in each question, the busiest server's.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, repeat
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import redis
from numpy.typing import NDArray
from redis.crc import key_slot

from benchmarks.corpus import Vectors, mixed
from benchmarks.machine import report
from benchmarks.measures import hit, recall
from benchmarks.redis_store import batches
from benchmarks.stories import Question, Story, grown, questions_about, read_stories
from service.domain.article import Article, Passage, article_of
from service.domain.claim import Claim, Filters
from service.english.speech.acts import speeches_by_rules
from service.english.text.segment import segment
from service.models.embedder import load_embedder
from service.pipeline.assertion import read_assertion
from service.pipeline.attribute import quotes_of
from service.pipeline.claims import why_not_checkable
from service.pipeline.judge import judge
from service.pipeline.retrieve import DEPTH
from service.pipeline.windows import read_around
from service.ports import Entry
from service.settings import Settings
from service.stores.redis import Durability, open_redis, parse_address
from service.stores.redis.address import SHARDS
from service.stores.redis.keys import facts_key
from service.wiring import build
from training.rows import read_rows

T = TypeVar("T")

SIZES: Final = (10_000, 100_000, 1_000_000)
EMBEDDED: Final = 20_000
CUTS: Final = (20, 50, DEPTH)
WARMING_UP: Final = 3
KEYS_AT_ONCE: Final = 200
MOVED_WITHIN_MS: Final = 120_000
PUBLISHERS: Final = 100
_FIRST_DAY: Final = datetime(2020, 1, 1, tzinfo=UTC)
_DAYS: Final = 1_800
BATCHES_TOLD: Final = 100


@dataclass(frozen=True, slots=True)
class Archive:
    """Articles, those first that claims are about, and the vectors of their first passages, made by
    the embedder with this fingerprint."""

    stories: Sequence[Story]
    vectors: Vectors
    embedder: str

    def entries(self, passages: int) -> Iterator[Entry]:
        """As many as have so many passages."""
        for number, (story, vectors, real) in enumerate(self.rows(passages)):
            parts = tuple(Passage(span, (span,)) for span in story.spans)
            if real:
                parts = segment(story.text).passages
            sentences = [sentence for part in parts for sentence in part.sentences]
            article = Article(
                id=story.id,
                text=story.text,
                title=story.title,
                publisher=f"Publisher {number % PUBLISHERS}",
                published_at=_FIRST_DAY + timedelta(days=number % _DAYS),
            )
            told = speeches_by_rules(story.text, sentences)
            yield Entry(article, parts, quotes_of(story.text, sentences, told), vectors)

    def rows(self, passages: int) -> Iterator[tuple[Story, Vectors, bool]]:
        """Articles with the vectors of their passages, and whether these are its own."""
        first = 0
        for number, story in enumerate(grown(self.stories, passages)):
            last = first + len(story.spans)
            own = last <= len(self.vectors)
            vectors = self.vectors[first:last]
            yield story, vectors if own else mixed(self.vectors, number, last - first)[1], own
            first = last

    def nearest(self, queries: Vectors, passages: int) -> list[list[str]]:
        """The ids of the DEPTH passages nearest to each query, by a scan."""
        scores = np.full((len(queries), DEPTH), -np.inf, np.float32)
        names = np.full((len(queries), DEPTH), "", object)
        rows = self.rows(passages)
        while some := list(islice(rows, 500)):
            ids = np.array([f"{s.id}:{i}" for s, *_ in some for i in range(len(s.spans))], object)
            every = np.hstack((scores, queries @ np.concatenate([v for _, v, _ in some]).T))
            named = np.hstack((names, np.broadcast_to(ids, (len(queries), len(ids)))))
            best = np.argsort(-every, axis=1, kind="stable")[:, :DEPTH]
            scores = np.take_along_axis(every, best, axis=1)
            names = np.take_along_axis(named, best, axis=1)
        return [[name for name in row if name] for row in names.tolist()]


@dataclass(frozen=True, slots=True)
class Clock:
    """Milliseconds by what was done: waited, of the asker's processor, of each server's."""

    servers: Sequence[redis.Redis]
    spent: defaultdict[str, list[NDArray[np.float64]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    async def of(self, name: str, doing: Awaitable[T]) -> T:
        """What is awaited, timed."""
        servers, own, started = self._servers_s(), time.process_time(), time.perf_counter()
        result = await doing
        ended = [time.perf_counter() - started, time.process_time() - own]
        self.spent[name].append(1000 * np.array([*ended, *(self._servers_s() - servers)]))
        return result

    def summary(self) -> dict[str, dict[str, dict[str, float]]]:
        """Median and 95th percentile of each."""
        found = {}
        for name, times in self.spent.items():
            waits, asker, *servers = np.array(times).T
            columns = {
                "waits": waits,
                "asker": asker,
                "servers": np.sum(servers, axis=0),
                "busiest": np.max(servers, axis=0),
            }
            found[name] = {
                column: {f"p{p}": round(float(np.percentile(each, p)), 2) for p in (50, 95)}
                for column, each in columns.items()
            }
        return found

    def _servers_s(self) -> NDArray[np.float64]:
        told = [server.info("cpu") for server in self.servers]
        return np.array([one["used_cpu_user"] + one["used_cpu_sys"] for one in told])


def servers_of(url: str) -> dict[redis.Redis, range]:
    """A connection to each server of a store, and which slots it has."""
    address = parse_address(url)
    first = redis.Redis(host=address.host, port=address.port, protocol=2)
    if not address.cluster:
        return {first: range(2**14)}
    told: Any = first.execute_command("CLUSTER SLOTS")  # type: ignore[no-untyped-call]
    return {
        redis.Redis(host=primary[0].decode(), port=primary[1], protocol=2): range(begin, end + 1)
        for begin, end, primary, *_ in told
    }


def store_of(url: str, passages: int) -> str:
    """The address of the index of this size."""
    return f"{url}?prefix=passages-{passages}"


async def fill(archive: Archive, url: str, passages: int, shards: int) -> dict[str, Any]:
    """What it costs to put so many passages, and what they take."""
    address = parse_address(f"{store_of(url, passages)}&shards={shards}")
    clock = Clock(list(servers_of(url)))
    before = _used(clock.servers)
    store = await open_redis(
        address,
        embedder=archive.embedder,
        dim=archive.vectors.shape[1],
        durability=Durability.MEMORY,
    )
    put = 0
    following = batches(archive.entries(passages))
    batch = await asyncio.to_thread(next, following, None)
    while batch:
        making = asyncio.create_task(asyncio.to_thread(next, following, None))
        await clock.of("put", store.put(batch))
        put += sum(len(entry.passages) for entry in batch)
        if len(clock.spent["put"]) % BATCHES_TOLD == 0:
            print(f"{put:,} passages", flush=True)
        batch = await making
    await store.close()
    times = np.array(clock.spent["put"])
    servers_ms = times[:, 2:].sum(axis=1)
    return {
        "put": put,
        "a_second": round(1000 * put / times[:, 0].sum()),
        "server_ms": round(servers_ms.sum() / put, 3),
        "server_ms_by_tenths": [
            round(part.mean() * len(times) / put, 3)
            for part in np.array_split(servers_ms, min(10, len(times)))
        ],
        "bytes": round((_used(clock.servers) - before) / put),
    }


def copy(source_url: str, target_url: str, passages: int) -> dict[str, Any]:
    """Copies an index to another store, key by key as a cluster moves slots."""
    sources, targets = servers_of(source_url), servers_of(target_url)
    before, started = _used(targets), time.perf_counter()
    pattern = f"{parse_address(store_of(source_url, passages)).prefix}:*"
    for source in sources:
        slots: defaultdict[int, list[bytes]] = defaultdict(list)
        for key in source.scan_iter(match=pattern, count=1_000):
            slots[key_slot(key)].append(key)
        for slot, keys in slots.items():
            _migrate(source, next(one for one, has in targets.items() if slot in has), keys)
    return {
        "copied_in_s": round(time.perf_counter() - started, 1),
        "bytes": round((_used(targets) - before) / passages),
    }


def _migrate(source: redis.Redis, target: redis.Redis, keys: Sequence[bytes]) -> None:
    place = target.get_connection_kwargs()
    for first in range(0, len(keys), KEYS_AT_ONCE):
        source.execute_command(  # type: ignore[no-untyped-call]
            "MIGRATE", place["host"], place["port"], "", 0, MOVED_WITHIN_MS, "COPY", "KEYS",
            *keys[first : first + KEYS_AT_ONCE],
        )  # fmt: skip


def _used(servers: Iterable[redis.Redis]) -> int:
    return sum(int(server.info("memory")["used_memory"]) for server in servers)


async def ask(
    store: str,
    questions: Sequence[Question],
    queries: Vectors,
    exact: Sequence[Sequence[str]],
    *,
    checks: int,
) -> dict[str, Any]:
    """What is found for questions with these vectors, whose nearest passages are `exact`, and what
    that costs; of so many of them what whole checks cost, and their parts."""
    clock = Clock(list(servers_of(store)))
    settings = Settings(store=store, redis_durability=Durability.MEMORY.value, cache_bytes=0)
    found, near = [], []
    async with build(settings) as services:
        checker = services.checker
        for question in questions[-WARMING_UP:]:
            await checker.check(Claim(question.claim))
        for question, query in zip(questions, queries, strict=True):
            searching = checker.search(question.claim, Filters(), limit=checker.passages)
            found.append([each.stored.id for each in await clock.of("retrieve", searching)])
            asking = checker.store.nearest(query, Filters(), limit=DEPTH)
            near.append([hit.passage_id for hit in await clock.of("vectors", asking)])
            matching = checker.store.matching(question.claim, Filters(), limit=DEPTH)
            await clock.of("words", matching)
        claims = [question.claim for question in _spread(questions, checks)]
        for claim in claims:
            await clock.of("check", checker.check(Claim(claim)))
        for claim in claims:
            passages = await checker.search(claim, Filters(), limit=checker.passages)
            reading = read_around(claim, passages, checker.store, tokens=checker.tokens)
            stretches = await clock.of("read", reading)
            words = read_assertion(claim).to_be_judged
            await clock.of("judge", judge(words, stretches, checker.stance))
    relevant = [question.relevant for question in questions]
    return {
        "claims": len(questions),
        **{f"recall@{k}": _share(map(_overlap, near, exact, repeat(k))) for k in CUTS},
        f"hit@{checker.passages}": _share(map(hit, found, relevant, repeat(checker.passages))),
        "checks": len(claims),
        "ms": clock.summary(),
    }


def _spread(every: Sequence[T], count: int) -> Sequence[T]:
    return every[:: max(1, len(every) // max(1, count))][:count]


def _overlap(found: Sequence[str], exact: Sequence[str], k: int) -> float:
    return recall(found, frozenset(exact[:k]), k)


def _share(values: Iterable[float]) -> float:
    return round(100 * statistics.fmean(values), 2)


async def read_archive(given: argparse.Namespace) -> tuple[Archive, list[Question], Vectors]:
    """Everything that is put, and claims that can be checked about it with their vectors."""
    stories = [story for story in read_stories(read_rows(given.articles)) if story.spans]
    every = [
        question
        for question in questions_about(stories, read_rows(given.newsroom))
        if not why_not_checkable(question.claim)
    ]
    questions = list(_spread(every, given.claims))
    decide = {article_of(name) for question in every for name in question.relevant}
    stories.sort(key=lambda story: story.id not in decide)
    embedder = load_embedder()
    queries = await embedder.embed([question.claim for question in questions])
    file = given.folder / f"{EMBEDDED}-passages-{embedder.fingerprint.replace('/', '-')}.npy"
    if not file.exists():
        texts = [span.of(story.text) for story in stories for span in story.spans]
        np.save(file, await embedder.embed(texts[:EMBEDDED]))
    await embedder.close()
    archive = Archive(stories, np.load(file, allow_pickle=False), embedder.fingerprint)
    return archive, questions, queries


async def run(given: argparse.Namespace, figures: dict[str, Any]) -> None:
    """Puts what is measured into `figures`, by passages and store."""
    if given.part == "copy":
        for passages in given.passages:
            _add(figures, given.redis[0], passages, copy(given.source, given.redis[0], passages))
        return
    archive, questions, queries = await read_archive(given)
    for passages in given.passages:
        if given.part == "fill":
            found = await fill(archive, given.redis[0], passages, given.shards)
            _add(figures, given.redis[0], passages, found)
            continue
        exact = archive.nearest(queries, passages)
        for url in given.redis:
            store = store_of(url, passages)
            found = await ask(store, questions, queries, exact, checks=given.checks)
            _add(figures, url, passages, found)


def _add(figures: dict[str, Any], url: str, passages: int, found: dict[str, Any]) -> None:
    """Names what was found by its size, its servers and its shards."""
    servers, key = servers_of(url), facts_key(parse_address(store_of(url, passages)).prefix)
    facts: Any = next(
        one.get(key) for one, slots in servers.items() if key_slot(key.encode()) in slots
    )
    about = {"passages": passages, "servers": len(servers), "shards": json.loads(facts)["shards"]}
    name = "{passages:,} passages, {servers} servers, {shards} shards".format(**about)
    figures[name] = figures.get(name, about) | found
    print(name, json.dumps(found), flush=True)


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("part", choices=("fill", "copy", "ask"))
    parser.add_argument("--redis", nargs="+", required=True)
    parser.add_argument("--source", help="what is copied")
    parser.add_argument("--passages", type=int, nargs="+", default=SIZES)
    parser.add_argument("--shards", type=int, default=SHARDS)
    parser.add_argument("--claims", type=int, default=100)
    parser.add_argument("--checks", type=int, default=40)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--newsroom", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    figures = json.loads(given.out.read_text())["figures"] if given.out.exists() else {}
    asyncio.run(run(given, figures))
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
