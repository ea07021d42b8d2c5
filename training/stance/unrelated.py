"""Claims beside texts that have nothing to do with them: `python -m training.stance.unrelated`.

What retrieval and the contrasts hand over is always near the claim; a model that sees nothing else
takes any other figure for a conflict. The label is `neutral`.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from service.english.text.words import content_words, stems
from training.rows import Row, rows

COUNT = 8_000


def unrelated(read: Sequence[Row], count: int, seed: int) -> Iterator[Row]:
    """`count` neutral rows at most: a claim of one row, the evidence of another, no word shared."""
    rng = random.Random(seed)
    with_evidence = [row for row in read if row["evidence"]]
    for number in range(count):
        one, other = rng.sample(with_evidence, 2)
        if not stems(content_words(one["claim"])) & stems(content_words(other["evidence"])):
            yield {
                "id": f"unrelated-{number}",
                "claim": one["claim"],
                "evidence": other["evidence"],
                "label": "neutral",
                "source": "unrelated",
            }


def main() -> None:
    """Reads the arguments, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.unrelated")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="labelled pairs")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    read = [row for file in given.data for row in rows(file)]
    with gzip.open(given.out, "wt", encoding="utf-8") as lines:
        for row in unrelated(read, COUNT, given.seed):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
