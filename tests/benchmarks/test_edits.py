"""The edits that comparison is measured with do what they say."""

from random import Random

import pytest

from benchmarks.edits import CHANGING, KEEPING, edited, spelled


@pytest.mark.parametrize(
    ("number", "words"),
    [(7, "seven"), (3000, "three thousand"), (400, "four hundred"), (12_345, "12,345")],
)
def test_a_number_is_spelled_where_it_is_short(number: int, words: str) -> None:
    """Long numbers stay in digits, as in print."""
    assert spelled(number) == words


def test_each_edit_changes_its_one_thing() -> None:
    """What is kept and what is changed is known, whatever the parsers make of it."""
    sentence = "The port of Vell hired 3,000 dockers on June 5 for $2 million."
    kept = dict(edited(sentence, KEEPING, Random(0)))
    changed = dict(edited(sentence, CHANGING, Random(0)))
    assert kept["number in words"] == sentence.replace("3,000", "three thousand")
    assert kept["day before month"] == sentence.replace("June 5", "5 June")
    assert kept["dollars in words"] == sentence.replace("$2 million", "2 million dollars")
    assert changed["another count"] == sentence.replace("3,000", "6,001")
    assert changed["another sum"] == sentence.replace("$2", "$4")
    assert changed["another day"] == sentence.replace("June 5", "June 7")


def test_a_number_that_names_is_left_alone() -> None:
    """Section 215 counts nothing."""
    assert "another count" not in dict(edited("It is in Section 215 of it.", CHANGING, Random(0)))
