"""Quotation marks: what stands between them, whatever the outlet's typography."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.english.text.quotation_marks import quotations


def _inner(text: str) -> list[list[str]]:
    return [[piece.of(text) for piece in quotation.inner] for quotation in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We stay,” she said.", ["We stay,"]),
        ('"We stay," she said.', ["We stay,"]),
        ("''We stay,'' she said.", ["We stay,"]),
        ("``We stay,'' she said.", ["We stay,"]),
        ("«We stay», she said.", ["We stay"]),
        ("„We stay“, she said.", ["We stay"]),
        ("‘We stay,’ she said.", ["We stay,"]),
        ("She said: 'We stay.'", ["We stay."]),
        ("“We stay,“ she said.", ["We stay,"]),
        ("”We stay,” she said.", ["We stay,"]),
        ("(“We stay.”)", ["We stay."]),
        ('"We stay"—for now.', ["We stay"]),
        ("“He told us ‘never again’ and left,” she said.", ["He told us ‘never again’ and left,"]),
        ("''They say, 'You must all go,''' he said. ''I stay.''",
         ["They say, 'You must all go,'", "I stay."]),
        ("“One,” he said. “Two.”", ["One,", "Two."]),
    ],
)  # fmt: skip
def test_finds_the_words_between_marks(text: str, expected: list[str]) -> None:
    """Curly, straight, doubled, low, angular and single marks, marks turned the wrong way and marks
    within marks: the outermost quotation is found without its marks."""
    assert _inner(text) == [[words] for words in expected]


@pytest.mark.parametrize(
    "text",
    [
        "It's the players' house and the '90s weren't kind to O'Neill.",
        "The Joneses’ dog isn’t theirs; it’s the neighbours’.",
        "He is 6'2\" tall.",
        "The hall seats rock 'n' roll fans.",
        "No marks at all.",
        "",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    """Possessives, contractions, decades and inches open nothing."""
    assert quotations(text) == ()


def test_an_apostrophe_does_not_close_a_british_quotation() -> None:
    """‘…’ ends at its closing mark, not at the possessive plural within."""
    assert _inner("‘The boys’ coats are wet,’ he said.") == [["The boys’ coats are wet,"]]


def test_a_quotation_goes_on_where_its_mark_is_repeated() -> None:
    """Opened in each paragraph and closed in the last: one quotation, a piece a paragraph."""
    text = "“First we looked.\n\n“Then we counted.\n\n“Then we left,” Novak said."
    assert _inner(text) == [["First we looked.", "Then we counted.", "Then we left,"]]


@pytest.mark.parametrize(
    "text",
    [
        "“It never ends, Novak said.\n\nThe council met on Monday.",
        '"It never ends, Novak said.\n\nThe council met on Monday.',
        "It never ends,” Novak said.\n\nThe council met on Monday.",
    ],
)
def test_a_missing_mark_swallows_nothing(text: str) -> None:
    """A mark without a partner in its paragraph is left out."""
    assert quotations(text) == ()


def test_a_missing_mark_costs_only_its_own_quotation() -> None:
    """The quotations after an unclosed one are still found."""
    text = "“It never ends, Novak said. “It starts again,” Ruiz said."
    assert _inner(text) == [["It starts again,"]]


@given(st.text(alphabet="ab ,.\n“”\"'‘’«»`", max_size=60))
def test_quotations_are_in_order_and_apart(text: str) -> None:
    """Over any mess of marks: pieces in order, without overlap, each of one paragraph."""
    end = 0
    for quotation in quotations(text):
        assert len(quotation.pieces) == len(quotation.inner)
        for piece, inner in zip(quotation.pieces, quotation.inner, strict=True):
            assert piece.start >= end
            assert piece.contains(inner)
            assert "\n" not in piece.of(text)
            end = piece.end


def test_marks_without_an_end_take_time_by_their_number_alone() -> None:
    """A page of nothing but backticks kept the service busy for minutes. On lines of their own the
    same marks cannot."""
    seconds = []
    for marks in ("``\n" * 100_000, "``" * 100_000):
        begun = time.process_time()
        assert quotations(marks) == ()
        seconds.append(time.process_time() - begun)
    assert seconds[1] < 4 * seconds[0]
