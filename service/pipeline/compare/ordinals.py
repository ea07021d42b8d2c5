"""Compares places in an order: the third time is not the fourth."""

import re
from collections.abc import Iterator
from functools import lru_cache

from service.domain.text import Span
from service.domain.verdict import Reason, ReasonCode
from service.english.quantities.labels import labels
from service.english.text.words import stem
from service.pipeline.compare.scope import FULLY_COVERED
from service.pipeline.compare.sides import Side, coverage, reason

_WORDS = {
    word: number
    for number, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(),
        start=1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_WORDS)})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))[\s-]+"
    r"(?P<head>[^\W\d_]{3,})",
    re.IGNORECASE,
)


def ordinal_reasons(mine: Side, theirs: Side, around: frozenset[str]) -> Iterator[Reason]:
    """NUMBER_DIFFERS where all of the claim is there, but for a place in an order."""
    claimed = ordinals(mine.text)
    if not claimed:
        return
    starts = {span.start for places in claimed.values() for span in places.values()}
    rest = [word for word in mine.words if word.span.start not in starts]
    if coverage(rest, theirs.stems, around) < FULLY_COVERED:
        return
    stated = ordinals(theirs.text)
    for head, places in claimed.items():
        others = stated.get(head, {})
        if others and not places.keys() & others.keys():
            here, there = next(iter(places.values())), next(iter(others.values()))
            yield reason(ReasonCode.NUMBER_DIFFERS, mine, here, theirs, there)


@lru_cache(maxsize=256)  # a check asks for the claim's with each of its excerpts
def ordinals(text: str) -> dict[str, dict[int, Span]]:
    """For the stem of what is in an order its places, and where they stand; dates are none."""
    found: dict[str, dict[int, Span]] = {}
    dated = labels(text) if _ORDINAL.search(text) else ()
    for match in _ORDINAL.finditer(text):
        span = Span(*match.span())
        if not any(one.overlaps(span) for one in dated):
            place = _WORDS[match["word"].casefold()] if match["word"] else int(match["digits"])
            found.setdefault(stem(match["head"]), {}).setdefault(place, span)
    return found
