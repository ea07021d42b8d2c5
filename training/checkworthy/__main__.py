"""Fits the claim spotter and writes its weights.

    python -m training.checkworthy --debates CT24_TRAIN.jsonl.gz --claims CLAIMS.jsonl.gz
        --articles ARTICLES.jsonl.gz --out service/models/weights/checkworthy

First five times without a fifth of the texts, to choose the share from which a sentence is worth a
check; then on everything. Three minutes of processor time.
"""

import argparse
import asyncio
from pathlib import Path

from service.models.embedder import load_embedder
from training.checkworthy.examples import Examples, claims, debates, marked_news
from training.checkworthy.export import write_weights
from training.checkworthy.fit import fit, held_out_shares, worth_from
from training.rows import read_rows

MARKED = Path(__file__).with_name("news.jsonl")
CLAIM_WEIGHT, NEWS_WEIGHT = 0.3, 5.0
"""What a claim in an editor's words and a sentence of an article weigh beside one of a debate."""


async def run(given: argparse.Namespace) -> None:
    """Reads, embeds, fits, writes."""
    embedder = load_embedder()
    spoken = await Examples.of(debates(read_rows(given.debates)), embedder, weight=1.0)
    stated = await Examples.of(claims(read_rows(given.claims)), embedder, weight=CLAIM_WEIGHT)
    news = marked_news(MARKED, read_rows(given.articles))
    printed = await Examples.of(news, embedder, weight=NEWS_WEIGHT)
    await embedder.close()
    kinds = (spoken, stated, printed)
    shares = held_out_shares(kinds)
    share = worth_from([shares[1], shares[2][printed.worth]])
    for name, one, its in zip(("debates", "claims", "news"), kinds, shares, strict=True):
        passed = its >= share
        right = (passed & one.worth).sum()
        print(
            f"{name}, held out, from {share}: precision {right / passed.sum():.3f}, "
            f"recall {right / one.worth.sum():.3f}"
        )
    write_weights(fit(kinds), {"embedder": embedder.fingerprint, "from": share}, given.out)


def main() -> None:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(prog="python -m training.checkworthy", description=__doc__)
    parser.add_argument("--debates", type=Path, required=True)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
