"""The word leg of the Redis store alone: what it finds, its bytes and its milliseconds.

    python -m benchmarks.redis_words --redis redis://127.0.0.1:6379 --articles ARTICLES
        --newsroom CLAIMS --data FOLDER --out JSON [--passages 10000 100000 1000000]
        [--shards 1 3 6 16] [--part found grown]

The server must be an empty one that nobody else uses. `found` asks the claims of `FOLDER` over its
pool of sentences, and those about articles over these articles and as many others again, of both
stores' word legs; the vector leg is the embedded store's for both. `grown` fills indexes of each
size and number of shards, and asks the claims about articles. Beyond the articles there are, an
archive grows by more that are made of two each: the first half of a sentence of the one and the
second half of one of the other, so that words that are said together stay together.

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
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import redis

from benchmarks.machine import report
from benchmarks.measures import hit, recall
from service.domain.article import Article, Passage
from service.domain.claim import Filters
from service.domain.text import Span, normalise
from service.english.text.segment import segment
from service.models.embedder import load_embedder
from service.pipeline.retrieve import DEPTH, fuse
from service.ports import Embedder, Entry, Hit
from service.stores.context import texts_in_context
from service.stores.embedded import open_embedded
from service.stores.redis.address import parse_address
from service.stores.redis.durability import Durability
from service.stores.redis.keys import Command, Keys, all_keys, shard_of
from service.stores.redis.nodes import Nodes
from service.stores.redis.standings import Standing
from service.stores.redis.steps import Step
from service.stores.redis.term_lists import read_lists
from service.stores.redis.words import MOST_BYTES, Words
from service.stores.times import FOREVER, UNDATED
from training.rows import Row, find_rows, read_rows

CUTS: Final = (20, DEPTH)
OTHERS: Final = 450
ASKED: Final = 300
AT_ONCE: Final = 50
CHANGED: Final = 50
"""Articles that are taken out and put in again, to be timed."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article cut into passages."""

    id: str
    title: str
    text: str
    spans: tuple[Span, ...]

    @property
    def contexts(self) -> tuple[str, ...]:
        return texts_in_context(self.title, self.text, self.spans)


@dataclass(frozen=True, slots=True)
class Question:
    """A claim, and the ids of the passages that bear on it."""

    claim: str
    relevant: frozenset[str]


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
                added = self.words.add(self.nodes.keys[shard], self._numbers[shard], story.contexts)
                asked.setdefault(shard, []).append(
                    _step(self.nodes.keys[shard], story, self._numbers[shard], added)
                )
            await self.nodes.ask(asked)
        return passages

    async def change(self, story: Story, *, come: bool) -> None:
        """Takes the words of an article out, or in again."""
        shard = shard_of(story.id, len(self.nodes.keys))
        number = next(n for (at, n), name in self._names.items() if (at, name) == (shard, story.id))
        change = self.words.add if come else self.words.remove
        keys = self.nodes.keys[shard]
        await self.nodes.ask(
            {shard: [_step(keys, story, number, change(keys, number, story.contexts))]}
        )

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


def _step(keys: Keys, story: Story, number: int, commands: Sequence[Command]) -> Command:
    """A step that is always carried out, as the article is never there before it."""
    standing = Standing(number, "", UNDATED, UNDATED, FOREVER, len(story.spans))
    step = Step(story.id, number, b"", (standing,), tuple(commands))
    return replace(step, after=()).command(keys)


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


def read_stories(rows: Iterable[Row]) -> Iterator[Story]:
    """Articles as they are indexed."""
    for row in rows:
        text = normalise(row["text"])
        spans = tuple(passage.span for passage in segment(text).passages)
        yield Story(row["id"], row.get("title") or "", text, spans)


def questions_about(stories: Sequence[Story], rows: Iterable[Row]) -> list[Question]:
    """The claims of which an article decides, with its passages that do."""
    by_id = {story.id: story for story in stories}
    found = []
    for row in rows:
        if row["label"] != "neutral" and (story := by_id.get(row["article"])):
            marked = [Span(*span) for span in row["evidence"]]
            ids = {
                f"{story.id}:{ordinal}"
                for ordinal, span in enumerate(story.spans)
                if any(span.overlaps(one) for one in marked)
            }
            found.append(Question(row["claim"], frozenset(ids)))
    return [question for question in found if question.relevant]


def grown(stories: Sequence[Story], passages: int) -> Iterator[Story]:
    """The articles, and as many more made of them as it takes."""
    count = 0
    for turn in range(1_000):
        for i, story in enumerate(stories):
            if count >= passages:
                return
            other = stories[(i + 37 * turn) % len(stories)]
            made = story if not turn else _mixed(story, other, f"{story.id}~{turn}")
            count += len(made.spans)
            yield made


def _mixed(first: Story, second: Story, name: str) -> Story:
    """Of each sentence of the one the first half, of one of the other's the second."""
    ends = [span.of(second.text).split() for span in second.spans] or [[""]]
    texts = []
    for i, span in enumerate(first.spans):
        begins, end = span.of(first.text).split(), ends[i % len(ends)]
        texts.append(" ".join([*begins[: len(begins) // 2], *end[len(end) // 2 :]]))
    spans, start = [], 0
    for text in texts:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 1
    words, others = first.title.split(), second.title.split()
    title = " ".join([*words[: len(words) // 2], *others[len(others) // 2 :]])
    return Story(name, title, "\n".join(texts), tuple(spans))


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
    decide = {name.rpartition(":")[0] for one in questions for name in one.relevant}
    stories.sort(key=lambda story: story.id not in decide)
    figures: dict[str, Any] = {}
    if "found" in given.part:
        embedder = load_embedder()
        others = stories[len(decide) :]
        some = stories[: len(decide)] + others[:: len(others) // OTHERS]
        pool = [
            Story(row["id"], "", text, (Span(0, len(text)),))
            for row in find_rows(given.data, "*sentences.jsonl*")
            if (text := normalise(row["text"]))
        ]
        fever = [
            Question(row["claim"], frozenset(f"{name}:0" for name in row["relevant"]))
            for row in find_rows(given.data, "*queries*.jsonl*")
            if row["relevant"]
        ]
        figures["found"] = {
            "sentences": await found(given.redis, pool, fever, embedder),
            "articles": await found(given.redis, some, questions, embedder),
        }
        await embedder.close()
    if "grown" in given.part:
        some_questions = questions[:: max(1, len(questions) // ASKED)]
        figures["grown"] = []
        for passages in given.passages:
            for shards in given.shards:
                archive = grown(stories, passages)
                figures["grown"].append(
                    await measured(given.redis, shards, archive, some_questions)
                )
                print(json.dumps(figures["grown"][-1]), flush=True)
    return figures


def main() -> None:
    """Reads the arguments, measures, writes; parts that are not asked for stay as they are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--redis", required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--newsroom", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--shards", type=int, nargs="+", default=[1, 3, 6, 16])
    parser.add_argument("--part", nargs="+", choices=("found", "grown"), default=("found", "grown"))
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    figures = asyncio.run(run(given))
    print(json.dumps(figures, indent=1))
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
