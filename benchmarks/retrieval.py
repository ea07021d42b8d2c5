"""How much of what bears on a claim is found: by words, by meaning, by both.

    python -m benchmarks.retrieval --data FOLDER --out JSON [--engine builtin sentence-transformers]

`FOLDER` holds `*sentences.jsonl.gz` (`id`, `text`) and `*queries*.jsonl.gz` (`claim`, `relevant`,
the ids of the sentences that bear on it; claims without any are left out). Each sentence goes into
a real embedded store as an article of one passage. The legs and the fusion are the product's own.

Measures are those of `measures.py`, the mean over all claims.

The peer is what sentence-transformers with faiss finds: the vectors of the published model, as
PyTorch makes them, in `IndexFlatIP`. With them comes the product's store on the same vectors.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import report
from benchmarks.measures import Ranking, gain, hit, recall
from benchmarks.peer import model_folder
from service.domain.article import Article, Passage
from service.domain.claim import Filters
from service.domain.text import Span, normalise
from service.models.embedder import OnnxEmbedder, load_embedder
from service.models.sentence_transformers import (
    SentenceTransformerEmbedder,
    load_sentence_transformer,
)
from service.pipeline.retrieve import DEPTH, RRF_K, fuse
from service.ports import Entry, Hit
from service.stores.embedded import EmbeddedStore, open_embedded
from training.rows import find_rows

CUTS = (1, 5, 20, 50)
GAIN_CUT = 10
KS = (2, 5, 10, 20, 60)
ARTICLES_A_PUT = 500
ENGINES = ("builtin", "sentence-transformers")


@dataclass(frozen=True, slots=True)
class Query:
    """A claim, and the ids of all that bears on it."""

    claim: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Legs:
    """What the store answers for one claim."""

    near: Sequence[Hit]
    matching: Sequence[Hit]


async def run(data: Path, engines: Sequence[str]) -> dict[str, Any]:
    """Every engine over the same pool and claims."""
    pool = {row["id"]: normalise(row["text"]) for row in find_rows(data, "*sentences.jsonl*")}
    rows = find_rows(data, "*queries*.jsonl*")
    queries = [Query(row["claim"], frozenset(row["relevant"])) for row in rows if row["relevant"]]
    found: dict[str, Any] = {"sentences": len(pool), "claims": len(queries), "engines": {}}
    for engine in engines:
        found["engines"][engine] = await _measured(engine, pool, queries)
    return found


async def _measured(
    engine: str, pool: dict[str, str], queries: Sequence[Query]
) -> dict[str, dict[str, float]]:
    embedder = _load(engine)
    stored = await embedder.embed(list(pool.values()))
    asked = await embedder.embed([query.claim for query in queries])
    await embedder.close()
    with tempfile.TemporaryDirectory() as folder:
        store = await open_embedded(Path(folder), embedder=embedder.fingerprint, dim=embedder.dim)
        await _fill(store, pool, stored)
        legs = [await _ask(store, *pair) for pair in zip(queries, asked, strict=True)]
        await store.close()
    rankings: dict[str, list[Ranking]] = {
        "words": [_ids(one.matching) for one in legs],
        "vectors": [_ids(one.near) for one in legs],
        "hybrid": [_fused(one, RRF_K) for one in legs],
        **{f"hybrid, k = {k}": [_fused(one, k) for one in legs] for k in KS},
    }
    if engine != "builtin":
        rankings["peer: faiss IndexFlatIP"] = _flat(list(pool), stored, asked)
    return {name: scores(queries, ranked) for name, ranked in rankings.items()}


def _load(engine: str) -> OnnxEmbedder | SentenceTransformerEmbedder:
    return load_embedder() if engine == "builtin" else load_sentence_transformer(model_folder())


async def _fill(store: EmbeddedStore, pool: dict[str, str], vectors: NDArray[np.float32]) -> None:
    entries = [
        _entry(name, text, row[None])
        for (name, text), row in zip(pool.items(), vectors, strict=True)
    ]
    for start in range(0, len(entries), ARTICLES_A_PUT):
        await store.put(entries[start : start + ARTICLES_A_PUT])


def _entry(name: str, text: str, vectors: NDArray[np.float32]) -> Entry:
    whole = Span(0, len(text))
    return Entry(Article(id=name, text=text), (Passage(whole, (whole,)),), (), vectors)


async def _ask(store: EmbeddedStore, query: Query, vector: NDArray[np.float32]) -> Legs:
    return Legs(
        near=await store.nearest(vector, Filters(), limit=DEPTH),
        matching=await store.matching(query.claim, Filters(), limit=DEPTH),
    )


def _fused(legs: Legs, k: int) -> Ranking:
    return [_article(one.passage_id) for one in fuse(legs.near, legs.matching, k=k)]


def _ids(hits: Sequence[Hit]) -> Ranking:
    return [_article(hit.passage_id) for hit in hits]


def _article(passage_id: str) -> str:
    return passage_id.rpartition(":")[0]


def _flat(
    names: Sequence[str], stored: NDArray[np.float32], asked: NDArray[np.float32]
) -> list[Ranking]:
    index = faiss.IndexFlatIP(stored.shape[1])
    index.add(stored)
    _, rows = index.search(asked, DEPTH)
    return [[names[row] for row in ranked] for ranked in rows]


def scores(queries: Sequence[Query], rankings: Sequence[Ranking]) -> dict[str, float]:
    """Every measure over all claims, in per cent."""
    pairs = list(zip(rankings, (query.relevant for query in queries), strict=True))
    measures = {
        **{f"recall@{k}": [recall(*pair, k) for pair in pairs] for k in CUTS},
        **{f"hit@{k}": [hit(*pair, k) for pair in pairs] for k in CUTS},
        f"nDCG@{GAIN_CUT}": [gain(*pair, GAIN_CUT) for pair in pairs],
    }
    return {name: round(100 * statistics.fmean(each), 2) for name, each in measures.items()}


def show(figures: dict[str, Any]) -> None:
    """A table an engine."""
    print(f"{figures['claims']} claims over {figures['sentences']} sentences, per cent")
    for engine, rankings in figures["engines"].items():
        names = next(iter(rankings.values()))
        print(f"\n{engine:26}" + "".join(f"{name:>11}" for name in names))
        for name, measured in rankings.items():
            print(f"  {name:24}" + "".join(f"{value:11.1f}" for value in measured.values()))


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of sentences and claims")
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    figures = asyncio.run(run(given.data, given.engine))
    show(figures)
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
