"""The word leg of the Redis store alone: what it finds, its bytes and its milliseconds.

    python -m benchmarks.redis_words --redis redis://127.0.0.1:6379 --articles ARTICLES
        --newsroom CLAIMS --data FOLDER --out JSON [--passages 10000 100000 1000000]
        [--shards 1 3 6 16] [--part found grown]

The server must be an empty one that nobody else uses. `found` asks the claims of `FOLDER` over its
pool of sentences, and those about articles over these articles and as many others again, of both
stores' word legs; the vector leg is the embedded store's for both. `grown` fills indexes of each
size and number of shards (stories.py), and asks the claims about articles. Parts that are measured
anew replace what is in the JSON.

    hit@k           a passage that bears on the claim is among the first k
    bytes           a passage takes in Redis, all keys of the leg
    read            kilobytes of masks that a question reads
    ask             milliseconds that a question waits, one after the other
    asker, server   processor time of it, of this process and of the server's
    add, remove     processor time of one article's words, of the server's
    written         bytes that a passage adds to the append-only file, if there is one
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import redis

from benchmarks.machine import report
from benchmarks.measures import hit, recall
from benchmarks.stories import Question, Story, grown, questions_about, read_stories
from service.domain.article import Article, Passage
from service.domain.claim import Filters
from service.domain.text import Span, normalise
from service.models.embedder import load_embedder
from service.pipeline.retrieve import DEPTH, fuse
from service.ports import Embedder, Entry, Hit
from service.stores.context import texts_in_context
from service.stores.embedded import open_embedded
from service.stores.redis.address import parse_address
from service.stores.redis.durability import Durability
from service.stores.redis.keys import Command, all_keys, shard_of
from service.stores.redis.nodes import Nodes
from service.stores.redis.steps import derive
from service.stores.redis.term_lists import read_lists
from service.stores.redis.words import MOST_BYTES, Words
from training.rows import find_rows, read_rows

CUTS: Final = (20, DEPTH)
OTHERS: Final = 450
ASKED: Final = 300
AT_ONCE: Final = 50
CHANGED: Final = 50
"""Articles that are taken out and put in again, to be timed."""


class Leg:
    """The word leg of a Redis store, with nothing beside it."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.words = Words(nodes)
        self._numbers = [0] * len(nodes.keys)
        self._names: dict[tuple[int, int], str] = {}

    async def fill(self, stories: Iterable[Story]) -> int:
        """Puts articles; how many passages they have."""
        passages = 0
        every = iter(stories)
        while some := list(islice(every, AT_ONCE)):
            passages += sum(len(story.spans) for story in some)
            asked: dict[int, list[Command]] = {}
            for story in some:
                shard = shard_of(story.id, len(self.nodes.keys))
                self._numbers[shard] += 1
                self._names[shard, self._numbers[shard]] = story.id
                added = self.words.add(
                    self.nodes.keys[shard], self._numbers[shard], _contexts(story)
                )
                asked.setdefault(shard, []).append(derive(self.nodes.keys[shard], added))
            await self.nodes.ask(asked)
        return passages

    async def change(self, story: Story, *, come: bool) -> None:
        """Takes the words of an article out, or in again."""
        shard = shard_of(story.id, len(self.nodes.keys))
        number = next(n for (at, n), name in self._names.items() if (at, name) == (shard, story.id))
        change = self.words.add if come else self.words.remove
        keys = self.nodes.keys[shard]
        await self.nodes.ask({shard: [derive(keys, change(keys, number, _contexts(story)))]})

    async def matching(self, claim: str) -> list[Hit]:
        """As the store answers."""
        everything = [np.ones(last + 1, bool) for last in self._numbers]
        found = await self.words.matching(claim, everything, limit=DEPTH)
        hits = [Hit(f"{self._names[f.shard, f.number]}:{f.ordinal}", f.score) for f in found]
        return sorted(hits, key=lambda one: (-one.score, one.passage_id))[:DEPTH]

    async def read_bytes(self, claim: str) -> int:
        """Of masks that a question reads."""
        names, telling = self.words.terms(claim)
        lists = await read_lists(self.nodes, names, telling, most_bytes=MOST_BYTES)
        return sum(len(part) for parts in lists.parts for part in parts)


