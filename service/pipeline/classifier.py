"""The fitted function from what the model says of each sentence to what it does to the claim."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.domain.errors import WeightsMismatch

SUREST = 8.0
"""Where a logit ends: beyond it the model's certainty means nothing."""


@dataclass(frozen=True, slots=True)
class Probabilities:
    """That a sentence supports the claim, that it conflicts with it, and that it does neither; they
    sum to 1."""

    supports: float
    conflicts: float
    neutral: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What exact comparison finds: another figure, date or name for the same thing; or all of the
    claim, in its own words, and nothing that differs."""

    differs: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Odds:
    """Of supporting and of conflicting, relative to neutral; each is 0 or more."""

    supports: float
    conflicts: float


@dataclass(frozen=True, slots=True)
class Classifier:
    """Turns the model's log-odds against neutral into calibrated ones, and weighs both sides.

    A side's odds are exp(bias + model · log-odds + findings), the findings of exact comparison:
    that the sentence `differs` in a figure, a date or a name, or says the `same` in the claim's
    words. A sentence is held against the strongest of the other side, wherever it stands, so that a
    verdict looks at both. It decides from `supports_from` or `conflicts_from` on. Where each side
    alone would be as sure as `disputes_from`, neither is held against the other: they dispute.
    """

    supports: Mapping[str, float]
    conflicts: Mapping[str, float]
    supports_from: float
    conflicts_from: float
    disputes_from: float

    def odds(self, model: Probabilities, findings: Findings) -> Odds:
        """How much likelier than nothing each side is by this sentence."""
        return Odds(
            *(
                _odds(weights, value, findings)
                for weights, value in zip(
                    (self.supports, self.conflicts), log_odds(model), strict=True
                )
            )
        )

    def probabilities(self, own: Odds, most: Odds, *, disputed: bool) -> Probabilities:
        """Of a sentence; `most` are the strongest odds of each side that it is held against."""
        if disputed:
            total = 1 + own.supports + own.conflicts
            return Probabilities(own.supports / total, own.conflicts / total, 1 / total)
        supports = own.supports / (1 + own.supports + max(own.conflicts, most.conflicts))
        conflicts = own.conflicts / (1 + own.conflicts + max(own.supports, most.supports))
        return Probabilities(supports, conflicts, max(0.0, 1 - supports - conflicts))

    def disputes(self, most: Odds, *, same: bool) -> bool:
        """Whether each side alone would be sure enough to dispute the other; what supports in the
        claim's own words (`same`) is a side as soon as it decides."""
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
"""For a stance model that nothing was fitted to: its own probabilities, cautiously."""


def load_classifier(file: Path, stance: str) -> Classifier:
    """The parameters, as `training/classifier` fitted them to the stance model of this fingerprint.
    Raises WeightsMismatch for another, or where they cannot be read."""
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        fitted_to, classifier = str(read["stance"]), Classifier(**read["parameters"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise WeightsMismatch(f"{file} cannot be read ({error}). {_WHAT_TO_DO}") from error
    if fitted_to != stance:
        raise WeightsMismatch(f"{file} was fitted to {fitted_to}, not to {stance}. {_WHAT_TO_DO}")
    return classifier


_WHAT_TO_DO = "Install Onrecord again, or fit it again as training/stance/README.md says."


def _odds(weights: Mapping[str, float], log_odds: float, findings: Findings) -> float:
    exact = weights["differs"] * findings.differs + weights["same"] * findings.same
    return math.exp(weights["bias"] + weights["model"] * log_odds + exact)


def log_odds(model: Probabilities) -> tuple[float, float]:
    """Of supporting and of conflicting against neutral."""
    return _logit(model.supports, model.neutral), _logit(model.conflicts, model.neutral)


def _logit(one: float, other: float) -> float:
    least = math.exp(-SUREST)
    return min(max(math.log(max(one, least) / max(other, least)), -SUREST), SUREST)
