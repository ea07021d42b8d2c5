"""Fits the temperature: `python -m training.stance.calibrate --weights FOLDER --data FILE...`.

Guo et al., "On calibration of modern neural networks", ICML 2017: one number, by which all logits
are divided, that makes the labels likeliest. Every second row of each file is fitted on; of the
others the expected calibration error is printed, before and after.
"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.rows import Row, read_rows
from benchmarks.stance import calibration_error, judged
from service.models.cross_encoder import load_stance
from training.stance.pairs import LABELS

TEMPERATURES = np.arange(0.5, 3.01, 0.01)
MOST_ROWS = 3_000
"""Of each file, so that none outweighs the others."""

Scores = NDArray[np.float32]


def temperature(scores: Scores, gold: NDArray[np.int64]) -> float:
    """The likeliest for `scores`, shape (n, 3), as a model with temperature 1 gives them."""
    losses = [_loss(tempered(scores, value), gold) for value in TEMPERATURES]
    return round(float(TEMPERATURES[int(np.argmin(losses))]), 2)


def tempered(scores: Scores, value: float) -> Scores:
    """The same scores at another temperature."""
    powers = np.maximum(scores, 1e-9) ** (1 / value)
    shares: Scores = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _loss(scores: Scores, gold: NDArray[np.int64]) -> float:
    return float(-np.log(scores[np.arange(len(gold)), gold]).mean())


async def run(weights: Path, files: Sequence[Path]) -> dict[str, Any]:
    """The temperature, and what it does to rows that it was not fitted on."""
    model = load_stance(weights)
    rows = [row for file in files for row in _some(read_rows(file))]
    scores = await judged(model, rows)
    await model.close()
    gold = np.array([LABELS.index(row["label"]) for row in rows])
    fitted = temperature(scores[::2], gold[::2])
    held_out, truth = scores[1::2], gold[1::2]
    return {
        "temperature": fitted,
        "rows": len(rows),
        "calibration_error": {
            "before": round(calibration_error(held_out, truth), 4),
            "after": round(calibration_error(tempered(held_out, fitted), truth), 4),
        },
    }


def _some(rows: Sequence[Row]) -> Sequence[Row]:
    three_way = [row for row in rows if row["label"] in LABELS]
    return three_way[:: max(1, len(three_way) // MOST_ROWS)]


def main() -> None:
    """Reads the arguments, fits, prints."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.calibrate")
    parser.add_argument("--weights", type=Path, required=True, help="exported at temperature 1")
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    given = parser.parse_args()
    print(json.dumps(asyncio.run(run(given.weights, given.data)), indent=2))


if __name__ == "__main__":
    main()
