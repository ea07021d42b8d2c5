"""A quotation is compared with the words on record, word by word."""

import pytest

from service.domain.text import Span
from service.english.text.quoted_words import quoted_words
from service.pipeline.compare.wording import compare_wording

RECORD = (
    "Nobody will cross this bridge until I would let my own children cross it, not on my watch."
)


def compared(quotation: str, record: str = RECORD) -> tuple[str, list[tuple[str, str]]] | None:
    """The words of the record that the quotation stands for, and what differs: both sides."""
    quoted = list(quoted_words(quotation, Span(0, len(quotation))))
    source = list(quoted_words(record, Span(0, len(record))))
    found = compare_wording(quoted, source)
    if found is None:
        return None
    place = Span(source[found.first].span.start, source[found.last].span.end)
    return place.of(record), [
        (
            each.quoted.of(quotation),
            " ".join(word.span.of(record) for word in source[each.source.start : each.source.end]),
        )
        for each in found.differing
    ]


@pytest.mark.parametrize(
    "quotation",
    [
        "Nobody will cross this bridge",
        "nobody will cross this bridge until I would let my own children cross it",
        "Nobody will cross this bridge … not on my watch",
        "Nobody will cross [the Sallow Bridge] until I would let my own children cross it",
        "[N]obody will cross this bridge [over the Sallow] until",
        "Nobody [sic] will cross this bridge",
        "and my own children cross it",
    ],
)
def test_what_an_editor_may_do_is_no_difference(quotation: str) -> None:
    """Cutting at the ends, an ellipsis, brackets, and a joining word where the quotation begins."""
    found = compared(quotation)
    assert found is not None
    assert found[1] == []


@pytest.mark.parametrize(
    ("quotation", "differing"),
    [
        (
            "cross this bridge until I would let the whole council cross it",
            [("the whole council", "my own children")],
        ),
        ("Nobody will ever cross this bridge", [("ever", "")]),
        ("until I let my own children cross it, on my watch", [("", "would"), ("", "not")]),
        ("Somebody will cross this bridge", [("Somebody", "Nobody")]),
        ("let my own children cross it, not on my clock", [("clock", "watch")]),
    ],
)
def test_every_other_word_that_differs_is_told(
    quotation: str, differing: list[tuple[str, str]]
) -> None:
    """Replaced, added and left out; in the middle and at the ends."""
    found = compared(quotation)
    assert found is not None
    assert found[1] == differing


def test_what_an_editor_put_into_the_record_is_no_difference() -> None:
    """The quotation may have the speaker's own words there."""
    assert compared("Dems can’t stand losing it", "Dem[ocrat]s can’t stand losing it") == (
        "Dem[ocrat]s can’t stand losing it",
        [],
    )


def test_an_ellipsis_does_not_excuse_another_word() -> None:
    """Left out may be what it stands for, and no more."""
    found = compared("Everybody will cross this bridge … on my watch")
    assert found is not None
    assert found[1] == [("Everybody", "Nobody")]


def test_the_place_is_where_most_words_in_a_row_agree() -> None:
    """Not where one of them stands by chance."""
    record = "We will see. " * 40 + "We will not sell the mill to anybody."
    assert compared("We will not sell the mill", record) == ("We will not sell the mill", [])


def test_of_words_that_are_alike_the_nearest_counts() -> None:
    """Brackets right after "the" stand for what follows the last "the"."""
    record = "The mayor and the council of the town want the ferry to stay in Orm."
    assert compared("The [boat] to stay in Orm", record) == ("the ferry to stay in Orm", [])


def test_nothing_in_common_is_no_place() -> None:
    """Then there is nothing to compare."""
    assert compared("Zinc prices doubled", "Rain fell all day.") is None


def test_words_that_are_all_alike_are_not_compared() -> None:
    """It would take the cube of their number."""
    assert compared("so a so b " * 200, "so c so d " * 400) is None
