"""Fits the claim spotter and writes its weights.

    python -m training.checkworthy --debates CT24_TRAIN.jsonl.gz --claims CLAIMS.jsonl.gz
        --articles ARTICLES.jsonl.gz --out service/models/weights/checkworthy

First without a fifth of the claims' articles and a fifth of the debates, to choose the share from
which a sentence is worth a check and to see what it does; then on everything. A minute or two.
"""

import argparse
import asyncio
from pathlib import Path

import numpy as np

from service.models.embedder import load_embedder
from training.checkworthy.examples import Examples, Marks, marked_sentences, texts
from training.checkworthy.export import write_weights
from training.checkworthy.fit import Network, fit, shares, worth_from
from training.rows import read_rows

MARKED = Path(__file__).with_name("news.jsonl")
CLAIM_WEIGHT, NEWS_WEIGHT = 0.3, 5.0
"""What a claim in an editor's words and a sentence of an article weigh beside one of a debate."""
HELD_OUT_EACH, STRETCH = 5, 500
"""Debates are held out by stretches of this many sentences, as neighbours are alike."""


async def run(given: argparse.Namespace) -> None:
    """Reads, embeds, fits twice, writes."""
    debates, claims = read_rows(given.debates), read_rows(given.claims)
    news, worth = zip(*marked_sentences(MARKED, texts(read_rows(given.articles))), strict=True)
    embedder = load_embedder()
    spoken = await Examples.of(
        [row["text"] for row in debates], [row["label"] for row in debates], embedder
    )
    stated = await Examples.of([row["claim"] for row in claims], [True] * len(claims), embedder)
    printed = await Examples.of(news, worth, embedder)
    await embedder.close()
    later = np.array([int(row["id"]) // STRETCH % HELD_OUT_EACH == 0 for row in debates])
    articles = sorted({row["article"] for row in claims})[::HELD_OUT_EACH]
    other = np.array([row["article"] in articles for row in claims])
    first = _fitted(spoken.where(~later), stated.where(~other), printed)
    share = worth_from(first, stated.where(other))
    _tell(first, share, spoken.where(later))
    spotting = {"embedder": embedder.fingerprint, "from": share}
    write_weights(_fitted(spoken, stated, printed), spotting, given.out)


def _fitted(spoken: Examples, stated: Examples, printed: Examples) -> Network:
    return fit([(spoken, 1.0), (stated, CLAIM_WEIGHT), (printed, NEWS_WEIGHT)])


def _tell(network: Network, share: float, held_out: Examples) -> None:
    """Precision and recall on debates that were held out."""
    passes: Marks = shares(network, held_out) >= share
    right = (passes & held_out.worth).sum()
    precision, recall = right / passes.sum(), right / held_out.worth.sum()
    print(f"from {share}: precision {precision:.3f}, recall {recall:.3f} on held-out debates")


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
