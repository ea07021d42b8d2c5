"""Compares places in an order: "the third time" is not "the fourth time"."""

from collections.abc import Iterator

from service.domain.verdict import Reason, ReasonCode
from service.english.reading import Reading
from service.pipeline.compare.coverage import coverage
from service.pipeline.compare.reasons import reason
from service.pipeline.compare.scope import FULLY_COVERED


def ordinal_reasons(claim: Reading, source: Reading, around: frozenset[str]) -> Iterator[Reason]:
    """NUMBER_DIFFERS where the source has all of the claim, but another place in an order."""
    if not claim.ordinals:
        return
    starts = {span.start for places in claim.ordinals.values() for span in places.values()}
    rest = [word for word in claim.words if word.span.start not in starts]
    if coverage(rest, source.stems, around) < FULLY_COVERED:
        return
    for head, places in claim.ordinals.items():
        stated = source.ordinals.get(head, {})
        if stated and not places.keys() & stated.keys():
            in_claim, in_source = next(iter(places.values())), next(iter(stated.values()))
            yield reason(ReasonCode.NUMBER_DIFFERS, claim, in_claim, source, in_source)
