"""Finds what one text says and the other contradicts: by a negation or by an opposite."""

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
"""The share of the claim's words, without the opposite itself, that the source must have."""
WORDS_BESIDE = 3
"""How many words on each side of an opposite are compared, to tell what it is said of."""

_ORDER = re.compile(
    r"\b(before|after)\s+(?:(?:the|a|an|his|her|its|their)\s+)?([^\W\d_]+)", re.IGNORECASE
)


def negated(claim: Reading, source: Reading) -> Iterator[Reason]:
    """A word of both texts that one of them negates and the other does not."""
    for negation, word, twin in _negated_twins(source, claim):
        yield reason(ReasonCode.NEGATION, claim, twin.span, source, _with_cue(negation, word))
    for negation, word, twin in _negated_twins(claim, source):
        yield reason(ReasonCode.NEGATION, claim, _with_cue(negation, word), source, twin.span)


def opposed(claim: Reading, source: Reading) -> Iterator[Reason]:
    """A pair of opposites said of the same thing, unless exactly one of the two is negated.

    Two steps of one course of events, such as "arrested" and "released", may both be true: they
    conflict only where all other words are the same.
    """
    for claimed, stated, is_step in opposites(claim.words, source.words):
        rest = [word for word in claim.words if word.span != claimed.span]
        shared = sum(word.stem in source.stems for word in rest)
        if (
            is_negated(claimed.span, claim.negations) == is_negated(stated.span, source.negations)
            and shared >= (1 if is_step else OTHER_WORDS_SHARE) * len(rest)
            and _words_beside(claim, claimed.span) & _words_beside(source, stated.span)
        ):
            yield reason(ReasonCode.NEGATION, claim, claimed.span, source, stated.span)


def reordered(claim: Reading, source: Reading) -> Iterator[Reason]:
    """What one text places before an event and the other after it: "before the vote"."""
    claimed, stated = _orders(claim.text), _orders(source.text)
    for word, match in claimed.items():
        counterpart = stated.get(word)
        if counterpart and match[1].casefold() != counterpart[1].casefold():
            in_claim, in_source = Span(*match.span()), Span(*counterpart.span())
            yield reason(ReasonCode.NEGATION, claim, in_claim, source, in_source)


def _orders(text: str) -> dict[str, re.Match[str]]:
    return {stem(match[2]): match for match in _ORDER.finditer(text)}


def _negated_twins(negating: Reading, plain: Reading) -> Iterator[tuple[Negation, Word, Word]]:
    """Words that `negating` negates, each with the same word of `plain` that is not negated.

    A denial negates all that is denied. "Not" negates the words right after it; what comes later in
    its clause may still be true. A word that one text uses both with and without a negation is
    passed over.
    """
    for negation in negating.negations:
        for word in _words_negated(negating, negation, plain):
            in_negating, in_plain = _polarities(negating, word.stem), _polarities(plain, word.stem)
            if len(in_negating) == len(in_plain) == 1 and in_negating != in_plain:
                twin = next(twin for twin in plain.words if twin.stem == word.stem)
                yield negation, word, twin


def _words_negated(negating: Reading, negation: Negation, plain: Reading) -> Iterator[Word]:
    """The words that a negation of `negating` is about, up to the first that `plain` lacks.

    "Not a real character" negates "character" only where `plain` has "real" too. An adverb may be
    missing in `plain`: "not badly damaged" contradicts "damaged".
    """
    inside = [
        word
        for word in negating.words
        if negation.scope.contains(word.span)
        and not word.is_name
        and not word.span.overlaps(negation.cue)
    ]
    for word in inside[: negation.heads]:
        if word.stem in plain.stems:
            yield word
        elif negation.heads and not word.span.of(negating.text).endswith("ly"):
            return


def _polarities(reading: Reading, wanted: str) -> set[bool]:
    """Whether the word is negated, at each of its places: {True}, {False}, or both."""
    return {
        is_negated(word.span, reading.negations) for word in reading.words if word.stem == wanted
    }


def _words_beside(reading: Reading, span: Span) -> set[str]:
    before = [word.stem for word in reading.words if word.span.end <= span.start]
    after = [word.stem for word in reading.words if word.span.start >= span.end]
    return {*before[-WORDS_BESIDE:], *after[:WORDS_BESIDE]}


def _with_cue(negation: Negation, word: Word) -> Span:
    return Span(min(negation.cue.start, word.span.start), max(negation.cue.end, word.span.end))
