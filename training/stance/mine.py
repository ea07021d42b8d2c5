"""Finds what retrieval hands over for training claims: `python -m training.stance.mine --help`.

The sentences that decide the claims are indexed, each as an article of its own, and every claim is
searched among them as a check would. What comes up and is not among the claim's own is `neutral`:
the wrong passage about the right thing. It is not annotated, so sentences that have nearly all of
the claim's words are left out: too many of them decide it after all.
"""

import argparse
import asyncio
import gzip
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

from service.domain.article import Submission
from service.domain.claim import Filters
from service.domain.indexing import Found
from service.domain.retrieval import Retrieved
from service.pipeline.compare.words import content_words, stems
from service.settings import Settings
from service.wiring import Services, build
from training.stance.pairs import Row, rows

DEPTH = 12
MOST_SHARED = 0.75
A_CLAIM = 2


async def mine(data: Path, claims: int, seed: int) -> AsyncIterator[Row]:
    """At most `A_CLAIM` neutral rows for each of `claims` claims."""
    gold = _gold(data)
    rng = random.Random(seed)
    chosen = rng.sample(sorted(gold), min(claims, len(gold)))
    pool = sorted({sentence for claim in chosen for sentence in gold[claim]})
    with tempfile.TemporaryDirectory() as folder:
        async with build(Settings(store=folder)) as services:
            await _index(services, pool)
            for number, claim in enumerate(chosen):
                found = await services.checker.search(claim, Filters(), limit=DEPTH)
                wrong = list(_wrong(claim, found, gold[claim]))
                for text in rng.sample(wrong, min(A_CLAIM, len(wrong))):
                    yield {
                        "id": f"retrieved-{number}",
                        "claim": claim,
                        "evidence": text,
                        "label": "neutral",
                        "source": "retrieved",
                    }


def _gold(data: Path) -> dict[str, set[str]]:
    """Every sentence that any row of a claim names."""
    gold: dict[str, set[str]] = defaultdict(set)
    for row in rows(data):
        gold[row["claim"]].update(row.get("evidence_sentences") or [row["evidence"]])
    return gold


async def _index(services: Services, pool: Sequence[str]) -> None:
    async def found() -> AsyncIterator[Found]:
        for number, text in enumerate(pool):
            yield Found(str(number), Submission(text=text, id=str(number)))

    async for outcome in services.indexer.index(found()):
        if outcome.problem:
            print(outcome.problem)


def _wrong(claim: str, found: Sequence[Retrieved], gold: set[str]) -> Iterator[str]:
    wanted = stems(content_words(claim))
    for one in found:
        text = one.stored.article.text
        shared = len(wanted & stems(content_words(text))) / max(1, len(wanted))
        if shared <= MOST_SHARED and not any(text in sentence for sentence in gold):
            yield text


async def _write(data: Path, out: Path, claims: int, seed: int) -> None:
    with gzip.open(out, "wt", encoding="utf-8") as lines:
        async for row in mine(data, claims, seed):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """Reads the arguments, mines, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.mine", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="fever.jsonl.gz")
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    asyncio.run(_write(given.data, given.out, given.claims, given.seed))


if __name__ == "__main__":
    main()
