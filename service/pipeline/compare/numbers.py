"""Compares the numbers of a claim with those of a source, where both count the same thing."""

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
    modifiers,
    same_group,
    same_thing,
    set_apart,
    unsaid,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A quantity of the claim and its counterpart in the source."""

    claim: Quantity
    source: Quantity


@dataclass(frozen=True, slots=True)
class NumberComparison:
    """`agreeing` pairs count the same thing and fit together, `differing` ones cannot both be true;
    whether these are a conflict or of another scope, `scope.py` says.

    `apart` are pairs of one measure that count different things: another group, other outcomes,
    a part. `unmatched` are the claim's quantities for which the source has no counterpart, or one
    that leaves the matter open ("more than 3,000" for 5,000); those `apart` are among them.
    """

    differing: tuple[Pair, ...] = ()
    agreeing: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    unmatched: tuple[Quantity, ...] = ()


def compare_numbers(claim: Reading, source: Reading) -> NumberComparison:
    """Holds each quantity of the claim against its counterparts in the source."""
    differing: list[Pair] = []
    agreeing: list[Pair] = []
    apart: list[Pair] = []
    unmatched: list[Quantity] = []
    for mine in claim.quantities:
        near, far = _counterparts(claim, mine, source)
        matching = next((one for one in near if agrees(mine.interval, one.interval)), None)
        if matching:
            agreeing.append(Pair(mine, matching))
            continue
        near = _closest(claim, mine, source, near) or _in_other_money(mine, source.quantities)
        if near and (near[0].unit != mine.unit or _exclude(mine, near)):
            differing.append(Pair(mine, near[0]))
        else:
            unmatched.append(mine)
            apart += [Pair(mine, one) for one in far[:1] if not near]
    return NumberComparison(tuple(differing), tuple(agreeing), tuple(apart), tuple(unmatched))


def _exclude(mine: Quantity, theirs: Sequence[Quantity]) -> bool:
    """Whether none of them fits; a number that is no longer so may be one of many."""
    return mine.role is not Role.FORMER and all(
        disjoint(mine.interval, one.interval) for one in theirs
    )


def _counterparts(
    claim: Reading, mine: Quantity, source: Reading
) -> tuple[list[Quantity], list[Quantity]]:
    """Those that count what `mine` counts, and those that count other things."""
    near: list[Quantity] = []
    far: list[Quantity] = []
    for their in source.quantities:
        if same_thing(mine, their):
            same = agrees(mine.interval, their.interval) or _same_part(claim, mine, source, their)
            same = same and _same_outcome(claim, mine, source, their)
            (near if same else far).append(their)
        elif set_apart(mine, their):
            far.append(their)
    return near, far


def _in_other_money(mine: Quantity, theirs: Sequence[Quantity]) -> list[Quantity]:
    """The same number in another currency; other numbers may be what it was changed into."""
    return [
        one
        for one in theirs
        if {mine.unit, one.unit} <= MONEY
        and one.interval.nominal == mine.interval.nominal
        and same_thing(mine, replace(one, unit=mine.unit))
    ]


def _closest(
    claim: Reading, mine: Quantity, source: Reading, near: list[Quantity]
) -> list[Quantity]:
    """Of several, those with the same head, and of these, those with the same outcome."""
    if len(near) < 2:
        return near
    same_head = [one for one in near if one.head == mine.head] or near
    befell = outcome(claim.text, mine.span)
    alike = [one for one in same_head if befell and outcome(source.text, one.span) == befell]
    return alike or same_head


def _same_outcome(claim: Reading, mine: Quantity, source: Reading, their: Quantity) -> bool:
    if mine.unit:
        return True
    one, other = outcome(claim.text, mine.span), outcome(source.text, their.span)
    return not one or not other or one == other


def _same_part(claim: Reading, mine: Quantity, source: Reading, their: Quantity) -> bool:
    """Whether neither counts a part of the other."""
    if unsaid(mine, their):
        return _beside_the_same(claim, mine, source, their)
    return (
        same_group(mine, their)
        and _all_in(modifiers(mine) - set(their.counted), source)
        and _all_in(modifiers(their) - set(mine.counted), claim)
    )


def _beside_the_same(claim: Reading, mine: Quantity, source: Reading, their: Quantity) -> bool:
    """Whether two numbers, one of which does not say what it counts, stand in the same words."""
    befell = outcome(claim.text, mine.span)
    if befell and befell == outcome(source.text, their.span):
        return True
    one, other = _beside(claim.text, mine.span), _beside(source.text, their.span)
    return any(word.isalnum() and word == twin for word, twin in zip(one, other, strict=True))


def _beside(text: str, span: Span) -> tuple[str, str]:
    before, after = text[: span.start].split()[-1:], text[span.end :].split()[:1]
    return "".join(before).casefold(), "".join(after).casefold()


def _all_in(wanted: Iterable[str], text: Reading) -> bool:
    missing = {stem(part) for word in wanted for part in word.split("-")}
    return not missing or missing <= text.stems
