"""A quote that begins or ends inside a bracket, a quotation or a date is found."""

import pytest

from benchmarks.cuts import cuts
from service.domain.text import Span

BRIDGE = "The bridge (opened in 1951, closed since) was painted on March 3, 2017, he said."
CALL = "“We will go, and we will win,” said Ann Lee, “if it rains.”"
STRAIGHT = 'The "old, cold" dam held.'


@pytest.mark.parametrize(
    ("sentence", "quote", "cut"),
    [
        (BRIDGE, BRIDGE, set()),
        (BRIDGE, "The bridge", set()),
        (BRIDGE, "opened in 1951, closed since", set()),
        (BRIDGE, "The bridge (opened in 1951", {"bracket"}),
        (BRIDGE, "closed since) was painted", {"bracket"}),
        (BRIDGE, "closed since", {"bracket"}),
        (BRIDGE, "was painted on March 3, 2017", set()),
        (BRIDGE, "was painted on March 3", {"date"}),
        (BRIDGE, "1951, closed since) was painted on March", {"bracket", "date"}),
        (CALL, "We will go, and we will win", set()),
        (CALL, "“We will go, and we will win,” said Ann Lee", set()),
        (CALL, "We will go, and we will win,” said Ann Lee", {"quotation"}),
        (CALL, "we will win", {"quotation"}),
        (CALL, "said Ann Lee", set()),
        (STRAIGHT, 'The "old', {"quotation"}),
        (STRAIGHT, '"old, cold" dam', set()),
    ],
)
def test_what_is_cut_in_two_is_named(sentence: str, quote: str, cut: set[str]) -> None:
    """The whole inside of a quotation is a quote of its own; a part of it is not."""
    text = f"It rained. {sentence} Nobody slept."
    within, start = Span(11, 11 + len(sentence)), text.index(quote, 11)
    assert cuts(text, within, Span(start, start + len(quote))) == cut


def test_a_quotation_over_several_sentences_is_not_cut_by_a_sentence() -> None:
    """Each of its sentences is whole."""
    text = "“We will go. We will win.”"
    assert cuts(text, Span(0, 12), Span(0, 12)) == frozenset()
    assert cuts(text, Span(13, 26), Span(13, 26)) == frozenset()
