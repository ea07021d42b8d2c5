"""The fitted function from what the model says of each sentence to what it does to the claim."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.domain.errors import WeightsMismatch

SUREST = 8.0
"""The largest logit, in either direction: beyond it the model's certainty means nothing."""


@dataclass(frozen=True, slots=True)
class Probabilities:
    """That a sentence supports the claim, conflicts with it, or does neither; the sum is 1."""

    supports: float
    conflicts: float
    neutral: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What exact comparison finds in a sentence."""

    differs: bool = False
    """Another figure, date or name for the same thing."""
    same: bool = False
    """All of the claim, in its own words, and nothing that differs."""


@dataclass(frozen=True, slots=True)
class Odds:
    """Of supporting and of conflicting, relative to neutral; each is 0 or more."""

    supports: float
    conflicts: float


@dataclass(frozen=True, slots=True)
class Classifier:
    """Turns the model's log-odds against neutral into calibrated ones, and weighs both sides.

    A side's odds are exp(bias + model · log-odds + findings); the findings add the weight
    `differs`, the weight `same`, or nothing (see `Findings`). Each sentence is weighed against the
    strongest of the other side, wherever it stands, so that a verdict takes both into account.
    """

    supports: Mapping[str, float]
    """The weights for support: `bias`, `model`, `differs`, `same`."""
    conflicts: Mapping[str, float]
    """The same for conflict."""
    supports_from: float
    """The probability from which a sentence supports."""
    conflicts_from: float
    """The probability from which a sentence conflicts."""
    disputes_from: float
    """Where each side alone would be this probable, neither is weighed against the other: they
    dispute the claim."""

    def odds(self, model: Probabilities, findings: Findings) -> Odds:
        """The odds of both sides by one sentence alone."""
        return Odds(
            *(
                _odds_of_side(weights, value, findings)
                for weights, value in zip(
                    (self.supports, self.conflicts), log_odds(model), strict=True
                )
            )
        )

    def probabilities(self, own: Odds, most: Odds, *, disputed: bool) -> Probabilities:
        """Those of one sentence; it is weighed against `most`, the strongest odds of each side."""
        if disputed:
            total = 1 + own.supports + own.conflicts
            return Probabilities(own.supports / total, own.conflicts / total, 1 / total)
        supports = own.supports / (1 + own.supports + max(own.conflicts, most.conflicts))
        conflicts = own.conflicts / (1 + own.conflicts + max(own.supports, most.supports))
        return Probabilities(supports, conflicts, max(0.0, 1 - supports - conflicts))

    def disputes(self, most: Odds, *, same: bool) -> bool:
        """Whether each side alone would be probable enough to dispute the other. Support in the
        claim's own words (`same`) only needs to be probable enough to decide."""
        supports_from = self.supports_from if same else self.disputes_from
        return (
            most.supports / (1 + most.supports) >= supports_from
            and most.conflicts / (1 + most.conflicts) >= self.disputes_from
        )


UNFITTED = Classifier(
    supports={"bias": 0.0, "model": 1.0, "differs": 0.0, "same": 0.0},
    conflicts={"bias": 0.0, "model": 1.0, "differs": 0.0, "same": 0.0},
    supports_from=0.7,
    conflicts_from=0.8,
    disputes_from=0.95,
)
"""For a stance model without fitted parameters: its own probabilities, with high thresholds."""


def load_classifier(file: Path, stance: str) -> Classifier:
    """The classifier that `training/classifier` fitted to the stance model of this fingerprint.
    Raises WeightsMismatch where the file is invalid or was fitted to another model."""
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        fitted_to, classifier = str(read["stance"]), Classifier(**read["parameters"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise WeightsMismatch(f"{file} cannot be read ({error}). {_WHAT_TO_DO}") from error
    if fitted_to != stance:
        raise WeightsMismatch(f"{file} was fitted to {fitted_to}, not to {stance}. {_WHAT_TO_DO}")
    return classifier


_WHAT_TO_DO = "Install Onrecord again, or fit it again as training/stance/README.md says."


def _odds_of_side(weights: Mapping[str, float], log_odds: float, findings: Findings) -> float:
    exact = weights["differs"] * findings.differs + weights["same"] * findings.same
    return math.exp(weights["bias"] + weights["model"] * log_odds + exact)


def log_odds(model: Probabilities) -> tuple[float, float]:
    """The log-odds of support and of conflict, each against neutral."""
    return _logit(model.supports, model.neutral), _logit(model.conflicts, model.neutral)


def _logit(side: float, neutral: float) -> float:
    least = math.exp(-SUREST)
    return min(max(math.log(max(side, least) / max(neutral, least)), -SUREST), SUREST)
