"""Draws risk against coverage: `python -m benchmarks.curve --data checks.json --out FILE.svg`."""

import argparse
import json
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

MARKED = (0.9, 0.8, 0.7, 0.6, 0.5)
"""Confidences to label, where the curve reaches them."""


def main() -> None:
    """Reads the arguments, draws."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="what benchmarks.checks wrote")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    points = json.loads(given.data.read_text(encoding="utf-8"))["figures"]["curve"]
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
