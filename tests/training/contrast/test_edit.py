import pytest

from training.contrast.edit import Edit, applied, narrowed


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


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ("John Ashby slept.", Edit(0, 10, "Ashby"), Edit(0, 5, "")),
        ("Ashby slept.", Edit(0, 5, "Police said that Ashby"), Edit(0, 0, "Police said that ")),
        ("It cost about 30 euros.", Edit(8, 22, "about 40 euros"), Edit(14, 17, "40 ")),
        ("It was hot on Friday.", Edit(10, 20, ""), Edit(10, 20, "")),
    ],
)
def test_a_narrowed_edit_holds_only_what_it_changes(text: str, edit: Edit, expected: Edit) -> None:
    """And makes the same text."""
    assert narrowed(text, edit) == expected
    assert applied(text, [narrowed(text, edit)]) == applied(text, [edit])
