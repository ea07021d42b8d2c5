"""Finds what one text says and the other turns round: by a negation or by an opposite."""

import re
from collections.abc import Iterator

from service.domain.text import Span
from service.domain.verdict import Reason, ReasonCode
from service.english.reading import Reading
from service.english.text.negation import Negation, is_negated
from service.english.text.words import Word, stem
from service.pipeline.compare.antonyms import opposites
from service.pipeline.compare.reasons import reason

OTHER_WORDS_SHARE = 0.6
"""The share of the claim's other words that the source must have beside the opposite."""
WORDS_BESIDE = 3
"""How many words to either side of an opposite tell what it is said of."""

_ORDER = re.compile(
    r"\b(before|after)\s+(?:(?:the|a|an|his|her|its|their)\s+)?([^\W\d_]+)", re.IGNORECASE
)


def turned_round(mine: Reading, theirs: Reading) -> Iterator[Reason]:
    """A word of both texts that one of them negates and the other does not."""
    for negation, word, twin in _negated_twins(theirs, mine):
        yield reason(ReasonCode.NEGATION, mine, twin.span, theirs, _with_cue(negation, word))
    for negation, word, twin in _negated_twins(mine, theirs):
        yield reason(ReasonCode.NEGATION, mine, _with_cue(negation, word), theirs, twin.span)


def opposed(mine: Reading, theirs: Reading) -> Iterator[Reason]:
    """A pair of opposites said of the same, unless exactly one of the two is negated.

    What is arrested may be released later: of two steps of one course of events all the other
    words must be the same.
    """
    for claimed, stated, is_step in opposites(mine.words, theirs.words):
        rest = [word for word in mine.words if word.span != claimed.span]
        shared = sum(word.stem in theirs.stems for word in rest)
        if (
            is_negated(claimed.span, mine.negations) == is_negated(stated.span, theirs.negations)
            and shared >= (1 if is_step else OTHER_WORDS_SHARE) * len(rest)
            and _beside(mine, claimed.span) & _beside(theirs, stated.span)
        ):
            yield reason(ReasonCode.NEGATION, mine, claimed.span, theirs, stated.span)


def reordered(mine: Reading, theirs: Reading) -> Iterator[Reason]:
    """What is before the vote in one text and after the vote in the other."""
    claimed, stated = _orders(mine.text), _orders(theirs.text)
    for word, match in claimed.items():
        other = stated.get(word)
        if other and match[1].casefold() != other[1].casefold():
            here, there = Span(*match.span()), Span(*other.span())
            yield reason(ReasonCode.NEGATION, mine, here, theirs, there)


def _orders(text: str) -> dict[str, re.Match[str]]:
    return {stem(match[2]): match for match in _ORDER.finditer(text)}


def _negated_twins(one: Reading, other: Reading) -> Iterator[tuple[Negation, Word, Word]]:
    """Words of `one` that a negation is about, each with its twin in `other` that is not negated.

    A denial is about all that is denied; "not" is about the words right after it, and what comes
    later in its clause may be true all the same. A word that either text uses both ways tells
    nothing.
    """
    for negation in one.negations:
        for word in _turned(one, negation, other):
            here, there = _ways(one, word.stem), _ways(other, word.stem)
            if len(here) == len(there) == 1 and here != there:
                twin = next(twin for twin in other.words if twin.stem == word.stem)
                yield negation, word, twin


def _turned(one: Reading, negation: Negation, other: Reading) -> Iterator[Word]:
    """The words that a negation is about, as far as its first one is in the other text.

    "Not a real character" says nothing against a character, unless it is said to be real. An adverb
    may be missing: what was not badly damaged is not damaged for all that.
    """
    inside = [
        word
        for word in one.words
        if negation.scope.contains(word.span)
        and not word.is_name
        and not word.span.overlaps(negation.cue)
    ]
    for word in inside[: negation.heads]:
        if word.stem in other.stems:
            yield word
        elif negation.heads and not word.span.of(one.text).endswith("ly"):
            return


def _ways(reading: Reading, wanted: str) -> set[bool]:
    """Whether the word is negated where it stands; both where it stands both ways."""
    return {
        is_negated(word.span, reading.negations) for word in reading.words if word.stem == wanted
    }


def _beside(reading: Reading, span: Span) -> set[str]:
    before = [word.stem for word in reading.words if word.span.end <= span.start]
    after = [word.stem for word in reading.words if word.span.start >= span.end]
    return {*before[-WORDS_BESIDE:], *after[:WORDS_BESIDE]}


def _with_cue(negation: Negation, word: Word) -> Span:
    return Span(min(negation.cue.start, word.span.start), max(negation.cue.end, word.span.end))
