"""Fits the two small functions of the stance baseline and prints their parameters as JSON.

    python -m training.baseline --data STANCE_TRAIN_FOLDER --pairs 6000

1. `SimilarityStance` (service/models/similarity.py): cosine → P(on the same statement).
2. `service/pipeline/weigh.py`: that probability's logit and the word coverage → the same.

Positive pairs are claims with their gold sentence (fever.jsonl.gz, whatever the label: what is
fitted is relevance, not truth); negative ones are claims with a mined neutral sentence
(fever_mined_neutral.jsonl.gz). Both are logistic regressions, scored on a held-out third.
"""

import argparse
import asyncio
import gzip
import json
import math
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score

from service.models.embedder import load_embedder
from service.pipeline.compare.texts import compare_texts
from service.ports import Embedder

Pair = tuple[str, str, int]


def main() -> None:
    """Reads the arguments, fits, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=6000)
    arguments = parser.parse_args()
    pairs = _pairs(arguments.data, arguments.pairs)
    print(json.dumps(asyncio.run(fit(pairs)), indent=2))


async def fit(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The parameters of both functions, with their scores on held-out pairs."""
    embedder = load_embedder(threads=2)
    cosines = await _cosines(embedder, pairs)
    await embedder.close()
    covered = np.array([compare_texts(claim, text, text).coverage for claim, text, _ in pairs])
    labels = np.array([label for *_, label in pairs])
    held_out = np.arange(len(pairs)) % 3 == 0
    similarity, model = _logistic(cosines[:, None], labels, held_out)
    logits = similarity.decision_function(cosines[:, None])
    _, weighing = _logistic(np.column_stack([logits, covered]), labels, held_out)
    return {"pairs": len(pairs), "similarity": model, "weighing": weighing}


def _logistic(
    features: NDArray[np.float64], labels: NDArray[np.int64], held_out: NDArray[np.bool_]
) -> tuple[LogisticRegression, dict[str, Any]]:
    fitted = LogisticRegression(C=math.inf).fit(features[~held_out], labels[~held_out])
    probability = fitted.predict_proba(features[held_out])[:, 1]
    return fitted, {
        "weights": [round(float(weight), 3) for weight in fitted.coef_[0]],
        "bias": round(float(fitted.intercept_[0]), 3),
        "held_out": {
            "log_loss": round(float(log_loss(labels[held_out], probability)), 4),
            "roc_auc": round(float(roc_auc_score(labels[held_out], probability)), 4),
            "accuracy": round(float(((probability >= 0.5) == labels[held_out]).mean()), 4),
        },
    }


async def _cosines(embedder: Embedder, pairs: Sequence[Pair]) -> NDArray[np.float64]:
    claims = await embedder.embed([claim for claim, _, _ in pairs])
    texts = await embedder.embed([text for _, text, _ in pairs])
    return np.asarray((claims * texts).sum(axis=1), dtype=np.float64)


def _pairs(folder: Path, wanted: int) -> list[Pair]:
    """Half of them relevant and half not, interleaved, in the order of the files."""
    gold = (
        (row["claim"], row["evidence_sentences"][0], 1)
        for row in _rows(folder / "fever.jsonl.gz")
        if len(row.get("evidence_sentences", [])) == 1
    )
    mined = (
        (row["claim"], row["evidence"], 0) for row in _rows(folder / "fever_mined_neutral.jsonl.gz")
    )
    both = zip(islice(gold, wanted // 2), islice(mined, wanted // 2), strict=True)
    return [pair for two in both for pair in two]


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    main()
