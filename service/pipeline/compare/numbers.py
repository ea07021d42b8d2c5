"""Compares the numbers of a claim with those of a source, where both count the same thing."""

from dataclasses import dataclass

from service.pipeline.compare.places import PLACES
from service.pipeline.compare.quantities import Quantity, quantities
from service.pipeline.compare.words import stem

_PEOPLE = frozenset(
    stem(word)
    for word in """people person man woman men women soldiers troops servicemen fighters personnel
    recruits conscripts civilians residents citizens workers employees staff nurses doctors patients
    students pupils teachers voters protesters demonstrators passengers migrants refugees
    victims""".split()
) | frozenset(PLACES.values())
"""Words for people, among whom "10,000 soldiers" and "10,000 North Koreans" may be the same."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A quantity of the claim and its counterpart in the source."""

    claim: Quantity
    source: Quantity


@dataclass(frozen=True, slots=True)
class NumberComparison:
    """`differing` pairs count the same thing and exclude each other, `agreeing` ones do not.

    `unmatched` are the claim's quantities for which the source has no counterpart, or one that
    leaves the matter open ("more than 3,000" for 5,000).
    """

    differing: tuple[Pair, ...] = ()
    agreeing: tuple[Pair, ...] = ()
    unmatched: tuple[Quantity, ...] = ()


def compare_numbers(claim: str, source: str) -> NumberComparison:
    """Holds each quantity of the claim against its counterparts in the source."""
    claimed = quantities(claim)
    theirs = quantities(source) if claimed else ()
    differing: list[Pair] = []
    agreeing: list[Pair] = []
    unmatched: list[Quantity] = []
    for mine in claimed:
        counterparts = [their for their in theirs if _same_thing(mine, their)]
        matching = next((their for their in counterparts if agrees(mine, their)), None)
        if matching:
            agreeing.append(Pair(mine, matching))
        elif counterparts and all(disjoint(mine, their) for their in counterparts):
            differing.append(Pair(mine, counterparts[0]))
        else:
            unmatched.append(mine)
    return NumberComparison(tuple(differing), tuple(agreeing), tuple(unmatched))


def agrees(claim: Quantity, source: Quantity) -> bool:
    """Whether the source's quantity makes the claim's true, as a reader takes round numbers."""
    if claim.nominal == source.nominal:
        return True
    if not source.bounded:
        return not claim.bounded and claim.low <= source.low
    if claim.low <= source.low and source.high <= claim.high:
        return True
    both_round = claim.bounded and claim.low > 0 and source.low > 0
    return both_round and (
        claim.low <= source.nominal <= claim.high or source.low <= claim.nominal <= source.high
    )


def disjoint(claim: Quantity, source: Quantity) -> bool:
    """Whether no number fits both; meeting at the edge does not count as fitting."""
    return source.high <= claim.low or claim.high <= source.low


def _same_thing(claim: Quantity, source: Quantity) -> bool:
    if claim.unit != source.unit or claim.of_another_time != source.of_another_time:
        return False
    if claim.unit or not claim.counted or not source.counted:
        return True
    shared = set(claim.counted) & set(source.counted)
    return bool(shared) or (claim.head in _PEOPLE and source.head in _PEOPLE)
