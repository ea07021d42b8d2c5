"""How many sentences a passage should hold: what is found, and what reading it costs.

    python benchmarks/passage_size.py --data ARTICLES [--retrieval FOLDER] --out JSON

`ARTICLES` is JSON Lines (gzip or not) with `text` and `title`; `FOLDER` holds
`fever_sentences.jsonl.gz` (`id`, `text`) and `fever_queries_dev.jsonl.gz` (`claim`, `relevant`).

Four kinds of query, each answered by words (BM25, tantivy) and by vectors (the built-in embedder):
    half       a sentence of an article with half of its words left out; found: that sentence
    pronoun    the same of a sentence that starts with He or She, the name of the sentence before in
               the pronoun's place, as a claim would have it; found: that sentence
    headline   an article's headline; found: any passage of the article
    unrelated  a FEVER claim; its sentences stand among neighbours taken at random, the worst case
A passage is up to `size` sentences of a paragraph, a new one every `stride` sentences; with
`enough`, no more than make that many characters. Besides recall@k, in which a longer passage has
the advantage, recall is given for a fixed number of characters read in
the order of the ranking: a check scores each passage with a model, which costs by length.
"""

import argparse
import asyncio
import gzip
import json
import platform
import random
import re
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from service.domain.text import normalise
from service.english.text.paragraphs import paragraphs
from service.english.text.segment import MAX_PASSAGE_CHARS
from service.english.text.sentences import sentences
from service.models.embedder import OnnxEmbedder, load_embedder

DEPTHS = (1, 5, 20)
READ_CHARS = 4_000
TOP = 200
ARTICLES, QUERIES, POOL = 400, 500, 9_000
_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_WORD = re.compile(r"\w+")

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """How passages are made."""

    size: int
    stride: int
    enough_chars: int = MAX_PASSAGE_CHARS

    def __str__(self) -> str:
        enough = "" if self.enough_chars == MAX_PASSAGE_CHARS else f", enough {self.enough_chars}"
        return f"size {self.size}, stride {self.stride}{enough}"


