"""How well the stance model judges a claim against given evidence.

    python -m benchmarks.stance --data FILE... --out JSON [--weights FOLDER] [--against FOLDER]
        [--rows 3000]

Each FILE holds rows {"id", "claim", "evidence", "label"}, gzip JSON Lines or not; `label` is
supports, conflicts, neutral or not_supports, and rows may have a `category`. For each file:

    accuracy        the likeliest of the labels that the file has, which is how sets without neutral
                    ones are scored elsewhere; supports or not for a file with not_supports
    three_way       the likeliest of all three (two-class files: none)
    macro_f1        of three_way, over the labels that the file has
    recall          of three_way, by label; and of accuracy by category
    ranked          of rows NAME-correct and NAME-incorrect, how often the first supports more
    calibration     expected calibration error of the likeliest of three, 15 bins

`--against` is a second weights folder, the same model in float32: the share of rows judged alike.
"""

import argparse
import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from benchmarks.machine import report
from benchmarks.rows import Row, read_rows
from service.models.cross_encoder import OnnxStance, load_stance

LABELS = ("supports", "conflicts", "neutral")
BINS = 15

Scores = NDArray[np.float32]


async def judged(model: OnnxStance, rows: Sequence[Row]) -> Scores:
    """Shape (n, 3); rows of one claim are judged together, as in a check."""
    by_claim: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        by_claim[row["claim"]].append(position)
    scores = np.empty((len(rows), 3), np.float32)
    for claim, positions in by_claim.items():
        texts = [rows[i]["evidence"] for i in positions]
        scores[positions] = await model.stances(claim, texts)
    return scores


def measured(rows: Sequence[Row], scores: Scores) -> dict[str, Any]:
    """All measures that the rows' labels allow."""
    labels = [row["label"] for row in rows]
    figures: dict[str, Any] = {"rows": len(rows)}
    if "not_supports" in labels:
        supported = np.array([label == "supports" for label in labels])
        figures["accuracy"] = _share((scores[:, 0] >= 0.5) == supported)
        figures["ranked"] = _ranked(rows, scores)
        return figures
    gold = np.array([LABELS.index(label) for label in labels])
    present = np.unique(gold)
    right = present[scores[:, present].argmax(axis=1)] == gold
    likeliest = scores.argmax(axis=1)
    figures["accuracy"] = _share(right)
    figures["three_way"] = _share(likeliest == gold)
    figures["macro_f1"] = _percent(f1_score(gold, likeliest, average="macro", labels=present))
    figures["recall"] = {LABELS[i]: _share(likeliest[gold == i] == i) for i in present}
    figures["calibration"] = _percent(calibration_error(scores, gold))
    figures["said"] = dict(Counter(LABELS[i] for i in likeliest))
    categories = np.array([row.get("category", "") for row in rows])
    if categories.any():
        figures["categories"] = {
            str(name): _share(right[categories == name]) for name in np.unique(categories)
        }
    return figures


def calibration_error(scores: Scores, gold: NDArray[np.int64]) -> float:
    """Expected calibration error: Naeini et al., "Obtaining well calibrated probabilities using
    Bayesian binning", AAAI 2015."""
    confidence, right = scores.max(axis=1), scores.argmax(axis=1) == gold
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(right[bins == i].mean()) - float(confidence[bins == i].mean()))
        * float((bins == i).mean())
        for i in np.unique(bins)
    ]
    return sum(gaps)


def _ranked(rows: Sequence[Row], scores: Scores) -> float | None:
    supports = {row["id"]: float(score) for row, score in zip(rows, scores[:, 0], strict=True)}
    pairs = [
        (supports[name], supports[f"{name.removesuffix('correct')}incorrect"])
        for name in supports
        if name.endswith("-correct")
    ]
    return _share(np.array([first > second for first, second in pairs])) if pairs else None


def _share(right: NDArray[np.bool_]) -> float:
    return _percent(float(right.mean()))


def _percent(share: float) -> float:
    return round(100 * share, 2)


async def run(
    files: Sequence[Path], most_rows: int, weights: Path | None, against: Path | None
) -> dict[str, Any]:
    """The measures of every file."""
    model = load_stance(weights)
    other = load_stance(against) if against else None
    found: dict[str, Any] = {"model": model.fingerprint}
    for file in files:
        rows = _spread(read_rows(file), most_rows)
        scores = await judged(model, rows)
        name = file.name.partition(".")[0]
        found[name] = measured(rows, scores)
        if other:
            theirs = await judged(other, rows)
            found[name]["against"] = measured(rows, theirs) | {
                "alike": _share(scores.argmax(axis=1) == theirs.argmax(axis=1))
            }
        print(name, json.dumps(found[name]), flush=True)
    return found


def _spread(rows: Sequence[Row], most: int) -> Sequence[Row]:
    """Every n-th row, so that at most `most` are left."""
    return rows[:: max(1, -(-len(rows) // most))]


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--rows", type=int, default=1_000_000, help="at most so many of each file")
    parser.add_argument("--weights", type=Path, help="default: those of the service")
    parser.add_argument("--against", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    figures = asyncio.run(run(given.data, given.rows, given.weights, given.against))
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
