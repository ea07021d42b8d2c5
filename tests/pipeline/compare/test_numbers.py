"""Numbers are compared, not matched."""

import pytest

from service.pipeline.compare.numbers import compare_numbers


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("3,000 sailors came", "about 3,000 sailors came"),
        ("3,000 sailors came", "three thousand sailors came"),
        ("About 3,000 sailors came", "2,950 sailors came"),
        ("More than 2,000 sailors came", "3,000 sailors came"),
        ("Up to 40 sailors came", "38 sailors came"),
        ("Turnout was 61 percent", "Turnout was 61.4 percent"),
        ("Between 30 and 40 sailors came", "35 sailors came"),
        ("It cost $3.2 million", "It cost 3.2 million dollars"),
        ("10,000 soldiers arrived", "10,000 North Koreans arrived"),
    ],
)
def test_the_same_number_in_other_words_agrees(claim: str, source: str) -> None:
    """Spelling, rounding and qualifiers that leave the claim true do not differ."""
    compared = compare_numbers(claim, source)
    assert len(compared.agreeing) == 1
    assert not compared.differing


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("5,000 sailors came", "about 3,000 sailors came"),
        ("12 sailors came", "13 sailors came"),
        ("Turnout was 61 percent", "Turnout was 58.9 percent"),
        ("More than 5,000 sailors came", "fewer than 4,000 sailors came"),
        ("It cost $3.2 million", "It cost $5.1 million"),
        ("About 28,000 cars pass", "18,000 cars pass"),
    ],
)
def test_numbers_that_exclude_each_other_differ(claim: str, source: str) -> None:
    """Two intervals without a number in common, for the same thing, differ."""
    compared = compare_numbers(claim, source)
    assert len(compared.differing) == 1
    assert not compared.agreeing


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("5,000 sailors came", "more than 3,000 sailors came"),
        ("5,000 sailors came", "the fleet has 20 ships"),
        ("It cost $5 million", "It took 5 million hours"),
        ("Prices rose by 5 percent", "Prices rose by 5 percentage points"),
        ("Prices cost 5 euros", "Prices cost 7 dollars"),
    ],
)
def test_what_leaves_the_matter_open_neither_agrees_nor_differs(claim: str, source: str) -> None:
    """Open intervals, other units and other things give the claim's number no counterpart."""
    compared = compare_numbers(claim, source)
    assert not compared.agreeing
    assert not compared.differing
    assert len(compared.unmatched) == 1


def test_a_number_that_is_no_longer_so_supports_nothing() -> None:
    """Of "5.1, up from 4.2" the present number counts."""
    source = "The bill came to $5.1 million, up from the $4.2 million first named."
    assert compare_numbers("The bill is $5.1 million.", source).agreeing
    assert compare_numbers("The bill is $4.2 million.", source).differing
