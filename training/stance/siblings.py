"""Sentences of one article that say different things: `python -m training.stance.siblings --help`.

A check of a news claim mostly reads sentences of the right story that state something else: another
figure of the same strike, another promise of the same mayor. They neither support nor conflict.
Here a sentence is the claim and others of its article, those that share most words with it, are
the evidence; what nearly repeats it is left out. The label is `neutral`, and nobody checked it.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

from service.domain.text import normalise
from service.pipeline.claims import states_something
from service.pipeline.compare.words import content_words, stems
from service.pipeline.segment import segment
from training.stance.pairs import Row, rows

HELD_OUT_EACH = 5
"""As in `training.contrast`: every fifth article is kept for measuring."""
CLAIMS_AN_ARTICLE = 5
A_CLAIM = 2
LEAST_WORDS, MOST_WORDS = 6, 40
LEAST_SHARED, MOST_SHARED = 0.12, 0.6


def siblings(data: Path, seed: int) -> Iterator[Row]:
    """Neutral rows from every article that is not held out."""
    rng = random.Random(seed)
    for number, article in enumerate(rows(data)):
        if number % HELD_OUT_EACH:
            sentences = _sentences(article["text"])
            for claim in rng.sample(sentences, min(CLAIMS_AN_ARTICLE, len(sentences))):
                for position, text in enumerate(_others(claim, sentences)):
                    yield {
                        "id": f"siblings-{number}-{position}",
                        "claim": claim,
                        "evidence": text,
                        "label": "neutral",
                        "source": "siblings",
                    }


def _sentences(text: str) -> list[str]:
    text = normalise(text)
    found = dict.fromkeys(span.of(text).strip() for span in segment(text).sentences)
    return [
        one
        for one in found
        if LEAST_WORDS <= len(one.split()) <= MOST_WORDS and states_something(one)
    ]


def _others(claim: str, sentences: list[str]) -> list[str]:
    """Those that share most words with the claim, without those that may repeat it."""
    wanted = stems(content_words(claim))
    shared = {
        one: len(wanted & stems(content_words(one))) / max(1, len(wanted)) for one in sentences
    }
    apart = [one for one in sentences if LEAST_SHARED <= shared[one] <= MOST_SHARED]
    return sorted(apart, key=lambda one: -shared[one])[:A_CLAIM]


def main() -> None:
    """Reads the arguments, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.siblings", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="articles.jsonl.gz")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with gzip.open(given.out, "wt", encoding="utf-8") as lines:
        for row in siblings(given.data, given.seed):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
