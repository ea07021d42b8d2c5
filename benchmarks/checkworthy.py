"""Which sentences are found worth a check: by the rules, by the claim spotter, by both.

    python -m benchmarks.checkworthy --debates CT24_DEV --claims CLAIMS
        --articles ARTICLES --out JSON

Debates have `text` and `label`. Every claim of `CLAIMS` is worth a check. `checkworthy.jsonl`
points to 300 sentences of `ARTICLES`, three of each of a hundred articles, drawn at random and
marked by one reader: `worth` where the sentence states what an archive could bear out or refute,
reported speech included; an opinion, a question, a forecast, a scrap of a page is not. In a draft a
sentence is checked where both pass it.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import report
from benchmarks.markdown import table as markdown_table
from service.models.embedder import load_embedder
from service.models.spotter import load_spotter
from service.pipeline.claims import states_something
from service.ports import ClaimSpotter, Embedder
from training.checkworthy.examples import Marked, Marks, claims, debates, marked_news
from training.rows import read_rows

MARKED = Path(__file__).with_suffix(".jsonl")


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """The figures: for each kind of text how each way of deciding does."""
    sets = {
        "debates": debates(read_rows(given.debates)),
        "claims": claims(read_rows(given.claims)),
        "news": marked_news(MARKED, read_rows(given.articles)),
    }
    embedder = load_embedder()
    spotter = load_spotter(embedder.fingerprint)
    try:
        figures = {name: await measured(each, embedder, spotter) for name, each in sets.items()}
    finally:
        await embedder.close()
    return {"spotter": spotter.fingerprint, "sets": figures}


async def measured(
    marked: Sequence[Marked], embedder: Embedder, spotter: ClaimSpotter
) -> dict[str, Any]:
    """What rules, spotter and both make of the sentences, and how long the spotter takes with the
    embedder."""
    sentences = [one.sentence for one in marked]
    truth = np.array([one.worth for one in marked], np.bool_)
    rules = np.array([states_something(sentence) for sentence in sentences], np.bool_)
    begun = time.perf_counter()
    spotted = np.array(await spotter.spot(sentences, await embedder.embed(sentences)), np.bool_)
    took = time.perf_counter() - begun
    ways = {"all": np.ones_like(truth), "rules": rules, "spotter": spotted, "both": rules & spotted}
    return {
        "sentences": len(sentences),
        "worth": int(truth.sum()),
        "milliseconds_a_sentence": round(1000 * took / len(sentences), 2),
        "ways": {name: scores(passed, truth) for name, passed in ways.items()},
    }


def scores(passed: Marks, truth: Marks) -> dict[str, float]:
    """Precision, recall and F1, per cent."""
    right = int((passed & truth).sum())
    precision, recall = right / max(1, int(passed.sum())), right / max(1, int(truth.sum()))
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    named = {"precision": precision, "recall": recall, "f1": f1}
    return {name: round(100 * value, 1) for name, value in named.items()}


def table(figures: dict[str, Any]) -> Iterator[str]:
    """A row for each kind of text and each way of deciding."""
    yield f"Sentences worth a check, per cent; spotter `{figures['spotter']}`."
    yield from markdown_table(
        ["", "sentences", "worth a check", "found by", "precision", "recall", "F1"],
        (
            [
                name,
                f"{each['sentences']:,}",
                f"{each['worth']:,}",
                way,
                *(f"{value:.1f}" for value in found.values()),
            ]
            for name, each in figures["sets"].items()
            for way, found in each["ways"].items()
        ),
    )


def main() -> None:
    """Reads the arguments, runs, writes the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--debates", type=Path, required=True)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    figures = asyncio.run(run(given))
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(figures)))


if __name__ == "__main__":
    main()
