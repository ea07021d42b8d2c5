"""Draws risk against coverage: `python -m benchmarks.curve --data FILE --out FILE.svg`.

`--data` are the rows that `benchmarks.newsroom --rows` wrote, or the JSON of `benchmarks.checks`.
"""

import argparse
import json
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.checks import DECIDED, risk_against_coverage
from training.rows import read_rows

MARKED = (0.9, 0.8, 0.7, 0.6, 0.5)
"""Confidences to label, where the curve reaches them."""


def read_curve(file: Path) -> list[dict[str, float]]:
    """The curve as `benchmarks.checks` wrote it, or that of the answers to the newsroom claims."""
    if file.suffix == ".json":
        points: list[dict[str, float]] = json.loads(file.read_text("utf-8"))["figures"]["curve"]
        return points
    rows = read_rows(file)
    decided = [(row["confidence"], row["right"]) for row in rows if row["verdict"] in DECIDED]
    return risk_against_coverage(decided, len(rows))


def main() -> None:
    """Reads the arguments, draws."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="rows of answers, or the curve")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    points = read_curve(given.data)
    # The same JSON, the same bytes.
    mpl.rcParams["svg.hashsalt"] = "onrecord"
    figure = Figure(figsize=(6.4, 4.0), layout="constrained")
    axes = figure.subplots()
    axes.plot([100 * one["coverage"] for one in points], [100 * one["risk"] for one in points])
    for mark in MARKED:
        reached = [one for one in points if one["min_confidence"] <= mark]
        if reached:
            place = (100 * reached[0]["coverage"], 100 * reached[0]["risk"])
            axes.plot(*place, "o", color="black", markersize=4)
            axes.annotate(f"{mark}", place, xytext=(4, 6), textcoords="offset points")
    axes.set_xlabel("claims answered supported or contradicted, %")
    axes.set_ylabel("of these answered wrongly, %")
    axes.set_title("Asking for more confidence: fewer answers, fewer of them wrong")
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    figure.savefig(given.out, metadata={"Date": None})


if __name__ == "__main__":
    main()
