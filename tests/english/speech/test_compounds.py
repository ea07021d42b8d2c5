"""A sentence is cut only where both of its clauses stand alone."""

import pytest

from service.domain.text import Span
from service.english.speech.compounds import clauses_alone
from service.english.text.tokens import words_of


def clauses(text: str) -> list[str]:
    return [span.of(text) for span in clauses_alone(words_of(text, Span(0, len(text))), text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The bridge was closed on Monday, and the ferry was given two more boats.",
            ["The bridge was closed on Monday", "the ferry was given two more boats."],
        ),
        (
            "The euro fell 0.3 percent to $1.06; the yen was little changed at 109.",
            ["The euro fell 0.3 percent to $1.06", "the yen was little changed at 109."],
        ),
        (
            "Orm had 40 boats in May, while Vell had nine of them in June.",
            ["Orm had 40 boats in May", "Vell had nine of them in June."],
        ),
        (
            "Orm is both a port and a market, but Vell is not a port.",
            ["Orm is both a port and a market", "Vell is not a port."],
        ),
    ],
)
def test_two_main_clauses_are_two_claims(text: str, expected: list[str]) -> None:
    """At a semicolon, and at a comma before a word that joins."""
    assert clauses(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The town bought bread, milk, and cheese for the fair.",
        "The mayor closed the bridge, and reopened it in June.",
        "The mayor closed the bridge, and she reopened it in June.",
        "The firm cut 40 jobs, and its shares were sold at once.",
        "If the bridge was closed, and the ferry was full, nobody came.",
        "On Monday the bridge was closed, and the ferry was given two boats.",
        "The bridge was closed because the cables cracked, and the ferry was full.",
        "Not only did the harbour lose money, but the port lost two hundred jobs.",
        "Neither the mayor knew of it, and the council was not told of it.",
        "It rained.",
    ],
)
def test_what_depends_on_the_other_clause_is_not_cut(text: str) -> None:
    """A list, a subject left out or pointed to, a condition, a day that counts for both."""
    assert clauses(text) == [text.removesuffix(".") + "."]
