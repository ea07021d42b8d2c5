"""Compares a claim with a source text: how much of it is there, and what differs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Span, mention
from service.domain.verdict import Reason, ReasonCode
from service.pipeline.compare.negation import Negation, is_negated, negations, opposites
from service.pipeline.compare.numbers import NumberComparison, Pair, compare_numbers
from service.pipeline.compare.words import Word, content_words, stems

CONTEXT_SHARE = 0.5
"""What a word counts that only the surroundings have; names set the scene, so they count whole."""
SAME_STATEMENT = 0.6
"""Coverage from which two texts are taken to state something about the same thing."""
FULLY_COVERED = 0.9
"""Coverage from which another name beside a number no longer means another scope."""
HEADS_OF_A_NEGATION = 2
"""How many words after a negation may be the predicate that it turns round."""

_END_OF_CLAUSE = re.compile(r"[,;:.!?\n—–”]")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`coverage` is the share of the claim's words that the source has, in 0..1.

    `complete` says that every number and every name of the claim was found. `reasons` say what
    differs; their spans are into the two texts that were compared.
    """

    coverage: float
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
    mine, theirs = _side(claim), _side(source)
    around = stems(content_words(context))
    coverage = _coverage(mine.words, theirs.stems, around)
    names_found = all(
        word.stem in theirs.stems or word.stem in around for word in mine.words if word.is_name
    )
    numbers = compare_numbers(claim, source)
    same_scope = names_found and coverage >= SAME_STATEMENT
    reasons = [*_number_reasons(mine, theirs, numbers, coverage, same_scope=same_scope)]
    if coverage >= SAME_STATEMENT:
        reasons += [*_turned_round(mine, theirs), *_opposite(mine, theirs)][:1]
    in_scope = all(reason.code is not ReasonCode.SCOPE_DIFFERS for reason in reasons)
    complete = names_found and in_scope and not numbers.unmatched
    return Comparison(coverage, complete, tuple(reasons))


def _side(text: str) -> _Side:
    words = content_words(text)
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


def _number_reasons(
    mine: _Side, theirs: _Side, numbers: NumberComparison, coverage: float, *, same_scope: bool
) -> Iterator[Reason]:
    """NUMBER_DIFFERS where both texts count the same thing, else SCOPE_DIFFERS, a pair each."""
    for pair in numbers.differing:
        shared = same_scope and (coverage >= FULLY_COVERED or not _narrowed(mine, theirs, pair))
        code = ReasonCode.NUMBER_DIFFERS if shared else ReasonCode.SCOPE_DIFFERS
        yield _reason(code, mine, pair.claim.span, theirs, pair.source.span)
    for pair in numbers.agreeing:
        if coverage < FULLY_COVERED and _narrowed(mine, theirs, pair):
            yield _reason(ReasonCode.SCOPE_DIFFERS, mine, pair.claim.span, theirs, pair.source.span)


def _narrowed(mine: _Side, theirs: _Side, pair: Pair) -> bool:
    """Whether a name that the claim lacks follows the source's number in its clause.

    "3,000 are part of the Buryat Battalion" counts a part of "10,000 were sent to Russia".
    """
    end = _END_OF_CLAUSE.search(theirs.text, pair.source.span.end)
    clause = Span(pair.source.span.end, end.start() if end else len(theirs.text))
    return any(
        word.is_name and word.stem not in mine.stems and clause.contains(word.span)
        for word in theirs.words
    )


def _turned_round(mine: _Side, theirs: _Side) -> Iterator[Reason]:
    """A word of both texts that stands right under a negation in one of them only."""
    for one, other, claim_first in ((theirs, mine, False), (mine, theirs, True)):
        for negation in one.negations:
            inside = [word for word in one.words if negation.scope.contains(word.span)]
            for word in inside[:HEADS_OF_A_NEGATION]:
                twin = next((w for w in other.words if w.stem == word.stem), None)
                if twin is None or word.is_name:
                    continue
                if is_negated(word.span, one.negations) == is_negated(twin.span, other.negations):
                    continue
                here = Span(
                    min(negation.cue.start, word.span.start), max(negation.cue.end, word.span.end)
                )
                spans = (here, twin.span) if claim_first else (twin.span, here)
                yield _reason(ReasonCode.NEGATION, mine, spans[0], theirs, spans[1])


def _opposite(mine: _Side, theirs: _Side) -> Iterator[Reason]:
    """A pair of opposites, unless exactly one of the two is negated."""
    for claimed, stated in opposites(mine.text, theirs.text):
        if is_negated(claimed.span, mine.negations) == is_negated(stated.span, theirs.negations):
            yield Reason(ReasonCode.NEGATION, claimed, stated)


def _reason(code: ReasonCode, mine: _Side, here: Span, theirs: _Side, there: Span) -> Reason:
    return Reason(code, mention(mine.text, here), mention(theirs.text, there))
