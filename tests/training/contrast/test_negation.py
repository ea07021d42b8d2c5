import pytest

from tests.training.contrast.made import labels, made
from training.contrast import negation
from training.contrast.change import Label

CHANGED = (Label.CONFLICTS, Label.CONFLICTS)


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("The mill is closed.", "The mill is not closed."),
        ("The mill is closed.", "The mill isn't closed."),
        ("The mill was not sold.", "The mill was sold."),
        ("Erna Volk sang for the king.", "Erna Volk did not sing for the king."),
        ("Erna Volk did not sing.", "Erna Volk sang."),
        ("Erna Volk has a mill.", "Erna Volk does not have a mill."),
        ("Erna Volk has sold it.", "Erna Volk has not sold it."),
        ("Erna Volk can swim.", "Erna Volk cannot swim."),
        ("Erna Volk never visited Oslo.", "Erna Volk visited Oslo."),
        ("Grain prices rose in June.", "Grain prices fell in June."),
    ],
)
def test_negates_and_takes_negations_away(text: str, edited: str) -> None:
    """With do-support and irregular forms, in both directions."""
    assert labels(negation.changes, text)[edited] == CHANGED


@pytest.mark.parametrize(
    ("text", "edited", "expected"),
    [
        ("Grain prices rose in June.", "Grain prices did not fall in June.",
         (Label.SUPPORTS, Label.NEUTRAL)),
        ("The toll is illegal here.", "The toll is not legal here.",
         (Label.SUPPORTS, Label.SUPPORTS)),
    ],
)  # fmt: skip
def test_the_opposite_negated_says_the_same_or_less(
    text: str, edited: str, expected: tuple[Label, Label]
) -> None:
    """What rose did not fall; what did not fall may have stood still."""
    assert labels(negation.changes, text)[edited] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Some mills were sold.",
        "The man who was late sang.",
        "Nobody was hurt.",
        "Only two mills were sold.",
        "The works are often late.",
    ],
)
def test_leaves_alone_what_not_would_not_turn_round(text: str) -> None:
    """Some were and some were not sold can both be true."""
    assert not made(negation.changes, text)
