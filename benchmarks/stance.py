"""How well the stance model judges a claim against given evidence.

    python -m benchmarks.stance --data FILE... --out JSON [--weights FOLDER] [--against FOLDER]
        [--newsroom CLAIMS --articles FILE...] [--rows 3000]

Each FILE holds rows {"id", "claim", "evidence", "label"}, gzip JSON Lines or not; `label` is
supports, conflicts, neutral or not_supports, and rows may have a `category`. The evidence is read
as one sentence, without anything beside it. For each file:

    accuracy        the likeliest of the labels that the file has, which is how sets without neutral
                    ones are scored elsewhere; supports or not for a file with not_supports
    three_way       the likeliest of all three (two-class files: none)
    macro_f1        of three_way, over the labels that the file has
    recall          of three_way, by label; and of accuracy by category
    ranked          of rows NAME-correct and NAME-incorrect, how often the first supports more
    calibration     expected calibration error of the likeliest of three, 15 bins

`--newsroom` adds `newsroom`: rows {"claim", "label", "kind", "article", "evidence"}. `article` is
an id in the files of `--articles`, and `evidence` are the spans of the sentences that decide. Each
is judged in a window with title and date, two sentences before it and one after; of several the one
that takes a side most speaks for the claim. The category is `kind`.

`--against` is a second weights folder, the same model in float32: the share of rows judged alike.
"""

import argparse
import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import report
from service.domain.window import Window
from service.models.stance import WEIGHTS, OnnxStance, load_stance
from training.rows import Row, read_rows
from training.stance.collect import Text, text_of
from training.stance.measured import deciding

LABELS = ("supports", "conflicts", "neutral")
BINS = 15

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that are reported together; with `articles`, by id, the claims are over these."""

    name: str
    rows: Sequence[Row]
    articles: Mapping[str, Text] | None = None


async def judged(model: OnnxStance, part: Part) -> Scores:
    """Of each row, shape (n, 3)."""
    if part.articles is None:
        return await _alone(model, part.rows)
    return await _in_context(model, part.rows, part.articles)


async def _alone(model: OnnxStance, rows: Sequence[Row]) -> Scores:
    """Of each row's evidence; rows of one claim are judged together, as in a check."""
    by_claim: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        by_claim[row["claim"]].append(position)
    scores = np.empty((len(rows), 3), np.float32)
    for claim, positions in by_claim.items():
        windows = [Window("", (rows[i]["evidence"],)) for i in positions]
        scores[positions] = np.concatenate(await model.stances(claim, windows))
    return scores


async def _in_context(
    model: OnnxStance, claims: Sequence[Row], articles: Mapping[str, Text]
) -> Scores:
    """Of each claim's marked sentence that takes a side most."""
    scores = np.empty((len(claims), 3), np.float32)
    for position, row in enumerate(claims):
        windows, places = zip(*deciding(row, articles[row["article"]]), strict=True)
        found = await model.stances(row["claim"], windows)
        marked = np.stack([window[place] for window, place in zip(found, places, strict=True)])
        scores[position] = marked[marked[:, :2].max(axis=1).argmax()]
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
    figures["macro_f1"] = _percent(macro_f1(gold, likeliest))
    figures["recall"] = {LABELS[i]: _share(likeliest[gold == i] == i) for i in present}
    figures["calibration"] = _percent(calibration_error(scores, gold))
    figures["said"] = dict(Counter(LABELS[i] for i in likeliest))
    categories = np.array([row.get("category", "") for row in rows])
    if categories.any():
        figures["categories"] = {
            str(name): _share(right[categories == name]) for name in np.unique(categories)
        }
    return figures


def macro_f1(gold: NDArray[np.int64], said: NDArray[np.int64]) -> float:
    """The mean over the labels in `gold` of each one's F1, in 0..1."""
    labels = np.unique(gold)
    right = np.array([((gold == label) & (said == label)).sum() for label in labels])
    either = np.array([(gold == label).sum() + (said == label).sum() for label in labels])
    return float((2 * right / either).mean())


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
        (first, supports[other])
        for name, first in supports.items()
        if name.endswith("-correct")
        and (other := f"{name.removesuffix('correct')}incorrect") in supports
    ]
    return _share(np.array([first > second for first, second in pairs])) if pairs else None


def _share(right: NDArray[np.bool_]) -> float:
    return _percent(float(right.mean()))


def _percent(share: float) -> float:
    return round(100 * share, 2)


def read_part(file: Path, most_rows: int) -> Part:
    """Claims with their evidence."""
    return Part(file.name.partition(".")[0], _spread(read_rows(file), most_rows))


def read_newsroom(claims: Path, articles: Sequence[Path], most_rows: int) -> Part:
    """Claims and the articles that they are about."""
    spread = _spread(read_rows(claims), most_rows)
    rows = [row | {"category": row.get("kind", "")} for row in spread]
    wanted = {row["article"] for row in rows}
    found = (row for file in articles for row in read_rows(file) if row["id"] in wanted)
    return Part("newsroom", rows, {row["id"]: text_of(row) for row in found})


def _spread(rows: Sequence[Row], most: int) -> Sequence[Row]:
    """Every n-th row, so that at most `most` are left."""
    return rows[:: max(1, -(-len(rows) // most))]


async def run(weights: Path, parts: Sequence[Part], against: Path | None = None) -> dict[str, Any]:
    """The measures of every part, by name."""
    model = load_stance(weights)
    other = load_stance(against) if against else None
    found: dict[str, Any] = {"model": model.fingerprint}
    for part in parts:
        scores = await judged(model, part)
        found[part.name] = measured(part.rows, scores)
        if other:
            theirs = await judged(other, part)
            found[part.name]["against"] = measured(part.rows, theirs) | {
                "alike": _share(scores.argmax(axis=1) == theirs.argmax(axis=1))
            }
        print(part.name, json.dumps(found[part.name]), flush=True)
    for one in (model, other):
        if one:
            await one.close()
    return found


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, nargs="+", default=[], help="claims with evidence")
    parser.add_argument("--newsroom", type=Path, help="claims over --articles")
    parser.add_argument("--articles", type=Path, nargs="+", default=[])
    parser.add_argument("--rows", type=int, default=1_000_000, help="at most so many of each file")
    parser.add_argument("--weights", type=Path, default=WEIGHTS / "stance")
    parser.add_argument("--against", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    parts = [read_part(file, given.rows) for file in given.data]
    if given.newsroom:
        parts.append(read_newsroom(given.newsroom, given.articles, given.rows))
    if not parts:
        parser.error("--data or --newsroom is needed")
    figures = asyncio.run(run(given.weights, parts, given.against))
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
