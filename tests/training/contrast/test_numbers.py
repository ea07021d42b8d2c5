from tests.training.contrast.made import labels, made
from training.contrast import numbers
from training.contrast.change import Label
from training.contrast.numerals import numerals

SENTENCE = "Rescuers freed 3,000 goats from the flooded valley."


def test_another_value_excludes_the_first() -> None:
    """No changed value is the old one, and each contradicts it in both directions."""
    outcomes = made(numbers.changes, SENTENCE)
    changed = [one for one in outcomes if one[1] is Label.CONFLICTS]
    assert len(changed) > 3
    for edited, _, as_evidence in changed:
        assert next(numerals(edited)).value != 3000
        assert as_evidence is Label.CONFLICTS


def test_another_style_keeps_the_value() -> None:
    """3,000 in words and without its mark is 3,000."""
    found = labels(numbers.changes, SENTENCE)
    both = (Label.SUPPORTS, Label.SUPPORTS)
    assert found["Rescuers freed three thousand goats from the flooded valley."] == both
    assert found["Rescuers freed 3000 goats from the flooded valley."] == both


def test_a_share_stays_below_the_whole() -> None:
    """A changed percentage is still one of a whole."""
    for edited, as_claim, _ in made(numbers.changes, "Some said 90 percent of hens were ill."):
        assert as_claim is Label.SUPPORTS or next(numerals(edited)).value < 100


def test_leaves_bounds_and_conditions_alone() -> None:
    """Of "more than 3,000" no other value is known to be wrong, nor of what is denied."""
    for text in ("They freed more than 3,000 goats.", "They did not free 3,000 goats."):
        assert all(one[1] is Label.SUPPORTS for one in made(numbers.changes, text))
