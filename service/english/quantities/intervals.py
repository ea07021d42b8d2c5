"""Intervals of numbers, and when two of them say the same."""

import math
from dataclasses import dataclass

from service.english.quantities.units import Unit

NEARBY = 2.0
"""The factor within which "more than 2,100" suggests that the number lies."""
NEXT_TO_NOTHING = 1e-9
"""The share by which two nominal values may differ through conversion alone."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, with `nominal` the number as written; "more than 5" has no end.

    `suggests` says that it is written of a number nearby, as "more than 2,100" is, unlike "at least
    three" or "up to 40", which only set a limit.
    """

    low: float
    nominal: float
    high: float
    suggests: bool = True

    @property
    def bounded(self) -> bool:
        """Whether it says how much at the most."""
        return math.isfinite(self.high)

    def converted(self, unit: Unit) -> "Interval":
        """The same in the base of the unit's dimension: 5 km as 5,000 metres."""
        low, nominal, high = (
            value * unit.factor + unit.offset for value in (self.low, self.nominal, self.high)
        )
        return Interval(low, nominal, high, self.suggests)


def agrees(claim: Interval, source: Interval) -> bool:
    """Whether the source's number makes the claim's true, as a reader takes round numbers."""
    if math.isclose(claim.nominal, source.nominal, rel_tol=NEXT_TO_NOTHING):
        return True
    if not source.bounded:
        return not claim.bounded and claim.low <= source.low < _end(claim)
    if claim.low <= source.low and source.high <= claim.high:
        return True
    both_round = claim.bounded and claim.low > 0 and source.low > 0
    return both_round and (
        claim.low <= source.nominal <= claim.high or source.low <= claim.nominal <= source.high
    )


def disjoint(claim: Interval, source: Interval) -> bool:
    """Whether no number fits both; meeting at the edge does not count as fitting.

    What the claim only suggests counts where the source sets a bound too: a claim of "more than
    100" is true of 250, but is another report than "more than 250".
    """
    end = claim.high if source.bounded else _end(claim)
    return _end(source) <= claim.low or end <= _beginning(source)


def _end(interval: Interval) -> float:
    suggested = interval.suggests and interval.low > 0 and not interval.bounded
    return NEARBY * interval.low if suggested else interval.high


def _beginning(interval: Interval) -> float:
    suggested = interval.suggests and interval.low == 0
    return interval.high / NEARBY if suggested else interval.low
