"""Compares a claim with a source text: how much of it is there, and what differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

from service.domain.text import Mention, mention
from service.domain.verdict import Reason, ReasonCode
from service.english.reading import Reading
from service.pipeline.compare.contradiction import opposed, reordered, turned_round
from service.pipeline.compare.coverage import coverage
from service.pipeline.compare.dates import compare_dates
from service.pipeline.compare.names import known_names, replaced
from service.pipeline.compare.numbers import NumberComparison, compare_numbers
from service.pipeline.compare.ordinals import ordinal_reasons
from service.pipeline.compare.scope import SAME_STATEMENT, number_reasons

RELATED = 0.4
"""Coverage from which a word's opposite is looked for; the word itself is not covered then."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`coverage` is the share of the claim's words that the source or its surroundings have, in
    0..1; `predicate` the share that the source itself has of those that are no names.

    `complete` says that every number, every date and every name of the claim was found. `reasons`
    say what differs and `agreeing` are the numbers and dates that do not, the claim's words first;
    all spans are into the two texts that were compared.
    """

    coverage: float
    predicate: float
    complete: bool
    reasons: tuple[Reason, ...]
    agreeing: tuple[tuple[Mention, Mention], ...] = ()


NOTHING_COMPARED = Comparison(0.0, 0.0, complete=False, reasons=())


def compare_texts(claim: Reading, source: Reading, around: Sequence[Reading]) -> Comparison:
    """Compares `claim` with `source`; `around` are texts that say what a reader of the source knows
    already, such as title, lede, passage and speaker."""
    stems_around = frozenset[str]().union(*(one.stems for one in around))
    names = claim.name_stems.union(source.name_stems, *(one.name_stems for one in around))
    mine, theirs = claim.with_names(names), source.with_names(names)
    known = known_names(mine, theirs, stems_around)
    names_found = all(word.stem in known for word in mine.words if word.is_name)
    covered = coverage(mine.words, theirs.stems, stems_around | known)
    numbers = compare_numbers(mine, theirs)
    dates = compare_dates(mine, theirs, around)
    reasons = [*number_reasons(mine, theirs, numbers, covered, names_found=names_found)]
    reasons += dates.reasons
    if covered >= SAME_STATEMENT:
        reasons += islice(turned_round(mine, theirs), 1)
    if covered >= RELATED and all(one.code is not ReasonCode.NEGATION for one in reasons):
        reasons += islice(chain(opposed(mine, theirs), reordered(mine, theirs)), 1)
    reasons += ordinal_reasons(mine, theirs, stems_around)
    if not names_found:
        reasons += replaced(mine, theirs, stems_around)
    in_scope = all(reason.code is not ReasonCode.SCOPE_DIFFERS for reason in reasons)
    complete = names_found and in_scope and not numbers.unmatched and not dates.unmatched
    agreeing = [
        *((pair.claim.span, pair.source.span) for pair in numbers.agreeing),
        *dates.agreeing,
    ]
    return Comparison(
        covered,
        _predicate(mine, theirs, numbers),
        complete,
        tuple(reasons),
        tuple((mention(mine.text, here), mention(theirs.text, there)) for here, there in agreeing),
    )


def _predicate(mine: Reading, theirs: Reading, numbers: NumberComparison) -> float:
    """The share of the claim's words, without names, that the source has.

    Names alone state nothing; a number with a counterpart is a word shared. One is added above and
    below, as in Laplace's rule: a single word out of one is no full share.
    """
    said = [word.stem in theirs.stems for word in mine.words if not word.is_name]
    said += [True] * (len(numbers.agreeing) + len(numbers.differing))
    said += [False] * len(numbers.unmatched)
    return (sum(said) + 1) / (len(said) + 1)
