"""How long a check takes, stage by stage, as the archive grows; what retrieval takes without us.

    python -m benchmarks.latency --data articles.jsonl.gz --out JSON
        [--passages 10000 100000 1000000] [--requests 300] [--folder FOLDER]

The archive is made of recombined real sentences of `--data` (see `corpus.py`), the claims are real
sentences of it. At each size:

    checks      `onrecord serve` in a process of its own; claims arrive at a fixed rate, with 1
                caller at half and with 8 at seven tenths of what it can do with so many; latency
                counts from the moment a claim was due. Stages are the service's own.
    retrieval   in this process, by turns of 30 claims: ours, which is embed, both legs, fuse and
                fetch; and sentence-transformers on PyTorch with faiss, over the same vectors, flat
                and, up to `--graph-passages`, as an HNSW graph; the first five of a turn warm up
    forward     what the models of a check take for the same claims and windows, forward passes
                alone: one after the other, and `at the rate` at which 1 caller's checks came, which
                is slower, since a processor that has rested is; `times_forward` is p50 of those
                checks over p50 of each
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.arrivals import arrive, capacity, percentiles, summary
from benchmarks.corpus import PASSAGES_AN_ARTICLE, Archive, Vectors, read_sentences
from benchmarks.machine import report
from benchmarks.passes import forward_ms
from benchmarks.peer import PlainEmbedder, flat_index, graph_index
from benchmarks.server import serving
from benchmarks.sizes import build_store
from service.domain.claim import Filters
from service.models.embedder import load_embedder
from service.settings import Settings
from service.wiring import build

SENTENCES = 20_000
SIZES = (10_000, 100_000, 1_000_000)
GRAPH_PASSAGES = 100_000
WARMING_UP = 30
LOADS = ((1, 0.5), (8, 0.7))
"""Callers, and the part of what the service can do with so many that is asked of it."""

BLOCK = 30
UNCOUNTED = 5
THREADS_REST_S = 0.5
"""PyTorch's threads go on spinning after their work, and would be in the way of whoever is next."""

Ask = Callable[[str], Awaitable[object]]


async def run(
    data: Path, folder: Path, sizes: Sequence[int], requests: int, graph_passages: int
) -> dict[str, Any]:
    """Every size in turn."""
    embedder = load_embedder()
    sentences = await read_sentences(data, embedder, count=SENTENCES, cache=folder)
    await embedder.close()
    claims = sentences.claims(WARMING_UP + requests)
    archive = Archive(sentences)
    found: dict[str, Any] = {}
    for passages in sorted(sizes):
        store = await build_store(folder, archive, passages)
        figures: dict[str, Any] = {"checks": _checks(store, claims)}
        vectors = _vectors(archive, passages)
        figures["forward"] = await _forward(store, claims, figures["checks"]["callers=1"]["rate"])
        figures["retrieval"] = await _retrieval(
            store, claims, vectors, graph=passages <= graph_passages
        )
        found[str(passages)] = _compared(figures)
        show(passages, figures)
    return {"sentences": len(sentences.texts), "claims": requests, "sizes": found}