SHAPES = (
    *(Shape(1, 1), Shape(2, 2), Shape(2, 1), Shape(3, 3), Shape(3, 2)),
    *(Shape(3, 3, enough_chars) for enough_chars in (40, 80)),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`key` is article and position in it; sentences with the same `paragraph` are neighbours."""

    key: Key
    paragraph: int
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """Found when a passage holds a sentence of `keys`."""

    text: str
    keys: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Window:
    """A passage: its text, and the sentences in it."""

    text: str
    keys: frozenset[Key]


def read_sentences(rows: Sequence[dict[str, Any]]) -> list[Sentence]:
    """All sentences of the articles."""
    found = []
    paragraph = 0
    for number, row in enumerate(rows):
        text, position = normalise(row["text"]), 0
        for span in paragraphs(text):
            paragraph += 1
            for sentence in sentences(text, span):
                found.append(Sentence((number, position), paragraph, sentence.of(text)))
                position += 1
    return found


def windows(pool: Sequence[Sentence], shape: Shape) -> Iterator[Window]:
    """Passages of neighbours in `pool`, within the product's limit of length."""
    start = 0
    while start < len(pool):
        end = start + 1
        while end < len(pool) and end - start < shape.size and _grows(pool, start, end, shape):
            end += 1
        run = pool[start:end]
        yield Window(" ".join(s.text for s in run), frozenset(s.key for s in run))
        is_last = end == len(pool) or pool[end].paragraph != pool[start].paragraph
        start = end if is_last else start + min(shape.stride, end - start)


def _grows(pool: Sequence[Sentence], start: int, end: int, shape: Shape) -> bool:
    length = sum(len(s.text) + 1 for s in pool[start:end]) - 1
    return (
        pool[start].paragraph == pool[end].paragraph
        and length < shape.enough_chars
        and length + 1 + len(pool[end].text) <= MAX_PASSAGE_CHARS
    )


def half(words: str, rng: random.Random) -> str:
    """`words` with every second one left out, by chance, in order."""
    parts = words.split()
    kept = sorted(rng.sample(range(len(parts)), (len(parts) + 1) // 2))
    return " ".join(parts[i] for i in kept)


def half_queries(pool: Sequence[Sentence], rng: random.Random) -> list[Query]:
    """Sentences of eight words or more, half of them left out."""
    long = [s for s in pool if len(s.text.split()) >= 8]
    chosen = rng.sample(long, min(QUERIES, len(long)))
    return [Query(half(s.text, rng), frozenset([s.key])) for s in chosen]


def pronoun_queries(pool: Sequence[Sentence], rng: random.Random) -> list[Query]:
    """Sentences about him or her, with the name that the sentence before gives."""
    found = []
    for before, sentence in pairwise(pool):
        names = _NAME.findall(before.text)
        pronoun, _, rest = sentence.text.partition(" ")
        is_about = pronoun in {"He", "She"} and before.paragraph == sentence.paragraph
        if names and is_about and len(rest.split()) >= 6:
            found.append(Query(f"{names[-1]} {half(rest, rng)}", frozenset([sentence.key])))
    return rng.sample(found, min(QUERIES, len(found)))


def headline_queries(rows: Sequence[dict[str, Any]], pool: Sequence[Sentence]) -> list[Query]:
    """Headlines whose words do not stand in the text one after the other."""
    keys: dict[int, set[Key]] = {}
    for sentence in pool:
        keys.setdefault(sentence.key[0], set()).add(sentence.key)
    return [
        Query(row["title"], frozenset(keys[number]))
        for number, row in enumerate(rows)
        if number in keys and len(row["title"].split()) >= 4 and row["title"] not in row["text"]
    ]


class Words:
    """BM25 over passages."""

    def __init__(self, texts: Sequence[str]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False, tokenizer_name="en_stem")
        builder.add_unsigned_field("row", stored=True)
        self._index = tantivy.Index(builder.build())
        writer = self._index.writer()
        for row, text in enumerate(texts):
            writer.add_document(tantivy.Document(text=text, row=row))
        writer.commit()
        self._index.reload()

    def ranked(self, text: str) -> list[int]:
        """Rows, best first."""
        words = " ".join(_WORD.findall(text.lower()))
        searcher = self._index.searcher()
        hits = searcher.search(self._index.parse_query(words, ["text"]), TOP).hits
        return [int(searcher.doc(address)["row"][0]) for _, address in hits]


def scores(
    queries: Sequence[Query], rankings: Sequence[Sequence[int]], passages: Sequence[Window]
) -> dict[str, float]:
    """Recall in per cent at each depth, and after READ_CHARS characters were read."""
    found: dict[str, int] = dict.fromkeys([f"@{k}" for k in DEPTHS] + ["read"], 0)
    for query, ranking in zip(queries, rankings, strict=True):
        ranks = [i for i, row in enumerate(ranking) if passages[row].keys & query.keys]
        first = ranks[0] if ranks else TOP
        for depth in DEPTHS:
            found[f"@{depth}"] += first < depth
        read = sum(len(passages[row].text) for row in ranking[:first])
        found["read"] += bool(ranks) and read < READ_CHARS
    return {name: round(100 * count / len(queries), 1) for name, count in found.items()}


async def measure(
    embedder: OnnxEmbedder, passages: Sequence[Window], queries: dict[str, list[Query]]
) -> dict[str, Any]:
    """Both legs on one set of passages."""
    vectors = await embedder.embed([passage.text for passage in passages])
    words = Words([passage.text for passage in passages])
    result: dict[str, Any] = {
        "passages": len(passages),
        "mean_chars": round(statistics.mean(len(passage.text) for passage in passages)),
    }
    for kind, asked in queries.items():
        asked_vectors: NDArray[np.float32] = await embedder.embed([query.text for query in asked])
        near = np.argsort(-(asked_vectors @ vectors.T), axis=1)[:, :TOP]
        result[kind] = {
            "queries": len(asked),
            "words": scores(asked, [words.ranked(query.text) for query in asked], passages),
            "vectors": scores(asked, near.tolist(), passages),
        }
    return result


def fever(folder: Path, rng: random.Random) -> tuple[list[Sentence], list[Query]]:
    """Claims with their sentences among others, all in random order in one paragraph."""
    claims = [row for row in rows_of(folder / "fever_queries_dev.jsonl.gz") if row["relevant"]]
    asked = rng.sample(claims, min(QUERIES, len(claims)))
    relevant = {name for row in asked for name in row["relevant"]}
    texts = {row["id"]: row["text"] for row in rows_of(folder / "fever_sentences.jsonl.gz")}
    others = sorted(texts.keys() - relevant)
    names = sorted(relevant) + rng.sample(others, min(POOL, len(others)))
    rng.shuffle(names)
    place = {name: (0, i) for i, name in enumerate(names)}
    pool = [Sentence(place[name], 0, texts[name]) for name in names]
    queries = [Query(r["claim"], frozenset(place[name] for name in r["relevant"])) for r in asked]
    return pool, queries


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, gzip or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


async def run(data: Path, retrieval: Path | None) -> dict[str, Any]:
    """Every shape of passage on every kind of query."""
    rng = random.Random(2)  # noqa: S311
    rows = rows_of(data)
    rows = rng.sample(rows, min(ARTICLES, len(rows)))
    pool = read_sentences(rows)
    queries = {
        "half": half_queries(pool, rng),
        "pronoun": pronoun_queries(pool, rng),
        "headline": headline_queries(rows, pool),
    }
    unrelated = fever(retrieval, rng) if retrieval else None
    embedder = load_embedder()
    result: dict[str, Any] = {}
    for shape in SHAPES:
        measured = await measure(embedder, list(windows(pool, shape)), queries)
        if unrelated and shape.size == shape.stride:
            cut = list(windows(unrelated[0], shape))
            alone = await measure(embedder, cut, {"unrelated": unrelated[1]})
            measured["unrelated"] = alone["unrelated"]
        show(str(shape), measured)
        result[str(shape)] = measured
    await embedder.close()
    return {"sentences": len(pool), "shapes": result}


def show(shape: str, result: dict[str, Any]) -> None:
    """One line a kind and leg."""
    print(f"{shape}: {result['passages']} passages of {result['mean_chars']} characters")
    for kind in ("half", "pronoun", "headline", "unrelated"):
        for leg in ("words", "vectors"):
            if kind in result:
                figures = "  ".join(f"{k} {v:5.1f}" for k, v in result[kind][leg].items())
                print(f"  {kind:10}{leg:8} n={result[kind]['queries']:4}  {figures}", flush=True)


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--retrieval", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    result = asyncio.run(run(arguments.data, arguments.retrieval))
    result |= {
        "machine": platform.platform(),
        "versions": {name: version(name) for name in ("onnxruntime", "tantivy", "sentencex")},
        "commit": subprocess.check_output(["git", "describe", "--always"], text=True).strip(),
    }
    arguments.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
