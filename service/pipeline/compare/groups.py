"""Tells whether two numbers count the same: by the same noun, or by words for the same people."""

from service.english.lexicon import COUNTRIES, PEOPLE_GROUPS
from service.english.quantities.quantities import Quantity
from service.english.quantities.roles import Role
from service.english.text.words import stem

_ANYONE = frozenset(map(stem, "people person persons others victims".split()))
_GROUPS = [frozenset(map(stem, row)) for row in PEOPLE_GROUPS]
_NATIONS = frozenset(COUNTRIES.values())
_PEOPLE = frozenset[str]().union(_ANYONE, _NATIONS, *_GROUPS)
"""Words for people: "10,000 soldiers" and "10,000 North Koreans" may be the same."""


def same_measure(claim: Quantity, source: Quantity) -> bool:
    """Whether both are in one dimension and of one kind: "5 percent" is no "5 points"."""
    if claim.unit != source.unit or claim.role is not source.role:
        return False
    return not claim.per or not source.per or claim.per == source.per


def measures_another_thing(claim: Quantity, source: Quantity) -> bool:
    """Whether both have one unit but measure two things: two groups, or a level and a change."""
    roles = {claim.role, source.role}
    return claim.unit == source.unit != "" and (
        len(roles) == 1 or roles == {Role.LEVEL, Role.CHANGE}
    )


def unspecified(claim: Quantity, source: Quantity) -> bool:
    """Whether one of two plain counts does not say what it counts: "12 were hurt"."""
    return not claim.unit and (not claim.counted or not source.counted)


def same_thing(claim: Quantity, source: Quantity) -> bool:
    """Whether both may count the same thing; a number that does not say what it counts may."""
    if not same_measure(claim, source):
        return False
    if not claim.counted or not source.counted:
        return True
    if claim.head in source.counted or source.head in claim.counted:
        return True
    return claim.head in _PEOPLE and source.head in _PEOPLE


def same_group(claim: Quantity, source: Quantity) -> bool:
    """Whether their heads name one group: "employees" are "workers", and both are "people".

    "Nurses" and "doctors" are two groups.
    """
    if claim.head == source.head or not claim.head or not source.head:
        return True
    heads = {claim.head, source.head}
    if heads & (_ANYONE | _NATIONS):
        return True
    return any(heads <= group for group in _GROUPS)


def modifiers(quantity: Quantity) -> frozenset[str]:
    """What narrows the head down, nations left out: {"seasonal"} of "300 seasonal workers"."""
    return frozenset(quantity.counted[:-1]) - _NATIONS - {"north", "south", "east", "west"}
