"""The fit itself: weights by maximum likelihood, thresholds by what a user would notice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from training.stance.pairs import LABELS
from training.weighing.cases import Case

THRESHOLDS = tuple(round(0.02 * step, 2) for step in range(5, 40))
MOST_REVERSED = 0.05
"""The share of supported claims that may come out contradicted, and the other way round."""
MOST_UNDECIDABLE_DECIDED = 0.2
"""The share of neutral claims that may come out supported or contradicted."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Shares of the claims of one label: the verdicts, and `right`, which is the label's verdict
    with one of its sentences on that side."""

    supported: float
    contradicted: float
    disputed: float
    right: float


def fit(cases: Sequence[Case], labels: Sequence[str]) -> dict[str, Any]:
    """The parameters file, fitted on even claims and scored on odd ones; `labels` by claim."""
    held_out = np.array([case.question % 2 == 1 for case in cases])
    names = list(cases[0].features)
    features = np.array([list(case.features.values()) for case in cases])
    gold = np.array([LABELS.index(case.label) for case in cases])
    model = LogisticRegression(C=100.0, max_iter=5_000).fit(features[~held_out], gold[~held_out])
    probabilities = model.predict_proba(features)
    claims = _claims(cases, probabilities, len(labels))
    supports_from, conflicts_from = _thresholds(claims[::2], labels[::2])
    from_neutral = model.coef_ - model.coef_[2]
    bias = model.intercept_ - model.intercept_[2]
    chosen = outcomes(claims[1::2], labels[1::2], supports_from, conflicts_from)
    return {
        "parameters": {
            "supports": _weights(names, from_neutral[0], bias[0]),
            "conflicts": _weights(names, from_neutral[1], bias[1]),
            "supports_from": supports_from,
            "conflicts_from": conflicts_from,
        },
        "fit": {
            "fitted_on": {"claims": len(labels[::2]), "sentences": int((~held_out).sum())},
            "held_out": {
                "claims": len(labels[1::2]),
                "log_loss": round(float(log_loss(gold[held_out], probabilities[held_out])), 4),
                "verdicts": {name: _percents(outcome) for name, outcome in chosen.items()},
            },
        },
    }


def outcomes(
    claims: Sequence[tuple[Matrix, Sequence[str]]],
    labels: Sequence[str],
    supports_from: float,
    conflicts_from: float,
) -> dict[str, Outcome]:
    """What becomes of the claims of each label with these thresholds."""
    found = {}
    for name in LABELS:
        rows = [
            _verdict(probabilities, gold, supports_from, conflicts_from)
            for (probabilities, gold), label in zip(claims, labels, strict=True)
            if label == name
        ]
        verdicts = np.array([[kind == each for each in KINDS] for kind, _ in rows])
        supported, contradicted, disputed, undecided = verdicts.mean(axis=0)
        on_its_side = float(np.mean([name in sides for _, sides in rows]))
        right = undecided if name == "neutral" else on_its_side
        found[name] = Outcome(supported, contradicted, disputed, float(right))
    return found


KINDS = ("supported", "contradicted", "disputed", "undecided")


def _verdict(
    probabilities: Matrix, gold: Sequence[str], supports_from: float, conflicts_from: float
) -> tuple[str, set[str]]:
    """As `weigh` and `conclude` decide; the second is the label of a right sentence that a right
    verdict rests on, if any."""
    supports, conflicts, _ = probabilities.T
    supporting = (supports >= supports_from) & (supports >= conflicts)
    conflicting = (conflicts >= conflicts_from) & ~supporting
    if supporting.any() and conflicting.any():
        return "disputed", set()
    if supporting.any():
        return "supported", {"supports"} & _where(gold, supporting)
    if conflicting.any():
        return "contradicted", {"conflicts"} & _where(gold, conflicting)
    return "undecided", set()


def _where(gold: Sequence[str], chosen: NDArray[np.bool_]) -> set[str]:
    return {label for label, one in zip(gold, chosen, strict=True) if one}


def _thresholds(
    claims: Sequence[tuple[Matrix, Sequence[str]]], labels: Sequence[str]
) -> tuple[float, float]:
    """Those with most claims right among those that keep false alarms within bounds."""

    def rank(pair: tuple[float, float]) -> tuple[float, float]:
        found = outcomes(claims, labels, *pair)
        supports, conflicts, neutral = (found[name] for name in LABELS)
        excess = (
            max(0.0, supports.contradicted - MOST_REVERSED)
            + max(0.0, conflicts.supported - MOST_REVERSED)
            + max(0.0, neutral.supported + neutral.contradicted - MOST_UNDECIDABLE_DECIDED)
        )
        return -excess, supports.right + conflicts.right

    return max(product(THRESHOLDS, THRESHOLDS), key=rank)


def _claims(
    cases: Sequence[Case], probabilities: Matrix, count: int
) -> list[tuple[Matrix, Sequence[str]]]:
    """The probabilities and labels of each claim's sentences; a claim may have none."""
    positions: list[list[int]] = [[] for _ in range(count)]
    for position, case in enumerate(cases):
        positions[case.question].append(position)
    return [(probabilities[some], [cases[i].label for i in some]) for some in positions]


def _weights(names: Sequence[str], weights: Matrix, bias: float) -> Mapping[str, float]:
    named = zip(names, weights, strict=True)
    return {"bias": round(float(bias), 4)} | {name: round(float(w), 4) for name, w in named}


def _percents(outcome: Outcome) -> dict[str, float]:
    return {
        "supported": round(100 * outcome.supported, 1),
        "contradicted": round(100 * outcome.contradicted, 1),
        "disputed": round(100 * outcome.disputed, 1),
        "right": round(100 * outcome.right, 1),
    }
