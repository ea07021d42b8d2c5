import re

import pytest

from tests.training.contrast.made import made
from training.contrast import qualifiers
from training.contrast.change import Label

BOUND = re.compile(r"freed (?P<words>[a-z ]+?) (?P<number>[\d,]+)")
OVER = {"more than", "over", "at least"}
UNDER = {"fewer than", "at most", "no more than"}


def fits(words: str, number: float, value: float) -> bool:
    """Whether `value` lies within the bound."""
    if words in OVER:
        return value > number or (words == "at least" and value == number)
    if words in UNDER:
        return value < number or (words != "fewer than" and value == number)
    return abs(value - number) <= 0.15 * value


def test_a_bound_follows_if_the_number_lies_within() -> None:
    """The label of every bound put before 3,000 is what arithmetic says of it."""
    outcomes = made(qualifiers.changes, "Rescuers freed 3,000 goats.")
    assert len(outcomes) > 10
    for edited, as_claim, _ in outcomes:
        found = BOUND.search(edited)
        assert found, edited
        inside = fits(found["words"], float(found["number"].replace(",", "")), 3000)
        assert as_claim is (Label.SUPPORTS if inside else Label.CONFLICTS), edited


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        ("The port will open in spring.", None),
        ("The port may open in spring.", (Label.SUPPORTS, Label.NEUTRAL)),
        ("The port must open in spring.", None),
    ],
)
def test_what_will_be_may_be(edited: str, expected: tuple[Label, Label] | None) -> None:
    """A hedge follows from the certainty, not the other way round."""
    found = {one[0]: one[1:] for one in made(qualifiers.changes, "The port will open in spring.")}
    assert found.get(edited) == expected


def test_puts_no_bound_where_grammar_takes_none() -> None:
    """Nobody writes "the more than 2,500 goats"."""
    assert not made(qualifiers.changes, "They freed the 3,000 goats.")
