"""Compares the numbers of a claim with those of a source, where both count the same thing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from service.domain.text import Span
from service.english.quantities.intervals import agrees, disjoint
from service.english.quantities.outcomes import outcome
from service.english.quantities.quantities import MONEY, Quantity
from service.english.quantities.roles import Role
from service.english.reading import Reading
from service.english.text.words import stem
from service.pipeline.compare.groups import (
    measures_another_thing,
    modifiers,
    same_group,
    same_thing,
    unspecified,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A quantity of the claim and its counterpart in the source."""

    claim: Quantity
    source: Quantity


@dataclass(frozen=True, slots=True)
class NumberComparison:
    """The quantities of a claim, each with its counterpart in the source if it has one."""

    differing: tuple[Pair, ...] = ()
    """Both cannot be true; `scope.py` decides whether they conflict or have another scope."""
    agreeing: tuple[Pair, ...] = ()
    """Both count the same thing and fit together."""
    apart: tuple[Pair, ...] = ()
    """Both have one measure but count different things: another group, another outcome, a part."""
    unmatched: tuple[Quantity, ...] = ()
    """Quantities of the claim without a counterpart, those `apart` included, or with one that
    decides nothing: "more than 3,000" for 5,000."""


def compare_numbers(claim: Reading, source: Reading) -> NumberComparison:
    """Compares each quantity of the claim with its counterparts in the source.

    A quantity of the source is the counterpart of one. That which agrees with one is not held
    against another: of "22 in El Paso and 17 in Odessa" the 22 on record says nothing of the 17.
    That which two differ from is left out, since nothing tells which of them it is.
    """
    differing: list[Pair] = []
    apart: list[Pair] = []
    unmatched: list[Quantity] = []
    found = [(claimed, *_counterparts(claim, claimed, source)) for claimed in claim.quantities]
    agreed = [
        next((stated for stated in near if agrees(claimed.interval, stated.interval)), None)
        for claimed, near, _ in found
    ]
    taken = {stated.span for stated in agreed if stated}
    agreeing: list[Pair] = []
    for (claimed, near, far), match in zip(found, agreed, strict=True):
        if match:
            agreeing.append(Pair(claimed, match))
            continue
        free = [stated for stated in source.quantities if stated.span not in taken]
        rivals = _closest(claim, claimed, source, [each for each in free if each in near])
        rivals = rivals or _in_other_money(claimed, free)
        if rivals and (rivals[0].unit != claimed.unit or _none_fits(claimed, rivals)):
            differing.append(Pair(claimed, rivals[0]))
        else:
            unmatched.append(claimed)
            apart += [Pair(claimed, stated) for stated in far[:1] if not rivals]
    sources = Counter(pair.source.span for pair in differing)
    unmatched += [pair.claim for pair in differing if sources[pair.source.span] > 1]
    differing = [pair for pair in differing if sources[pair.source.span] == 1]
    return NumberComparison(tuple(differing), tuple(agreeing), tuple(apart), tuple(unmatched))


def _none_fits(claimed: Quantity, stated: Sequence[Quantity]) -> bool:
    """Whether none of them fits; a former number excludes nothing, since there were several."""
    return claimed.role is not Role.FORMER and all(
        disjoint(claimed.interval, quantity.interval) for quantity in stated
    )


def _counterparts(
    claim: Reading, claimed: Quantity, source: Reading
) -> tuple[list[Quantity], list[Quantity]]:
    """Those that count what `claimed` counts, and those that count other things."""
    near: list[Quantity] = []
    far: list[Quantity] = []
    for stated in source.quantities:
        if same_thing(claimed, stated):
            same = agrees(claimed.interval, stated.interval) or _same_part(
                claim, claimed, source, stated
            )
            same = same and _same_outcome(claim, claimed, source, stated)
            (near if same else far).append(stated)
        elif measures_another_thing(claimed, stated):
            far.append(stated)
    return near, far


def _in_other_money(claimed: Quantity, stated: Sequence[Quantity]) -> list[Quantity]:
    """The same number in another currency; another number may be the same sum, converted."""
    return [
        amount
        for amount in stated
        if {claimed.unit, amount.unit} <= MONEY
        and amount.interval.nominal == claimed.interval.nominal
        and same_thing(claimed, replace(amount, unit=claimed.unit))
    ]


def _closest(
    claim: Reading, claimed: Quantity, source: Reading, near: list[Quantity]
) -> list[Quantity]:
    """Of several quantities those with the same head, and of these those with the same outcome."""
    if len(near) < 2:
        return near
    same_head = [stated for stated in near if stated.head == claimed.head] or near
    claimed_outcome = outcome(claim.text, claimed.span)
    alike = [
        stated
        for stated in same_head
        if claimed_outcome and outcome(source.text, stated.span) == claimed_outcome
    ]
    return alike or same_head


def _same_outcome(claim: Reading, claimed: Quantity, source: Reading, stated: Quantity) -> bool:
    if claimed.unit:
        return True
    claimed_outcome, stated_outcome = (
        outcome(claim.text, claimed.span),
        outcome(source.text, stated.span),
    )
    return not claimed_outcome or not stated_outcome or claimed_outcome == stated_outcome


def _same_part(claim: Reading, claimed: Quantity, source: Reading, stated: Quantity) -> bool:
    """Whether both count the same group, and neither counts only a part of it."""
    if unspecified(claimed, stated):
        return _beside_the_same(claim, claimed, source, stated)
    return (
        same_group(claimed, stated)
        and _all_in(modifiers(claimed) - set(stated.counted), source)
        and _all_in(modifiers(stated) - set(claimed.counted), claim)
    )


def _beside_the_same(claim: Reading, claimed: Quantity, source: Reading, stated: Quantity) -> bool:
    """Whether both stand in the same words. It is asked where one does not say what it counts."""
    claimed_outcome = outcome(claim.text, claimed.span)
    if claimed_outcome and claimed_outcome == outcome(source.text, stated.span):
        return True
    in_claim, in_source = _beside(claim.text, claimed.span), _beside(source.text, stated.span)
    return any(
        word.isalnum() and word == twin for word, twin in zip(in_claim, in_source, strict=True)
    )


def _beside(text: str, span: Span) -> tuple[str, str]:
    before, after = text[: span.start].split()[-1:], text[span.end :].split()[:1]
    return "".join(before).casefold(), "".join(after).casefold()


def _all_in(wanted: Iterable[str], text: Reading) -> bool:
    missing = {stem(part) for word in wanted for part in word.split("-")}
    return not missing or missing <= text.stems
