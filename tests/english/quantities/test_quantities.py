"""Quantities are read as a reporter writes them."""

import math

import pytest

from service.english.quantities.ordinals import ordinals
from service.english.quantities.quantities import Quantity, quantities
from service.english.reading import Reading
from service.english.text.words import stem


def only(text: str) -> Quantity:
    found = Reading(text).quantities
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "nominal"),
    [
        ("3,000 sailors", 3_000),
        ("12500 sailors", 12_500),
        ("twelve sailors", 12),
        ("twenty-five sailors", 25),
        ("two hundred and fifty sailors", 250),
        ("three thousand sailors", 3_000),
        ("a million sailors", 1_000_000),
        ("a dozen sailors", 12),
        ("2.5 million sailors", 2_500_000),
        ("$3.2m", 3_200_000),
        ("£4bn", 4_000_000_000),
        ("6k runners", 6_000),
    ],
)
def test_a_number_has_its_value_however_it_is_written(text: str, nominal: float) -> None:
    """Digits, thousands marks, words, magnitudes and their short forms give the same value."""
    assert only(text).interval.nominal == nominal


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("about 3,000 sailors", 2_700, 3_300),
        ("nearly 1,000 sailors", 850, 1_000),
        ("more than 500 sailors", 500, math.inf),
        ("at least three sailors", 3, math.inf),
        ("up to 40 sailors", 0, 40),
        ("fewer than 40 sailors", 0, 40),
        ("between 30 and 40 sailors", 30, 40),
        ("30-40 sailors", 30, 40),
        ("2 to 3 million sailors", 2e6, 3e6),
        ("dozens of sailors", 24, 100),
        ("tens of thousands of sailors", 2e4, 1e5),
        ("61 percent", 60.5, 61.5),
        ("10,000 sailors", 9_500, 10_500),
    ],
)
def test_a_qualifier_makes_an_interval(text: str, low: float, high: float) -> None:
    """Qualifiers such as "about", ranges and round numbers stand for intervals, not for points."""
    interval = only(text).interval
    assert (interval.low, interval.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 percent", "percent"),
        ("5 per cent", "percent"),
        ("5%", "percent"),
        ("5 percentage points", "points"),
        ("$5", "dollar"),
        ("5 million dollars", "dollar"),
        ("€5", "euro"),
        ("5 boats", ""),
    ],
)
def test_a_quantity_has_its_unit(text: str, unit: str) -> None:
    """Percentages, percentage points and currencies are told apart from counts."""
    assert only(text).unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "on Jan. 5, 2016",
        "on 5 May",
        "in 1999",
        "by 2030, they said",
        "the 1990s",
        "at 10:30",
        "at 9 a.m.",
        "COVID-19",
        "an F-16 jet",
        "No. 10",
        "the 20th century",
        "one of the sailors",
        "2024-10-25",
    ],
)
def test_what_names_a_moment_or_a_thing_is_no_quantity(text: str) -> None:
    """Dates, times, years, ordinals and names with digits count nothing."""
    assert Reading(text).quantities == ()


def test_what_is_counted_ends_before_the_predicate() -> None:
    """The head of what is counted is the first plural; the verb after it does not belong."""
    text = "around 3,000 Welsh miners joined the march"
    quantity = only(text)
    assert quantity.span.of(text) == "around 3,000 Welsh miners"
    assert quantity.head == "miner"


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("81% of Texas voters want checks", "voter"),
        ("3,000 North Koreans serve", "korea"),
        ("204,000 coronavirus cases on 21 April", "case"),
        ("12 Iraqis fled the town", "iraq"),
    ],
)
def test_what_only_looks_like_a_plural_is_not_what_is_counted(text: str, head: str) -> None:
    """A name that ends in s before the plural, and a virus."""
    assert quantities(text, [])[0].head == head


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("5 LİRA", "5 lira"),
        ("6 mİ", "6 mi"),
        ("20 degrees celsıus", "20 degrees celsius"),
        ("half a mİllion dollars", "half a million dollars"),
        ("mİllions of euros", "millions of euros"),
        ("two-thİrds of the boats", "two-thirds of the boats"),
        ("fıve\u212aids and 3 doorſ", "fivekids and 3 doors"),
        ("the thİrd boat, the ſecond boat", "the third boat, the second boat"),
    ],
)
def test_letters_that_a_pattern_takes_for_others_are_those(text: str, plain: str) -> None:
    """Turkish capitals and the old long s; positions stay where they are."""
    assert quantities(text, []) == quantities(plain, [])
    assert ordinals(text, []) == ordinals(plain, [])
    assert [stem(word) for word in text.split()] == [stem(word) for word in plain.split()]
