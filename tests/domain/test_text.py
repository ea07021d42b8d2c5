"""Text is normalised once, and positions in it are exact."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.text import Span, Utf16, mention, normalise, trimmed, utf16
from tests.growth import MOST, growth

# Surrogates too: they come in through JSON escapes.
ANY_TEXT = st.text(st.characters(codec=None), max_size=200)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("one\r\ntwo\rthree\x85four\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("cafe\u0301", "café"),
        ("\ufeffbegin\x00 \x1b[1mbold\x07", "begin [1mbold"),
        ("tab\tstays\nand the line too", "tab\tstays\nand the line too"),
        ("family 👩\u200d👧 and rtl \u200fשלום", "family 👩\u200d👧 and rtl \u200fשלום"),
        ("a half \ud83d emoji", "a half  emoji"),
        ("ﬁne ligature", "ﬁne ligature"),
    ],
)
def test_text_is_stored_in_one_form(raw: str, stored: str) -> None:
    """Line ends, composition and control characters are settled; what has meaning stays."""
    assert normalise(raw) == stored


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(raw: str) -> None:
    """What is stored is a fixed point, is NFC, and can be encoded."""
    stored = normalise(raw)
    assert normalise(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    stored.encode()


@given(
    st.text("aé\u0344\u0301\u0316\u0958\u093c\u0f73\u1e97か\u3099\u034f😀", max_size=9),
    st.text("\u0344\u0301\u0316\u0327\u0f73\u034f", min_size=20, max_size=70),
)
def test_many_marks_on_a_letter_are_parted_once(letters: str, marks: str) -> None:
    """Never are there more than 30 in a row, and a second time changes nothing."""
    stored = normalise(letters + marks)
    assert normalise(stored) == stored
    rows = "".join("x" if unicodedata.combining(char) else " " for char in stored).split()
    assert max(map(len, rows)) <= 30
    assert [char for char in stored if char != "\u034f"] == [
        char for char in unicodedata.normalize("NFC", stored) if char != "\u034f"
    ]


def test_marks_that_are_few_stay_as_they_are() -> None:
    """A letter with thirty marks is put in order and nothing is added."""
    marks = "\u0316\u0301" * 15
    assert normalise("a" + marks) == unicodedata.normalize("NFC", "a" + marks)


def test_normalising_takes_no_longer_than_the_text() -> None:
    """Marks that alternate were put in order in n² steps."""
    for fragment in ("\u0301\u0316", "a\u0301", "\u0344", "😀", "\ud800", "\r"):
        assert growth(normalise, fragment) <= MOST, fragment


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_the_utf16_pair_slices_the_same_words(text: str, one: int, other: int) -> None:
    """What JavaScript slices with the UTF-16 pair is what Python slices with the code points."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    span = Span(start, end)
    begin, stop = utf16(text, span)
    units = text.encode("utf-16-le")
    assert units[2 * begin : 2 * stop].decode("utf-16-le") == span.of(text)
    assert [Utf16(text).code_points(at) for at in (begin, stop)] == [start, end]


def test_within_a_pair_is_its_character() -> None:
    """No offset of JavaScript's is without one of ours."""
    assert [Utf16("a🌉🚢b").code_points(at) for at in range(7)] == [0, 1, 1, 2, 2, 3, 4]


def test_a_span_is_no_wider_than_its_words() -> None:
    """Trimming takes the white space at both ends and leaves an empty span where there is none."""
    text = "  two words \n "
    assert trimmed(text, Span(0, len(text))).of(text) == "two words"
    assert len(trimmed("   ", Span(0, 3))) == 0


def test_a_span_runs_forwards() -> None:
    """A span that ends before it starts is a bug, and said at once."""
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)


def test_a_mention_holds_its_slice() -> None:
    """The words of a mention are those at its span."""
    assert mention("who said it", Span(4, 8)).text == "said"
