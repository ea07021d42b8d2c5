import pytest

from tests.training.contrast.made import labels
from training.contrast import units
from training.contrast.change import Label

KEPT = (Label.SUPPORTS, Label.SUPPORTS)
CHANGED = (Label.CONFLICTS, Label.CONFLICTS)


@pytest.mark.parametrize(
    ("text", "edited", "expected"),
    [
        ("The pipe runs 10 miles inland.", "The pipe runs 10 kilometers inland.", CHANGED),
        ("The pipe runs 10 miles inland.", "The pipe runs 16.1 kilometers inland.", KEPT),
        ("The pipe runs 10 miles inland.", "The pipe runs about 16.1 kilometers inland.", KEPT),
        ("The strike took two weeks.", "The strike took 14 days.", KEPT),
        ("The strike took two weeks.", "The strike took two months.", CHANGED),
        ("The dam cost $40 million.", "The dam cost €40 million.", CHANGED),
        ("The dam cost $40 million.", "The dam cost $40 billion.", CHANGED),
        ("Rents rose 5 percent.", "Rents rose 5 percentage points.", None),
        ("Rents rose 5 percent in May.", "Rents rose 5 percentage points in May.", CHANGED),
    ],
)
def test_converted_it_is_the_same_and_otherwise_not(
    text: str, edited: str, expected: tuple[Label, Label] | None
) -> None:
    """Another unit beside the number contradicts; another number with it does not."""
    assert labels(units.changes, text).get(edited) == expected


def test_leaves_a_unit_inside_a_word_alone() -> None:
    """A "two-week" strike and a "3 year old" have no unit of their own."""
    assert not labels(units.changes, "The two-week strike ended.")
    assert not labels(units.changes, "A 3 year old horse won.")
