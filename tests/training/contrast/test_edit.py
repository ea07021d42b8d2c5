import pytest

from training.contrast.edit import Edit, applied


def test_makes_all_edits_at_their_places() -> None:
    """Offsets are into the text as it was, whatever the order of the edits."""
    edits = (Edit(9, 11, "12"), Edit(0, 3, "Two"), Edit(4, 4, "old "))
    assert applied("Six tins 30 left", edits) == "Two old tins 12 left"


def test_refuses_edits_that_touch() -> None:
    """Two edits of the same words are a mistake of whoever made them."""
    with pytest.raises(ValueError, match="touch"):
        applied("Six tins", (Edit(0, 5, "a"), Edit(4, 8, "b")))


def test_knows_what_touches() -> None:
    """Two insertions at one place touch; neighbours do not."""
    assert Edit(3, 3, "a").touches(Edit(3, 3, "b"))
    assert Edit(0, 4, "a").touches(Edit(2, 6, "b"))
    assert not Edit(0, 4, "a").touches(Edit(4, 6, "b"))
