"""Compares a claim with a source text: how much of it is there, and what differs."""

from dataclasses import dataclass
from itertools import chain, islice

from service.domain.text import Mention, mention
from service.domain.verdict import Reason, ReasonCode
from service.english.quantities.quantities import quantities
from service.english.text.words import content_stems
from service.pipeline.compare.contradiction import opposed, reordered, turned_round
from service.pipeline.compare.dates import compare_dates
from service.pipeline.compare.names import known_names, replaced
from service.pipeline.compare.numbers import NumberComparison, compare_numbers
from service.pipeline.compare.ordinals import ordinal_reasons
from service.pipeline.compare.scope import SAME_STATEMENT, number_reasons
from service.pipeline.compare.sides import Side, coverage, read_sides

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


def compare_texts(claim: str, source: str, context: str) -> Comparison:
    """Compares `claim` with `source`; `context` is what surrounds the source: title, speaker."""
    around, names_around = content_stems(context)
    mine, theirs = read_sides(claim, source, names_around)
    known = known_names(mine, theirs, around)
    names_found = all(word.stem in known for word in mine.words if word.is_name)
    covered = coverage(mine.words, theirs.stems, around | known)
    numbers = compare_numbers(claim, source)
    dates = compare_dates(mine, theirs, context, around, has_figures=bool(quantities(claim)))
    reasons = [*number_reasons(mine, theirs, numbers, covered, names_found=names_found)]
    reasons += dates.reasons
    if covered >= SAME_STATEMENT:
        reasons += islice(turned_round(mine, theirs), 1)
    if covered >= RELATED and all(one.code is not ReasonCode.NEGATION for one in reasons):
        reasons += islice(chain(opposed(mine, theirs), reordered(mine, theirs)), 1)
    reasons += ordinal_reasons(mine, theirs, around)
    if not names_found:
        reasons += replaced(mine, theirs, around)
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
        tuple((mention(claim, here), mention(source, there)) for here, there in agreeing),
    )


def _predicate(mine: Side, theirs: Side, numbers: NumberComparison) -> float:
    """The share of the claim's words, without names, that the source has.

    Names alone state nothing; a number with a counterpart is a word shared. One is added above and
    below, as in Laplace's rule: a single word out of one is no full share.
    """
    said = [word.stem in theirs.stems for word in mine.words if not word.is_name]
    said += [True] * (len(numbers.agreeing) + len(numbers.differing))
    said += [False] * len(numbers.unmatched)
    return (sum(said) + 1) / (len(said) + 1)
