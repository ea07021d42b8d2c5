"""A quote is the smallest run of clauses that carries the judgement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.text import Span
from service.english.text.clauses import narrow


def narrowed(text: str, *needed: str) -> str:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in needed]
    return narrow(text, Span(0, len(text)), spans).of(text)


@pytest.mark.parametrize(
    ("text", "needed", "quote"),
    [
        ("As rain fell, the dam held, engineers said.", ["dam"], "the dam held"),
        ("The dam, built in 1951, held.", ["dam", "held"], "The dam, built in 1951, held."),
        ("It cost $1,200,000 to mend, a record.", ["cost"], "It cost $1,200,000 to mend"),
        ("It is the “Tern Dam,” a wall of stone.", ["Tern"], "It is the “Tern Dam,”"),
        ("The dam held — nobody slept.", ["slept"], "nobody slept."),
        ("A dry year; a full dam", ["dam"], "a full dam"),
        (
            "It held, “a wall, a good one, of stone,” he said.",
            ["wall"],
            "“a wall, a good one, of stone,”",
        ),
    ],
)
def test_clauses_without_bearing_are_left_out(text: str, needed: list[str], quote: str) -> None:
    """Figures and quoted words are not cut, and no loose comma is left at the end."""
    assert narrowed(text, *needed) == quote


@pytest.mark.parametrize(
    "text",
    [
        "If the rain stops, the dam will hold",
        "The dam held, the mayor said, but not for long",
        "The dam held, though the mayor denied it",
        "The dam held, allegedly",
    ],
)
def test_what_turns_the_meaning_is_never_cut_off(text: str) -> None:
    """A condition, a denial or a doubt in another clause keeps the sentence whole."""
    assert narrowed(text, "dam") == text


@given(st.text("a ,;:—.“”’\n$1", min_size=1, max_size=60), st.data())
def test_the_quote_lies_within_and_holds_what_is_needed(text: str, data: st.DataObject) -> None:
    """Whatever the punctuation, the result is part of the whole and nothing needed is lost."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = narrow(text, Span(0, len(text)), [Span(start, end)])
    assert Span(0, len(text)).contains(quote)
    lost = text[start : quote.start] + text[max(quote.end, start) : end]
    assert not lost.strip(" \t\n,;:–—-")