def _vectors(archive: Archive, passages: int) -> Vectors:
    """Those in the store, in its order."""
    articles = range(passages // PASSAGES_AN_ARTICLE)
    return np.concatenate([archive.vectors(number) for number in articles])


def _checks(store: Path, claims: Sequence[str]) -> dict[str, Any]:
    """What a running service does with claims that arrive at a fixed rate."""
    found: dict[str, Any] = {}
    warming_up, asked = claims[:WARMING_UP], claims[WARMING_UP:]
    with serving(store) as url:
        arrive(url, warming_up, callers=1, rate=float("inf"))
        for callers, part in LOADS:
            able = capacity(url, [*warming_up, *warming_up], callers=callers)
            answered = arrive(url, asked, callers=callers, rate=part * able)
            rates = {"capacity": round(able, 2), "rate": round(part * able, 2)}
            found[f"callers={callers}"] = rates | summary(answered)
    return found


async def _forward(store: Path, claims: Sequence[str], rate: float) -> dict[str, Any]:
    """The checks' forward passes, one after the other and as the checks came."""
    found = {}
    settings = Settings(store=str(store), cache_bytes=0)
    async with build(settings) as services:
        for name, every_s in {"one after the other": 0.0, "at the rate": 1 / rate}.items():
            passes = await forward_ms(
                services.checker, claims, threads=settings.threads, every_s=every_s
            )
            found[name] = percentiles(passes[WARMING_UP:])
    return found


async def _retrieval(
    store: Path, claims: Sequence[str], vectors: Vectors, *, graph: bool
) -> dict[str, Any]:
    """Milliseconds a claim, ours and each peer's by turns, a block of claims each."""
    embedder = PlainEmbedder()
    indexes = {"faiss flat": flat_index(vectors)}
    if graph:
        indexes["faiss HNSW"] = graph_index(vectors)
    async with build(Settings(store=str(store), cache_bytes=0)) as services:
        checker = services.checker
        asked: dict[str, Ask] = {
            "ours": lambda claim: checker.search(claim, Filters(), limit=checker.passages)
        }
        for name, index in indexes.items():
            asked[f"PyTorch + {name}"] = _peer(embedder, index, checker.passages)
        return await _by_turns(asked, claims)


async def _by_turns(asked: dict[str, Ask], claims: Sequence[str]) -> dict[str, Any]:
    times: dict[str, list[float]] = {name: [] for name in asked}
    for some in _blocks(claims):
        for name, ask in asked.items():
            await asyncio.sleep(THREADS_REST_S)
            times[name] += [await _timed(ask, claim) for claim in some][UNCOUNTED:]
    return {name: percentiles(each) for name, each in times.items()}


def _peer(embedder: PlainEmbedder, index: Any, limit: int) -> Ask:  # noqa: ANN401 - faiss
    async def search(claim: str) -> None:
        index.search(embedder.embed([claim]), limit)

    return search


def _blocks(claims: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(claims), BLOCK):
        yield claims[start : start + BLOCK]


async def _timed(ask: Ask, claim: str) -> float:
    started = time.perf_counter()
    await ask(claim)
    return 1000 * (time.perf_counter() - started)


def _compared(figures: dict[str, Any]) -> dict[str, Any]:
    """With the ratios of medians that say how we stand."""
    ours = figures["retrieval"]["ours"]["p50"]
    figures["times_ours"] = {
        name: round(each["p50"] / ours, 1) for name, each in figures["retrieval"].items()
    }
    check = figures["checks"]["callers=1"]["latency"]["p50"]
    figures["times_forward"] = {
        name: round(check / each["p50"], 2) for name, each in figures["forward"].items()
    }
    return figures


def show(passages: int, figures: dict[str, Any]) -> None:
    """What was measured at one size, in milliseconds."""
    print(f"\n{passages:,} passages")
    for load, measured in figures["checks"].items():
        print(f"  check, {load} at {measured['rate']} of {measured['capacity']} a second")
        _line("latency", measured["latency"])
        for stage, each in measured["stages"].items():
            _line(f"  {stage}", each)
    for name, each in figures["forward"].items():
        _line(f"forward, {name}", each)
    print(f"    a check takes times its forward passes: {figures['times_forward']}")
    for name, each in figures["retrieval"].items():
        _line(f"retrieval: {name}", each)
    print(f"    times ours: {figures['times_ours']}", flush=True)


def _line(name: str, each: dict[str, float]) -> None:
    print(f"    {name:34}" + "".join(f"{key} {value:8.2f}   " for key, value in each.items()))


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="rows of articles")
    parser.add_argument("--passages", type=int, nargs="+", default=SIZES)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--graph-passages", type=int, default=GRAPH_PASSAGES)
    parser.add_argument("--folder", type=Path, help="kept for other runs; default: a temporary one")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    temporary = tempfile.TemporaryDirectory(prefix="onrecord-latency-")
    with nullcontext(given.folder) if given.folder else temporary as folder:
        figures = asyncio.run(
            run(given.data, Path(folder), given.passages, given.requests, given.graph_passages)
        )
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
