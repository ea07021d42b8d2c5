"""Text is normalised once, and positions in it are exact."""

import sys
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.text import (
    MOST_MARKS,
    Span,
    mention,
    normalise,
    stream_safe,
    trimmed,
    utf16,
)

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


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_the_utf16_pair_slices_the_same_words(text: str, one: int, other: int) -> None:
    """What JavaScript slices with the UTF-16 pair is what Python slices with the code points."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    span = Span(start, end)
    begin, stop = utf16(text, span)
    units = text.encode("utf-16-le")
    assert units[2 * begin : 2 * stop].decode("utf-16-le") == span.of(text)


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


def marks_in_a_row(text: str) -> int:
    """The longest run of combining marks, decomposed."""
    longest = run = 0
    for character in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    return longest


@pytest.mark.parametrize(
    "marks", ["\u0301", "\u0323\u0301", "\u0344", "\u0f73", "\u0301\u0f81\u0345"]
)
def test_marks_without_end_are_broken_up(marks: str) -> None:
    """So that sorting them, which is quadratic, is never much; nothing else changes."""
    raw = "e" + marks * 5_000 + "f"
    stored = normalise(raw)
    assert marks_in_a_row(stored) <= MOST_MARKS
    assert normalise(stored) == stored
    kept = Counter(unicodedata.normalize("NFD", stored.replace("\u034f", "")))
    assert kept == Counter("".join(unicodedata.normalize("NFD", one) for one in raw))


@pytest.mark.parametrize(
    "text", ["Z͑ͫ̓ͪ̂ͫ̽͏a", "क्षि", "“…” — ‘…’" * 40, "👩‍👩‍👧" * 40, "\u0e33\u0e49" * 40]
)
def test_what_languages_and_people_write_stays_as_it_is(text: str) -> None:
    """Marks of a letter, many signs in a row, emoji."""
    assert normalise(text) == unicodedata.normalize("NFC", text)


def test_every_combining_mark_is_seen() -> None:
    """What normalising sorts is neither a letter, nor white space, nor ASCII."""
    combining = [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code))
    ]
    assert len(combining) > 500
    assert all(stream_safe(mark * 31) != mark * 31 for mark in combining)
