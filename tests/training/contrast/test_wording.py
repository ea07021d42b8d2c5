import pytest

from tests.training.contrast.made import labels, made
from training.contrast import wording
from training.contrast.change import Label

KEPT = (Label.SUPPORTS, Label.SUPPORTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met the British minister.", "He met the U.K.’s minister."),
        ("The U.K.’s minister resigned.", "The British minister resigned."),
        ("The Danish parliament met.", "Denmark’s parliament met."),
        ("The defense budget grew.", "The defence budget grew."),
        ("Three harbours and a harbour.", "Three harbours and a harbor."),
    ],
)
def test_writes_the_same_in_other_words(text: str, expected: str) -> None:
    """Both ways, at the beginning of a sentence too."""
    assert labels(wording.changes, text)[expected] == KEPT


@pytest.mark.parametrize(
    "text", ["The French people voted.", "A British actor sang.", "The Irish actors sang."]
)
def test_a_country_does_not_own_its_people(text: str) -> None:
    """What the adjective says of them, the possessive does not."""
    assert not made(wording.changes, text)
