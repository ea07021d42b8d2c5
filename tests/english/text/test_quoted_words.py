"""Quoted words are read without typography, and with an editor's marks."""

import pytest

from service.domain.text import Span
from service.english.text.quoted_words import QuotedWord, quoted_words, without_marks


def read(text: str) -> list[QuotedWord]:
    return list(quoted_words(text, Span(0, len(text))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I don’t know — ask the U.S.", "i don't know - ask the US"),
        ("twenty-one", "twenty one"),
        ("5,000 men, 3%", "5000 men 3 percent"),
        ("[T]he end", "the end"),
        ("“Never”, he’d said", '"Never," he\'d said'),
    ],
)
def test_typography_makes_no_difference(one: str, other: str) -> None:
    """Dashes, apostrophes, points, commas in numbers, and the case of a letter."""
    assert [word.key for word in read(one)] == [word.key for word in read(other)]


def test_other_numbers_are_other_words() -> None:
    """A decimal point and a comma are no typography."""
    assert [word.key for word in read("3.5 percent")] != [word.key for word in read("35 percent")]


def test_an_editors_marks_are_known() -> None:
    """Words in brackets are the editor's; an ellipsis, with brackets or without, is a gap."""
    words = read("She [the mayor] walk[ed] … out […] and [sic] back ... home")
    assert [word.key for word in words if word.editorial] == ["the mayor", "walked", "sic"]
    assert [word.key for word in words if word.after_gap] == ["out", "and", "home"]


def test_spans_are_into_the_text() -> None:
    """With their brackets."""
    text = "We [all] left."
    assert [word.span.of(text) for word in read(text)] == ["We", "[all]", "left"]


def test_marks_around_a_quotation_are_left_off() -> None:
    """And white space; marks within stay."""
    text = " “He said ‘no’ twice.” "
    assert without_marks(text, Span(0, len(text))).of(text) == "He said ‘no’ twice."
