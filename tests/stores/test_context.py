"""What a passage is found by in the word leg."""

from service.domain.text import Span
from service.stores.context import BEFORE_CHARS, texts_in_context


def test_each_passage_comes_with_the_title_and_the_passage_before_it() -> None:
    """The first has nothing before it; what lies between two passages is nobody's."""
    text = "The mayor spoke.  He resigned. Nobody knew."
    passages = [Span(0, 16), Span(18, 30), Span(31, 43)]
    assert texts_in_context("Vell", text, passages) == (
        "Vell\n\nThe mayor spoke.",
        "Vell\nThe mayor spoke.\nHe resigned.",
        "Vell\nHe resigned.\nNobody knew.",
    )


def test_of_a_long_passage_before_it_the_end_counts() -> None:
    """So many characters, and no more."""
    text = "a" * 50 + "b" * BEFORE_CHARS + "c"
    _, last = texts_in_context("", text, [Span(0, len(text) - 1), Span(len(text) - 1, len(text))])
    assert last == f"\n{'b' * BEFORE_CHARS}\nc"


def test_an_article_without_passages_has_no_texts() -> None:
    assert texts_in_context("Vell", "", []) == ()
