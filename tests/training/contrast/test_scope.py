import pytest

from tests.training.contrast.made import labels, made
from training.contrast import parts, scope, shortening
from training.contrast.change import Label

WEAKER = (Label.SUPPORTS, Label.NEUTRAL)
STRONGER = (Label.NEUTRAL, Label.SUPPORTS)
CHANGED = (Label.CONFLICTS, Label.CONFLICTS)
APART = (Label.NEUTRAL, Label.NEUTRAL)


@pytest.mark.parametrize(
    ("text", "edited", "expected"),
    [
        ("All the ferries sank.", "Some of the ferries sank.", WEAKER),
        ("All the ferries sank.", "None of the ferries sank.", CHANGED),
        ("Some ferries sank.", "All ferries sank.", STRONGER),
        ("Some ferries sank.", "No ferries sank.", CHANGED),
        ("Most ferries sank.", "Some ferries sank.", WEAKER),
        ("Most ferries sank.", "Few ferries sank.", CHANGED),
        ("Two-thirds of the ferries sank.", "More than half of the ferries sank.", WEAKER),
        ("A third of the ferries sank.", "Most of the ferries sank.", CHANGED),
        ("Two of the nine ferries sank.", "All of the nine ferries sank.", CHANGED),
        ("It sank in northern Norway.", "It sank in Norway.", WEAKER),
    ],
)
def test_quantifiers_go_by_logic(text: str, edited: str, expected: tuple[Label, Label]) -> None:
    """All gives some, some does not give all, and no excludes some."""
    assert labels(scope.changes, text)[edited] == expected


def test_leaves_logic_that_is_turned_round_alone() -> None:
    """Under a negation, what was weaker is stronger."""
    assert not made(scope.changes, "It is not true that all ferries sank.")


@pytest.mark.parametrize(
    ("text", "edited", "expected"),
    [
        ("The ferry sank off the cape, which has no lighthouse.", "The ferry sank off the cape.",
         WEAKER),
        ("However, the ferry reached the harbour of the island.",
         "The ferry reached the harbour of the island.", (Label.SUPPORTS, Label.SUPPORTS)),
        ("On the second day, the ferry reached the distant island.",
         "The ferry reached the distant island.", WEAKER),
        ("The ferry (built for the lake) reached the distant island.",
         "The ferry reached the distant island.", WEAKER),
        ("Olga Brandt, a retired pilot, has reached the island.",
         "Olga Brandt has reached the island.", WEAKER),
    ],
)  # fmt: skip
def test_what_is_cut_leaves_what_follows(
    text: str, edited: str, expected: tuple[Label, Label], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shorter sentence follows from the longer, and only an empty opening keeps all of it."""
    monkeypatch.setattr(shortening, "MIN_LEFT_CHARS", 10)
    assert labels(shortening.changes, text)[edited] == expected


def test_cuts_nothing_from_a_condition() -> None:
    """What holds only if something does must keep its condition."""
    text = "If the dam breaks, the ferry will not reach the island, which has no lighthouse."
    assert not made(shortening.changes, text)


def test_a_part_neither_bears_out_the_total_nor_denies_it() -> None:
    """3,000 of one group and 12,000 in all can both be true; the group alone gives the total."""
    outcomes = made(parts.changes, "Crews moved 12,000 people in Texas on barges.")
    fewer = [one for one in outcomes if "12,000" not in one[0]]
    narrower = [one for one in outcomes if "12,000" in one[0]]
    assert fewer
    assert narrower
    assert {one[1:] for one in fewer} == {APART}
    assert {one[1:] for one in narrower} == {STRONGER}
    assert any("in Houston, Texas, on" in one[0] for one in fewer)
