"""The one fitted function from all that is known of a sentence to what it does to the claim."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PARAMETERS = Path(__file__).with_name("weighing.json")

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Calibrated probabilities; they sum to 1."""

    supports: float
    conflicts: float
    neutral: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """A multinomial logistic function with "neutral" as its base.

    `supports` and `conflicts` map each feature, and "bias", to its weight. A sentence decides from
    `supports_from` or `conflicts_from` on.
    """

    supports: Mapping[str, float]
    conflicts: Mapping[str, float]
    supports_from: float
    conflicts_from: float

    def opinion(self, features: Features) -> Opinion:
        """Raises KeyError for a feature that was not fitted."""
        supports = math.exp(_score(self.supports, features))
        conflicts = math.exp(_score(self.conflicts, features))
        total = 1 + supports + conflicts
        return Opinion(supports / total, conflicts / total, 1 / total)


def load_weighing(file: Path = PARAMETERS) -> Weighing:
    """The parameters, as `training/weighing` fitted them."""
    read = json.loads(file.read_text(encoding="utf-8"))
    return Weighing(**read["parameters"])


def _score(weights: Mapping[str, float], features: Features) -> float:
    return weights["bias"] + sum(weights[name] * value for name, value in features.items())
