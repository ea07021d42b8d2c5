"""Compares places in an order: the third time is not the fourth."""

from collections.abc import Iterator

from service.domain.verdict import Reason, ReasonCode
from service.english.reading import Reading
from service.pipeline.compare.coverage import coverage
from service.pipeline.compare.reasons import reason
from service.pipeline.compare.scope import FULLY_COVERED


def ordinal_reasons(mine: Reading, theirs: Reading, around: frozenset[str]) -> Iterator[Reason]:
    """NUMBER_DIFFERS where all of the claim is there, but for a place in an order."""
    if not mine.ordinals:
        return
    starts = {span.start for places in mine.ordinals.values() for span in places.values()}
    rest = [word for word in mine.words if word.span.start not in starts]
    if coverage(rest, theirs.stems, around) < FULLY_COVERED:
        return
    for head, places in mine.ordinals.items():
        others = theirs.ordinals.get(head, {})
        if others and not places.keys() & others.keys():
            here, there = next(iter(places.values())), next(iter(others.values()))
            yield reason(ReasonCode.NUMBER_DIFFERS, mine, here, theirs, there)
