"""Decides whether two numbers that differ are of the same scope: the same place, time and group."""

import re
from collections.abc import Iterator

from service.domain.text import Span
from service.domain.verdict import Reason, ReasonCode
from service.english.reading import Reading
from service.english.text.words import Word
from service.pipeline.compare.numbers import NumberComparison, Pair
from service.pipeline.compare.reasons import reason

SAME_STATEMENT = 0.6
"""Coverage from which two texts are taken to state something about the same thing."""
FULLY_COVERED = 0.9
"""Coverage from which another name beside a number no longer means another scope."""

_END_OF_CLAUSE = re.compile(r"[,;:.!?\n—–”]")
_IN_A_PLACE = re.compile(
    r"\b(?:in|at|near|inside|outside|across)\s+(?:the\s+)?(?:[A-Z][\w’']*\s+)*$"
)


def number_reasons(
    mine: Reading, theirs: Reading, numbers: NumberComparison, coverage: float, *, names_found: bool
) -> Iterator[Reason]:
    """NUMBER_DIFFERS where both texts count the same thing, else SCOPE_DIFFERS, a pair each."""
    for pair in numbers.differing:
        shared = (
            coverage >= SAME_STATEMENT
            and (names_found if _same_head(pair) else _has_names(theirs, mine))
            and not _narrowed(mine, theirs, pair, coverage)
        )
        code = ReasonCode.NUMBER_DIFFERS if shared else ReasonCode.SCOPE_DIFFERS
        yield reason(code, mine, pair.claim.span, theirs, pair.source.span)
    for pair in numbers.agreeing:
        if _narrowed(mine, theirs, pair, coverage):
            yield reason(ReasonCode.SCOPE_DIFFERS, mine, pair.claim.span, theirs, pair.source.span)
    for pair in numbers.apart:
        yield reason(ReasonCode.SCOPE_DIFFERS, mine, pair.claim.span, theirs, pair.source.span)


def _same_head(pair: Pair) -> bool:
    """Whether both count by the same word, not "soldiers" here and "North Koreans" there."""
    return pair.claim.head == pair.source.head


def _has_names(theirs: Reading, mine: Reading) -> bool:
    return all(word.stem in theirs.stems for word in mine.words if word.is_name)


def _narrowed(mine: Reading, theirs: Reading, pair: Pair, coverage: float) -> bool:
    """Whether the source's number is of a part, or of another time, that the claim does not name.

    "3,000 are part of the Buryat Battalion" counts a part of "10,000 were sent to Russia", and
    "54 percent in 2021" is another turnout.
    """
    if _other_years(mine, theirs):
        return True
    return coverage < FULLY_COVERED and any(
        word.is_name and word.stem not in mine.stems
        for word in _qualifying(theirs, pair.source.span)
    )


def _other_years(mine: Reading, theirs: Reading) -> bool:
    """Whether the source speaks of years that the claim does not name."""
    named = [period.years for period in mine.periods]
    return any(period.years and period.years not in named for period in theirs.periods)


def _qualifying(reading: Reading, number: Span) -> Iterator[Word]:
    """The words of the number's clause that may narrow it: those after it, and places before."""
    breaks = [match.end() for match in _END_OF_CLAUSE.finditer(reading.text, 0, number.start)]
    start = breaks[-1] if breaks else 0
    after = _END_OF_CLAUSE.search(reading.text, number.end)
    end = after.start() if after else len(reading.text)
    for word in reading.words:
        follows = number.end <= word.span.start and word.span.end <= end
        precedes = start <= word.span.start and word.span.end <= number.start
        if follows or (precedes and _IN_A_PLACE.search(reading.text, start, word.span.start)):
            yield word
