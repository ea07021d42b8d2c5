"""Compares a claim with a source text: how much of it is there, and what differs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.domain.text import Span, mention
from service.domain.verdict import Reason, ReasonCode
from service.pipeline.compare.negation import Negation, is_negated, negations, opposites
from service.pipeline.compare.numbers import NumberComparison, Pair, compare_numbers
from service.pipeline.compare.words import Word, content_stems, content_words, stems

CONTEXT_SHARE = 0.5
"""What a word counts that only the surroundings have; names set the scene, so they count whole."""
SAME_STATEMENT = 0.6
"""Coverage from which two texts are taken to state something about the same thing."""
FULLY_COVERED = 0.9
"""Coverage from which another name beside a number no longer means another scope."""
HEADS_OF_A_NEGATION = 2
"""How many words after a negation may be the predicate that it turns round."""

_END_OF_CLAUSE = re.compile(r"[,;:.!?\n—–”]")

_IN_A_PLACE = re.compile(
    r"\b(?:in|at|near|inside|outside|across)\s+(?:the\s+)?(?:[A-Z][\w’']*\s+)*$"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`coverage` is the share of the claim's words that the source or its surroundings have, in
    0..1; `predicate` the share that the source itself has of those that are no names.

    `complete` says that every number and every name of the claim was found. `reasons` say what
    differs; their spans are into the two texts that were compared.
    """

    coverage: float
    predicate: float
    complete: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    words: tuple[Word, ...]
    stems: frozenset[str]
    negations: tuple[Negation, ...]


def compare_texts(claim: str, source: str, context: str) -> Comparison:
    """Compares `claim` with `source`; `context` is what surrounds the source: title, speaker."""
    claimed, stated = content_words(claim), content_words(source)
    around, names_around = content_stems(context)
    names = stems(word for word in (*claimed, *stated) if word.is_name) | names_around
    mine, theirs = _side(claim, claimed, names), _side(source, stated, names)
    coverage = _coverage(mine.words, theirs.stems, around)
    names_found = all(
        word.stem in theirs.stems or word.stem in around for word in mine.words if word.is_name
    )
    numbers = compare_numbers(claim, source)
    reasons = [*_number_reasons(mine, theirs, numbers, coverage, names_found=names_found)]
    if coverage >= SAME_STATEMENT:
        reasons += [*_turned_round(mine, theirs), *_opposite(mine, theirs)][:1]
    in_scope = all(reason.code is not ReasonCode.SCOPE_DIFFERS for reason in reasons)
    complete = names_found and in_scope and not numbers.unmatched
    return Comparison(coverage, _predicate(mine, theirs, numbers), complete, tuple(reasons))


def _side(text: str, found: Sequence[Word], names: frozenset[str]) -> _Side:
    """A capital at the start of a sentence tells nothing: what is a name elsewhere is one there."""
    words = tuple(
        replace(word, is_name=True)
        if not word.is_name and word.stem in names and text[word.span.start].isupper()
        else word
        for word in found
    )
    return _Side(text, words, stems(words), negations(text))


def _coverage(claim: Sequence[Word], source: frozenset[str], around: frozenset[str]) -> float:
    def share(word: Word) -> float:
        if word.stem in source:
            return 1.0
        if word.stem in around:
            return 1.0 if word.is_name else CONTEXT_SHARE
        return 0.0

    total = sum(word.weight for word in claim)
    return sum(word.weight * share(word) for word in claim) / total if total else 0.0


def _predicate(mine: _Side, theirs: _Side, numbers: NumberComparison) -> float:
    """The share of the claim's words, without names, that the source has.

    Names alone state nothing; a number with a counterpart is a word shared. One is added above and
    below, as in Laplace's rule: a single word out of one is no full share.
    """
    said = [word.stem in theirs.stems for word in mine.words if not word.is_name]
    said += [True] * (len(numbers.agreeing) + len(numbers.differing))
    said += [False] * len(numbers.unmatched)
    return (sum(said) + 1) / (len(said) + 1)


