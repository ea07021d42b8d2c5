"""The fit itself: log-odds by maximum likelihood, thresholds by what a verdict is worth."""

import math
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

LABELS = ("supports", "conflicts", "neutral")
SUPPORTS, CONFLICTS, NEUTRAL = range(3)

DIFFERS, SAME, DISPUTES_FROM = 1.8, (4.0, -1.0), 0.8
"""What exact comparison adds, and when two sides dispute. Claims in other words than their
article's hardly ever meet either (docs/decisions/0015-judge-in-context.md): these are set so that a
figure changed in a copied sentence is a conflict, the copied sentence itself no conflict, and two
reports with different figures dispute."""

RIGHT, RIGHT_UNDECIDED, REVERSED, DECIDED_WRONGLY = 1.0, 0.35, -2.0, -1.0
"""What a verdict is worth: a reversed one costs most, a decided neutral claim less, an undecided
one that is right is worth something, and to miss is worth nothing."""
AIMS = {SUPPORTS: 0.90, CONFLICTS: 0.85}
"""The shares of the `supported` and of the `contradicted` verdicts that are to be right: an editor
who is told so wrongly a few times stops to look. A share less its standard error is to reach its
aim, as other claims will be asked than those that the thresholds are chosen on. Of the thresholds
with which both do, those of the highest worth are taken; where none do, of all."""
THRESHOLDS = tuple(round(0.5 + 0.02 * step, 2) for step in range(21))

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answered:
    """Claims: the strongest log-odds of each side against neutral, shape (n, 2), and the labels."""

    strongest: Numbers
    labels: NDArray[np.intp]


def fit(answered: Answered, tuned_on: Answered) -> dict[str, Any]:
    """The parameters, and how they did on both sets of claims.

    Log-odds are fitted on `answered`, thresholds chosen on both sets together.
    """
    weights = minimize(_loss, np.array([0.0, 1.0, 0.0, 1.0]), args=(answered,)).x
    shares = probabilities(weights, np.concatenate([answered.strongest, tuned_on.strongest]))
    labels = np.concatenate([answered.labels, tuned_on.labels])
    pairs = list(product(THRESHOLDS, THRESHOLDS))
    right_enough = [pair for pair in pairs if reaches_aims(decided(shares, *pair), labels)]
    supports_from, conflicts_from = max(
        right_enough or pairs, key=lambda pair: worth(shares, labels, *pair)
    )
    verdicts = decided(shares, supports_from, conflicts_from)
    for_it, against_it = (round(float(value), 3) for value in (weights[0], weights[2]))
    return {
        "parameters": {
            "supports": {
                "bias": for_it,
                "model": round(float(weights[1]), 3),
                "differs": -DIFFERS,
                "same": SAME[0],
            },
            "conflicts": {
                "bias": against_it,
                "model": round(float(weights[3]), 3),
                "differs": DIFFERS,
                "same": SAME[1],
            },
            "supports_from": supports_from,
            "conflicts_from": conflicts_from,
            "disputes_from": DISPUTES_FROM,
        },
        "fit": {
            "fitted_on": len(answered.labels),
            "tuned_on": len(labels),
            "right": round(100 * float((verdicts == labels).mean()), 1),
            "supported_right": _precision(verdicts, labels, SUPPORTS),
            "contradicted_right": _precision(verdicts, labels, CONFLICTS),
            "aims_reached": bool(right_enough),
        },
    }


def probabilities(weights: Numbers, strongest: Numbers) -> Numbers:
    """Of `LABELS`, shape (n, 3), as `service.pipeline.classifier` has them for the strongest."""
    scores = np.stack(
        [
            weights[0] + weights[1] * strongest[:, SUPPORTS],
            weights[2] + weights[3] * strongest[:, CONFLICTS],
            np.zeros(len(strongest)),
        ],
        axis=1,
    )
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Numbers = powers / powers.sum(axis=1, keepdims=True)
    return shares


def decided(shares: Numbers, supports_from: float, conflicts_from: float) -> NDArray[np.intp]:
    """The label that each claim's verdict says."""
    supports, conflicts = shares[:, SUPPORTS], shares[:, CONFLICTS]
    verdicts = np.full(len(shares), NEUTRAL)
    verdicts[(conflicts >= conflicts_from) & (conflicts > supports)] = CONFLICTS
    verdicts[(supports >= supports_from) & (supports >= conflicts)] = SUPPORTS
    return verdicts


def reaches_aims(verdicts: NDArray[np.intp], labels: NDArray[np.intp]) -> bool:
    """Whether of each side's verdicts the share that is right, less its standard error, is at least
    its aim. One right and one wrong verdict are added, as in Laplace's rule: one verdict alone
    shows nothing."""
    for label, aim in AIMS.items():
        right = labels[verdicts == label] == label
        share = (int(right.sum()) + 1) / (len(right) + 2)
        if share - math.sqrt(share * (1 - share) / (len(right) + 2)) < aim:
            return False
    return True


def worth(
    shares: Numbers, labels: NDArray[np.intp], supports_from: float, conflicts_from: float
) -> float:
    """What the verdicts are worth together."""
    verdicts = decided(shares, supports_from, conflicts_from)
    right = verdicts == labels
    sides = verdicts != NEUTRAL
    return float(
        RIGHT * (right & sides).sum()
        + RIGHT_UNDECIDED * (right & ~sides).sum()
        + REVERSED * (sides & ~right & (labels != NEUTRAL)).sum()
        + DECIDED_WRONGLY * (sides & (labels == NEUTRAL)).sum()
    )


def _loss(weights: Numbers, answered: Answered) -> float:
    shares = probabilities(weights, answered.strongest)
    likely = shares[np.arange(len(shares)), answered.labels]
    return float(-np.log(np.maximum(likely, 1e-12)).mean())


def _precision(verdicts: NDArray[np.intp], labels: NDArray[np.intp], label: int) -> float:
    said = verdicts == label
    return round(100 * float((labels[said] == label).mean()), 1) if said.any() else 0.0
