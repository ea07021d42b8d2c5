"""Names are compared in one spelling."""

import pytest

from service.domain.spelling import spelt


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("zelensky", "zelenskyy", True),
        ("zelensky", "zelenskiy", True),
        ("zelensky", "zelenskii", True),
        ("mohamed", "mohammed", True),
        ("yang", "yong", False),
        ("smith", "smyth", False),
    ],
)
def test_transliterations_are_one(one: str, other: str, same: bool) -> None:
    """Endings and doubled letters make no difference."""
    assert (spelt(one) == spelt(other)) is same


def test_a_spelling_stays() -> None:
    """To spell a name twice changes nothing."""
    assert spelt(spelt("zelenskyy")) == spelt("zelenskyy") == "zelensky"
