"""Intervals of numbers, and when two of them agree or exclude each other."""

import math
from dataclasses import dataclass

from service.english.quantities.units import Unit

NEARBY = 2.0
"""The factor within which a reader expects the number of "more than 2,100"."""
CONVERSION_SHARE = 1e-9
"""The share by which two equal values may differ after a conversion of units."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a number as written may stand for."""

    low: float
    nominal: float
    """The number as written."""
    high: float
    """Infinite for "more than 5"."""
    suggests: bool = True
    """Whether the true number is expected near the nominal one, as for "more than 2,100". "At least
    three" and "up to 40" only set a limit."""

    @property
    def bounded(self) -> bool:
        """Whether it has an upper limit."""
        return math.isfinite(self.high)

    def converted(self, unit: Unit) -> "Interval":
        """The same in the base unit of the dimension: 5 km as 5,000 metres."""
        low, nominal, high = (
            value * unit.factor + unit.offset for value in (self.low, self.nominal, self.high)
        )
        return Interval(low, nominal, high, self.suggests)


def agrees(claim: Interval, source: Interval) -> bool:
    """Whether the claim's number is true by the source's, as readers understand round numbers."""
    if math.isclose(claim.nominal, source.nominal, rel_tol=CONVERSION_SHARE):
        return True
    if not source.bounded:
        return not claim.bounded and claim.low <= source.low < _suggested_high(claim)
    if claim.low <= source.low and source.high <= claim.high:
        return True
    both_round = claim.bounded and claim.low > 0 and source.low > 0
    return both_round and (
        claim.low <= source.nominal <= claim.high or source.low <= claim.nominal <= source.high
    )


def disjoint(claim: Interval, source: Interval) -> bool:
    """Whether no number fits both; a common limit alone does not count as fitting.

    What the claim suggests only counts if the source has no upper limit: "more than 100" is true of
    250, but is another report than "more than 250".
    """
    end = claim.high if source.bounded else _suggested_high(claim)
    return _suggested_high(source) <= claim.low or end <= _suggested_low(source)


def _suggested_high(interval: Interval) -> float:
    suggested = interval.suggests and interval.low > 0 and not interval.bounded
    return NEARBY * interval.low if suggested else interval.high


def _suggested_low(interval: Interval) -> float:
    suggested = interval.suggests and interval.low == 0
    return interval.high / NEARBY if suggested else interval.low
