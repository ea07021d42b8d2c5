"""Fits the classifier to a stance model, on claims that no model was trained on.

    python -m training.classifier --articles ARTICLES.jsonl.gz …
        --claims TRAIN.jsonl.gz --dev DEV.jsonl.gz
        --stance builtin|small --out WEIGHTS_FOLDER/classifier.json [--store FOLDER] [--every 2]

All articles are indexed (with `--store`, kept there and used again), and every claim over the
articles that `training.stance.collect` leaves out is examined as a check would. A claim takes half
a second on two cores.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from service.domain.claim import Claim
from service.pipeline.classifier import log_odds
from service.settings import Settings
from service.wiring import Services, build
from training.archive import index, read_articles
from training.classifier.fit import LABELS, Answered, fit
from training.rows import Row, rows
from training.stance.collect import fitted_articles


async def strongest(services: Services, claim: str) -> tuple[float, float]:
    """Of all sentences read for a claim the highest log-odds of each side."""
    examined = await services.checker.examine(Claim(claim))
    found = [log_odds(one.probabilities) for one in examined.judged]
    least = -8.0
    return (
        max((supports for supports, _ in found), default=least),
        max((conflicts for _, conflicts in found), default=least),
    )


async def answered(services: Services, claims: Sequence[Row]) -> Answered:
    """What a check sees of each claim."""
    found = [await strongest(services, row["claim"]) for row in claims]
    labels = [LABELS.index(row["label"]) for row in claims]
    return Answered(np.array(found, np.float64), np.array(labels, np.intp))


async def run(given: argparse.Namespace) -> None:
    """Indexes, asks, fits, writes."""
    read = list(rows(given.claims))
    fitted = fitted_articles(read)
    claims = [row for row in read if row["article"] in fitted][:: given.every]
    dev = list(rows(given.dev))[:: given.every]
    with tempfile.TemporaryDirectory(prefix="onrecord-classifier-") as folder:
        settings = Settings(store=str(given.store or folder), stance=given.stance)
        async with build(settings) as services:
            for file in given.articles:
                await index(services, read_articles(file))
            found = fit(await answered(services, claims), await answered(services, dev))
            content = {"stance": services.stance.fingerprint, **found}
    given.out.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(content, indent=2))


def main() -> None:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(prog="python -m training.classifier")
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--stance", choices=("builtin", "small"), default="builtin")
    parser.add_argument("--store", type=Path)
    parser.add_argument("--every", type=int, default=2, help="every n-th claim")
    parser.add_argument("--out", type=Path, required=True)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
