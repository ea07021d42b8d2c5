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
"""The coverage from which two texts are taken to make a statement about the same thing."""
FULLY_COVERED = 0.9
"""The coverage from which another name beside a number no longer means another scope."""

_END_OF_CLAUSE = re.compile(r"[,;:.!?\n—–”]")
_IN_A_PLACE = re.compile(
    r"\b(?:in|at|near|inside|outside|across)\s+(?:the\s+)?(?:[A-Z][\w’']*\s+)*$"
)


def number_reasons(
    claim: Reading,
    source: Reading,
    numbers: NumberComparison,
    coverage: float,
    *,
    names_found: bool,
) -> Iterator[Reason]:
    """A reason a pair: NUMBER_DIFFERS where both count the same thing, else SCOPE_DIFFERS."""
    for pair in numbers.differing:
        shared = (
            coverage >= SAME_STATEMENT
            and (names_found if _same_head(pair) else _has_names(source, claim))
            and not _is_of_a_part(claim, source, pair, coverage)
        )
        code = ReasonCode.NUMBER_DIFFERS if shared else ReasonCode.SCOPE_DIFFERS
        yield reason(code, claim, pair.claim.span, source, pair.source.span)
    for pair in numbers.agreeing:
        if _is_of_a_part(claim, source, pair, coverage):
            yield reason(ReasonCode.SCOPE_DIFFERS, claim, pair.claim.span, source, pair.source.span)
    for pair in numbers.apart:
        yield reason(ReasonCode.SCOPE_DIFFERS, claim, pair.claim.span, source, pair.source.span)


def _same_head(pair: Pair) -> bool:
    """Whether both count by the same word, not one "soldiers" and the other "North Koreans"."""
    return pair.claim.head == pair.source.head


def _has_names(source: Reading, claim: Reading) -> bool:
    return all(word.stem in source.stems for word in claim.words if word.is_name)


def _is_of_a_part(claim: Reading, source: Reading, pair: Pair, coverage: float) -> bool:
    """Whether the source's number is of a part or a time that the claim does not name.

    "3,000 are part of the Buryat Battalion" counts a part of "10,000 were sent to Russia", and
    "54 percent in 2021" is another turnout.
    """
    if _other_years(claim, source):
        return True
    return coverage < FULLY_COVERED and any(
        word.is_name and word.stem not in claim.stems
        for word in _qualifying_words(source, pair.source.span)
    )


def _other_years(claim: Reading, source: Reading) -> bool:
    """Whether the source names years that the claim does not name."""
    named = [period.years for period in claim.periods]
    return any(period.years and period.years not in named for period in source.periods)


def _qualifying_words(reading: Reading, number: Span) -> Iterator[Word]:
    """The words of its clause that may narrow a number: all after it, and places before it."""
    breaks = [match.end() for match in _END_OF_CLAUSE.finditer(reading.text, 0, number.start)]
    start = breaks[-1] if breaks else 0
    after = _END_OF_CLAUSE.search(reading.text, number.end)
    end = after.start() if after else len(reading.text)
    for word in reading.words:
        follows = number.end <= word.span.start and word.span.end <= end
        precedes = start <= word.span.start and word.span.end <= number.start
        if follows or (precedes and _IN_A_PLACE.search(reading.text, start, word.span.start)):
            yield word
