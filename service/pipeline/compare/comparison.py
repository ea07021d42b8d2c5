"""Compares a claim with a source text: how much of it is there, and what differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

from service.domain.text import Mention, mention
from service.domain.verdict import Reason, ReasonCode
from service.english.reading import Reading
from service.pipeline.compare.contradiction import negated, opposed, reordered
from service.pipeline.compare.coverage import coverage
from service.pipeline.compare.dates import compare_dates
from service.pipeline.compare.names import known_names, replaced
from service.pipeline.compare.numbers import NumberComparison, compare_numbers
from service.pipeline.compare.ordinals import ordinal_reasons
from service.pipeline.compare.scope import SAME_STATEMENT, number_reasons

RELATED = 0.4
"""The coverage from which opposites are looked for. It is low, because a word whose opposite
stands in the source is not covered."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a claim and a source have in common, and what differs; spans are into these texts."""

    coverage: float
    """The share of the claim's words that the source or its surroundings have, in 0..1."""
    predicate: float
    """The share of the claim's words, without names, that the source itself has, in 0..1."""
    complete: bool
    """Whether every number, date and name of the claim was found."""
    reasons: tuple[Reason, ...]
    """What differs."""
    agreeing: tuple[tuple[Mention, Mention], ...] = ()
    """The numbers and dates that agree, the claim's words first."""


NOTHING_COMPARED = Comparison(0.0, 0.0, complete=False, reasons=())


def compare_texts(claim: Reading, source: Reading, around: Sequence[Reading]) -> Comparison:
    """Compares `claim` with `source`; `around` are texts that say what a reader of the source knows
    already, such as title, lede, passage and speaker."""
    stems_around = frozenset[str]().union(*(text.stems for text in around))
    names = claim.name_stems.union(source.name_stems, *(text.name_stems for text in around))
    claim, source = claim.with_names(names), source.with_names(names)
    known = known_names(claim, source, stems_around)
    names_found = all(word.stem in known for word in claim.words if word.is_name)
    covered = coverage(claim.words, source.stems, stems_around | known)
    numbers = compare_numbers(claim, source)
    dates = compare_dates(claim, source, around)
    reasons = [*number_reasons(claim, source, numbers, covered, names_found=names_found)]
    reasons += dates.reasons
    if covered >= SAME_STATEMENT:
        reasons += islice(negated(claim, source), 1)
    if covered >= RELATED and all(reason.code is not ReasonCode.NEGATION for reason in reasons):
        reasons += islice(chain(opposed(claim, source), reordered(claim, source)), 1)
    reasons += ordinal_reasons(claim, source, stems_around)
    if not names_found:
        reasons += replaced(claim, source, stems_around)
    in_scope = all(reason.code is not ReasonCode.SCOPE_DIFFERS for reason in reasons)
    complete = names_found and in_scope and not numbers.unmatched and not dates.unmatched
    agreeing = [
        *((pair.claim.span, pair.source.span) for pair in numbers.agreeing),
        *dates.agreeing,
    ]
    return Comparison(
        covered,
        _predicate(claim, source, numbers),
        complete,
        tuple(reasons),
        tuple(
            (mention(claim.text, in_claim), mention(source.text, in_source))
            for in_claim, in_source in agreeing
        ),
    )


def _predicate(claim: Reading, source: Reading, numbers: NumberComparison) -> float:
    """The share of the claim's words, without names, that the source has.

    Names alone state nothing. A number with a counterpart counts as a shared word. As in Laplace's
    rule, 1 is added to both counts, so that few words weigh less than many.
    """
    found = [word.stem in source.stems for word in claim.words if not word.is_name]
    found += [True] * (len(numbers.agreeing) + len(numbers.differing))
    found += [False] * len(numbers.unmatched)
    return (sum(found) + 1) / (len(found) + 1)