def _number_reasons(
    mine: _Side, theirs: _Side, numbers: NumberComparison, coverage: float, *, names_found: bool
) -> Iterator[Reason]:
    """NUMBER_DIFFERS where both texts count the same thing, else SCOPE_DIFFERS, a pair each."""
    for pair in numbers.differing:
        shared = (
            coverage >= SAME_STATEMENT
            and (names_found if _same_head(pair) else _has_names(theirs, mine))
            and not _narrowed(mine, theirs, pair, coverage)
        )
        code = ReasonCode.NUMBER_DIFFERS if shared else ReasonCode.SCOPE_DIFFERS
        yield _reason(code, mine, pair.claim.span, theirs, pair.source.span)
    for pair in numbers.agreeing:
        if _narrowed(mine, theirs, pair, coverage):
            yield _reason(ReasonCode.SCOPE_DIFFERS, mine, pair.claim.span, theirs, pair.source.span)


def _same_head(pair: Pair) -> bool:
    """Whether both count by the same word, not "soldiers" here and "North Koreans" there."""
    return pair.claim.head == pair.source.head


def _has_names(theirs: _Side, mine: _Side) -> bool:
    return all(word.stem in theirs.stems for word in mine.words if word.is_name)


def _narrowed(mine: _Side, theirs: _Side, pair: Pair, coverage: float) -> bool:
    """Whether the source's number is of a part, or of another time, that the claim does not name.

    "3,000 are part of the Buryat Battalion" counts a part of "10,000 were sent to Russia", and
    "54 percent in 2021" is another turnout.
    """
    if not set(_YEAR.findall(theirs.text)) <= set(_YEAR.findall(mine.text)):
        return True
    return coverage < FULLY_COVERED and any(
        word.is_name and word.stem not in mine.stems
        for word in _qualifying(theirs, pair.source.span)
    )


def _qualifying(side: _Side, number: Span) -> Iterator[Word]:
    """The words of the number's clause that may narrow it: those after it, and places before."""
    breaks = [match.end() for match in _END_OF_CLAUSE.finditer(side.text, 0, number.start)]
    start = breaks[-1] if breaks else 0
    after = _END_OF_CLAUSE.search(side.text, number.end)
    end = after.start() if after else len(side.text)
    for word in side.words:
        follows = number.end <= word.span.start and word.span.end <= end
        precedes = start <= word.span.start and word.span.end <= number.start
        if follows or (precedes and _IN_A_PLACE.search(side.text, start, word.span.start)):
            yield word


def _turned_round(mine: _Side, theirs: _Side) -> Iterator[Reason]:
    """A word of both texts that one of them negates and the other does not."""
    for negation, word, twin in _negated_twins(theirs, mine):
        yield _reason(ReasonCode.NEGATION, mine, twin.span, theirs, _with_cue(negation, word))
    for negation, word, twin in _negated_twins(mine, theirs):
        yield _reason(ReasonCode.NEGATION, mine, _with_cue(negation, word), theirs, twin.span)


def _negated_twins(one: _Side, other: _Side) -> Iterator[tuple[Negation, Word, Word]]:
    """Words of `one` that a negation is about, each with its twin in `other` that is not negated.

    A denial is about all that is denied; "not" is about the words right after it, and what comes
    later in its clause may be true all the same.
    """
    for negation in one.negations:
        inside = [word for word in one.words if negation.scope.contains(word.span)]
        for word in inside if negation.denies else inside[:HEADS_OF_A_NEGATION]:
            twin = next((twin for twin in other.words if twin.stem == word.stem), None)
            if (
                twin
                and not word.is_name
                and is_negated(word.span, one.negations) != is_negated(twin.span, other.negations)
            ):
                yield negation, word, twin


def _with_cue(negation: Negation, word: Word) -> Span:
    return Span(min(negation.cue.start, word.span.start), max(negation.cue.end, word.span.end))


def _opposite(mine: _Side, theirs: _Side) -> Iterator[Reason]:
    """A pair of opposites, unless exactly one of the two is negated."""
    for claimed, stated in opposites(mine.text, theirs.text):
        if is_negated(claimed.span, mine.negations) == is_negated(stated.span, theirs.negations):
            yield Reason(ReasonCode.NEGATION, claimed, stated)


def _reason(code: ReasonCode, mine: _Side, here: Span, theirs: _Side, there: Span) -> Reason:
    return Reason(code, mention(mine.text, here), mention(theirs.text, there))