def _contexts(story: Story) -> tuple[str, ...]:
    return texts_in_context(story.title, story.text, story.spans)


@asynccontextmanager
async def empty_leg(url: str, shards: int) -> AsyncIterator[Leg]:
    """A leg without an article; the server is emptied afterwards."""
    server = redis.Redis.from_url(url)
    if server.dbsize():
        raise SystemExit(f"{url} is not empty")
    address = parse_address(url)
    nodes = Nodes(address, all_keys(address.prefix, shards), Durability.MEMORY)
    try:
        await nodes.open()
        yield Leg(nodes)
    finally:
        await nodes.close()
        server.flushall()
        server.close()


async def found(
    url: str, stories: Sequence[Story], questions: Sequence[Question], embedder: Embedder
) -> dict[str, Any]:
    """What both word legs find alone, and fused with the vector leg."""
    texts = [span.of(story.text) for story in stories for span in story.spans]
    rows = iter(np.split(await embedder.embed(texts), np.cumsum([len(s.spans) for s in stories])))
    entries = [
        Entry(
            Article(id=story.id, text=story.text, title=story.title),
            tuple(Passage(span, (span,)) for span in story.spans),
            (),
            vectors,
        )
        for story, vectors in zip(stories, rows, strict=False)
    ]
    asked = await embedder.embed([question.claim for question in questions])
    rankings: dict[str, list[list[str]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = await open_embedded(Path(folder), embedder=embedder.fingerprint, dim=embedder.dim)
        for start in range(0, len(entries), 500):
            await store.put(entries[start : start + 500])
        async with empty_leg(url, 16) as leg:
            await leg.fill(stories)
            for question, vector in zip(questions, asked, strict=True):
                near = await store.nearest(vector, Filters(), limit=DEPTH)
                ours = await store.matching(question.claim, Filters(), limit=DEPTH)
                theirs = await leg.matching(question.claim)
                for name, hits in (("embedded", ours), ("redis", theirs)):
                    both = [one.passage_id for one in fuse(near, hits)]
                    rankings.setdefault(f"words, {name}", []).append([h.passage_id for h in hits])
                    rankings.setdefault(f"hybrid, {name}", []).append(both)
        await store.close()
    same = [
        a == b for a, b in zip(rankings["words, embedded"], rankings["words, redis"], strict=True)
    ]
    return {
        "passages": len(texts),
        "claims": len(questions),
        "same_answer": _percent(same),
        "rankings": {name: _scores(questions, ranked) for name, ranked in rankings.items()},
    }


async def measured(
    url: str, shards: int, stories: Iterable[Story], questions: Sequence[Question]
) -> dict[str, Any]:
    """An index of some size: bytes, times, and what is found."""
    server = redis.Redis.from_url(url)
    async with empty_leg(url, shards) as leg:
        sample: list[Story] = []
        before = _taken(server)
        passages = await leg.fill(_keeping(stories, sample))
        filled = _taken(server)
        rankings, times, read = [], [], []
        await leg.matching(questions[0].claim)
        asking = _taken(server)
        for question in questions:
            started = np.array([time.perf_counter(), time.process_time()])
            hits = await leg.matching(question.claim)
            times.append(1000 * (np.array([time.perf_counter(), time.process_time()]) - started))
            rankings.append([one.passage_id for one in hits])
        asked = _taken(server)
        for story in sample:
            await leg.change(story, come=False)
        removed = _taken(server)
        for story in sample:
            await leg.change(story, come=True)
        added = _taken(server)
        read = [await leg.read_bytes(question.claim) / 1000 for question in questions]
    server.close()
    return {
        "passages": passages,
        "shards": shards,
        **_scores(questions, rankings),
        "bytes": round((filled.bytes - before.bytes) / passages, 1),
        "written": round((filled.written - before.written) / passages),
        "read": round(statistics.fmean(read)),
        "read_most": round(max(read)),
        "ask": round(float(np.median(times, axis=0)[0]), 1),
        "asker": round(float(np.mean(times, axis=0)[1]), 1),
        "server": round((asked.ms - asking.ms) / len(questions), 2),
        "add": round((added.ms - removed.ms) / len(sample), 2),
        "remove": round((removed.ms - asked.ms) / len(sample), 2),
    }


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a server has taken so far: memory, file, and processor time."""

    bytes: int
    written: int
    ms: float


def _taken(server: redis.Redis) -> _Taken:
    told: dict[str, Any] = server.info("everything")
    seconds = told["used_cpu_user_main_thread"] + told["used_cpu_sys_main_thread"]
    return _Taken(told["used_memory"], told.get("aof_current_size", 0), 1000 * seconds)


def _keeping(stories: Iterable[Story], sample: list[Story]) -> Iterator[Story]:
    """All of them; some evenly spread are kept in `sample`."""
    for i, story in enumerate(stories):
        if i % CHANGED == 0 and len(sample) < CHANGED:
            sample.append(story)
        yield story


def _scores(questions: Sequence[Question], rankings: Sequence[Sequence[str]]) -> dict[str, float]:
    pairs = list(zip(rankings, (question.relevant for question in questions), strict=True))
    return {
        **{f"hit@{k}": _percent(hit(*pair, k) for pair in pairs) for k in CUTS},
        "recall@20": _percent(recall(*pair, 20) for pair in pairs),
    }


def _percent(values: Iterable[float]) -> float:
    return round(100 * statistics.fmean(values), 2)


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """All parts that are asked for."""
    stories = list(read_stories(read_rows(given.articles)))
    questions = questions_about(stories, read_rows(given.newsroom))
    decide = {name.rpartition(":")[0] for question in questions for name in question.relevant}
    stories.sort(key=lambda story: story.id not in decide)
    figures: dict[str, Any] = {}
    if "found" in given.part:
        embedder = load_embedder()
        others = stories[len(decide) :]
        some = stories[: len(decide)] + others[:: max(1, len(others) // OTHERS)]
        figures["sentences"] = await found(given.redis, *_sentences(given.data), embedder)
        figures["articles"] = await found(given.redis, some, questions, embedder)
        await embedder.close()
    if "grown" in given.part:
        some_questions = questions[:: max(1, len(questions) // ASKED)]
        for passages in given.passages:
            for shards in given.shards:
                archive = grown(stories, passages)
                name = f"{passages:,} passages, {shards} shards"
                figures[name] = await measured(given.redis, shards, archive, some_questions)
                print(name, json.dumps(figures[name]), flush=True)
    return figures


def _sentences(data: Path) -> tuple[list[Story], list[Question]]:
    """The pool, each sentence as an article, and the claims that something in it bears on."""
    pool = [
        Story(row["id"], "", text, (Span(0, len(text)),))
        for row in find_rows(data, "*sentences.jsonl*")
        if (text := normalise(row["text"]))
    ]
    claims = [
        Question(row["claim"], frozenset(f"{name}:0" for name in row["relevant"]))
        for row in find_rows(data, "*queries*.jsonl*")
        if row["relevant"]
    ]
    return pool, claims


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--redis", required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--newsroom", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--shards", type=int, nargs="+", default=[1, 3, 6, 16])
    parser.add_argument("--part", nargs="+", choices=("found", "grown"), default=("found", "grown"))
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    before = json.loads(given.out.read_text())["figures"] if given.out.exists() else {}
    figures = before | asyncio.run(run(given))
    print(json.dumps(figures, indent=1))
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
