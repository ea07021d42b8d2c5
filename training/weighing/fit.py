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

THRESHOLDS = tuple(round(0.02 * step, 2) for step in range(20, 46))
"""From 0.4 on: nobody would believe a verdict that is less likely than that."""
SUPPORTS, CONFLICTS, NEUTRAL = range(3)

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Answered:
    """The questions to one archive, and the cases of each, all in the same order."""

    name: str
    labels: Sequence[str]
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Shares of the claims of one label: the verdicts, and `right`, which is the label's verdict
    with one of its sentences on that side."""

    supported: float
    contradicted: float
    disputed: float
    right: float


@dataclass(frozen=True, slots=True)
class Scored:
    """Some claims of an archive: by sentence its claim, its label and the probabilities of
    `LABELS`; by claim its label."""

    claims: Indices
    gold: Indices
    probabilities: Numbers
    labels: Indices


def fit(archives: Sequence[Answered]) -> dict[str, Any]:
    """The parameters file, fitted on even claims and scored on odd ones.

    Every archive weighs the same, however many claims it has.
    """
    names = list(archives[0].cases[0].features)
    features = np.concatenate([_features(archive) for archive in archives])
    gold = np.concatenate([_gold(archive) for archive in archives])
    fitted = np.concatenate([_is_fitted_on(archive) for archive in archives])
    weights = np.concatenate([np.full(len(each.cases), 1 / len(each.cases)) for each in archives])
    weights *= len(gold) / len(archives)
    model = LogisticRegression(C=100.0, max_iter=5_000)
    model.fit(features[fitted], gold[fitted], sample_weight=weights[fitted])
    probabilities = model.predict_proba(features)
    ends = np.cumsum([len(archive.cases) for archive in archives])[:-1]
    each = list(zip(archives, np.split(probabilities, ends), strict=True))
    supports_from, conflicts_from = _thresholds([_half(*one, 0) for one in each])
    from_neutral = model.coef_ - model.coef_[NEUTRAL]
    bias = model.intercept_ - model.intercept_[NEUTRAL]
    held_out = [_half(*one, 1) for one in each]
    return {
        "parameters": {
            "supports": _weights(names, from_neutral[SUPPORTS], bias[SUPPORTS]),
            "conflicts": _weights(names, from_neutral[CONFLICTS], bias[CONFLICTS]),
            "supports_from": supports_from,
            "conflicts_from": conflicts_from,
        },
        "fit": {
            "fitted_on": {
                "claims": sum((len(archive.labels) + 1) // 2 for archive in archives),
                "sentences": int(fitted.sum()),
            },
            "held_out": {
                archive.name: _report(half, supports_from, conflicts_from)
                for archive, half in zip(archives, held_out, strict=True)
            },
        },
    }


def outcomes(scored: Scored, supports_from: float, conflicts_from: float) -> dict[str, Outcome]:
    """What becomes of the claims of each label with these thresholds, as `weigh` and `conclude`
    decide."""
    supports, conflicts, _ = scored.probabilities.T
    supporting = (supports >= supports_from) & (supports >= conflicts)
    conflicting = (conflicts >= conflicts_from) & ~supporting
    some = _any(scored, supporting), _any(scored, conflicting)
    supported, contradicted, disputed = some[0] & ~some[1], some[1] & ~some[0], some[0] & some[1]
    right = np.select(
        [scored.labels == SUPPORTS, scored.labels == CONFLICTS],
        [
            supported & _any(scored, supporting & (scored.gold == SUPPORTS)),
            contradicted & _any(scored, conflicting & (scored.gold == CONFLICTS)),
        ],
        ~(some[0] | some[1]),
    )
    verdicts = np.stack([supported, contradicted, disputed, right], axis=1)
    return {
        name: Outcome(*verdicts[scored.labels == index].mean(axis=0).tolist())
        for index, name in enumerate(LABELS)
    }


def _thresholds(scored: Sequence[Scored]) -> tuple[float, float]:
    """Those with which most is gained, on average over the archives."""

    def gain(pair: tuple[float, float]) -> float:
        return sum(_gain(outcomes(one, *pair)) for one in scored)

    return max(product(THRESHOLDS, THRESHOLDS), key=gain)


def _gain(found: Mapping[str, Outcome]) -> float:
    """A wrong verdict costs what a right one gains: supported for contradicted, the reverse, and
    either where nothing is known to decide."""
    supports, conflicts, neutral = (found[name] for name in LABELS)
    reversed_ = supports.contradicted + conflicts.supported
    return supports.right + conflicts.right - reversed_ - neutral.supported - neutral.contradicted


def _half(archive: Answered, probabilities: Numbers, odd: int) -> Scored:
    """Every second claim; some have no sentences."""
    claims, gold = _claims(archive), _gold(archive)
    chosen = claims % 2 == odd
    labels = np.array([LABELS.index(label) for label in archive.labels[odd::2]])
    return Scored(claims[chosen] // 2, gold[chosen], probabilities[chosen], labels)


def _is_fitted_on(archive: Answered) -> NDArray[np.bool_]:
    """The sentences of every second claim, but for those that may well decide it, unnamed: no
    archive names all that do."""
    return np.array(
        [
            case.question % 2 == 0
            and (case.label != "neutral" or _side(case) != archive.labels[case.question])
            for case in archive.cases
        ]
    )


def _side(case: Case) -> str:
    """The model's own label."""
    supports, conflicts = case.features["model_supports"], case.features["model_conflicts"]
    if max(supports, conflicts) <= 0:
        return "neutral"
    return "supports" if supports > conflicts else "conflicts"


def _any(scored: Scored, sentences: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """By claim, whether it has one of these sentences."""
    return np.bincount(scored.claims[sentences], minlength=len(scored.labels)) > 0


def _features(archive: Answered) -> Numbers:
    return np.array([list(case.features.values()) for case in archive.cases])


def _gold(archive: Answered) -> Indices:
    return np.array([LABELS.index(case.label) for case in archive.cases])


def _claims(archive: Answered) -> Indices:
    return np.array([case.question for case in archive.cases])


def _report(half: Scored, supports_from: float, conflicts_from: float) -> dict[str, Any]:
    found = outcomes(half, supports_from, conflicts_from)
    return {
        "claims": len(half.labels),
        "log_loss": round(float(log_loss(half.gold, half.probabilities, labels=range(3))), 4),
        "verdicts": {name: _percents(outcome) for name, outcome in found.items()},
    }


def _weights(names: Sequence[str], weights: Numbers, bias: float) -> Mapping[str, float]:
    named = zip(names, weights, strict=True)
    return {"bias": round(float(bias), 4)} | {name: round(float(w), 4) for name, w in named}


def _percents(outcome: Outcome) -> dict[str, float]:
    return {
        "supported": round(100 * outcome.supported, 1),
        "contradicted": round(100 * outcome.contradicted, 1),
        "disputed": round(100 * outcome.disputed, 1),
        "right": round(100 * outcome.right, 1),
    }
