"""Windows to measure with while training: `python -m training.stance.measured --data SHARED_DATA`.

Claims of the dev part and of the articles that the classifier is fitted on, each with the sentences
that decide it in their context, and every n-th row of the public dev sets.
"""

import argparse
import json
import lzma
from collections.abc import Iterator
from pathlib import Path

from service.domain.window import Window
from training.rows import Row, rows
from training.stance.collect import Text, fitted_articles, paired_claims, read_articles
from training.stance.pairs import LABELS, public_pairs
from training.stance.windows import ANYTHING, TARGETS, Labelled, in_context, single

MOST_ROWS = 1_200
BEFORE, AFTER = 2, 1


def deciding(row: Row, article: Text) -> Iterator[tuple[Window, int]]:
    """A window around each sentence that decides a claim, and where in it that sentence stands."""
    for position in sorted(article.touching(row["evidence"])):
        around = article.window(position, BEFORE, AFTER)
        sentences = tuple(article.sentences[i] for i in around)
        yield Window(article.head, sentences), around.index(position)


def newsroom(data: Path, written: Path) -> Iterator[Labelled]:
    """One window for each sentence that decides."""
    articles = read_articles(data)
    train = list(rows(data / "newsroom" / "train" / "claims.jsonl.gz"))
    fitted = fitted_articles(train)
    dev = list(rows(data / "newsroom" / "dev" / "claims.jsonl.gz"))
    paired = paired_claims(written, articles)
    paired_fitted = fitted_articles(paired)
    parts = {
        "newsroom_dev": dev,
        "newsroom_fit": [row for row in train if row["article"] in fitted],
        "paired_fit": [row for row in paired if row["article"] in paired_fitted],
    }
    for name, claims in parts.items():
        for row in claims:
            for window, place in deciding(row, articles[row["article"]]):
                yield in_context(
                    name,
                    row["claim"],
                    window.head,
                    [
                        (sentence, TARGETS[row["label"]], 1.0)
                        if i == place
                        else (sentence, ANYTHING, 0.0)
                        for i, sentence in enumerate(window.sentences)
                    ],
                )


def public(data: Path) -> Iterator[Labelled]:
    """Sets that have a label of our three."""
    for file in sorted((data / "stance" / "dev").glob("*.jsonl.gz")):
        name = file.name.partition(".")[0]
        pairs = [pair for pair in public_pairs(file) if pair[2] in LABELS]
        for claim, evidence, label in pairs[:: max(1, len(pairs) // MOST_ROWS)]:
            yield single(name, claim, evidence, label)


def main() -> None:
    """Reads the arguments, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.measured")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--written", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with lzma.open(given.out, "wt", encoding="utf-8") as lines:
        for one in (*newsroom(given.data, given.written), *public(given.data)):
            lines.write(json.dumps(one.row(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
