"""Dates and periods are read at their own precision."""

import pytest

from service.english.text.dates import Period, periods


def only(text: str) -> Period:
    found = periods(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "years", "months", "day"),
    [
        pytest.param("on 5 May 2024", (2024, 2024), {5}, 5, id="day before month"),
        pytest.param("on May 5, 2024", (2024, 2024), {5}, 5, id="month before day"),
        pytest.param("on Sept. 5", None, {9}, 5, id="short month without year"),
        pytest.param("on the 5th of May", None, {5}, 5, id="ordinal day"),
        pytest.param("in May", None, {5}, None, id="month"),
        pytest.param("in May 2024", (2024, 2024), {5}, None, id="month and year"),
        pytest.param("since June", None, {6}, None, id="month after since"),
        pytest.param("on 2024-05-06", (2024, 2024), {5}, 6, id="international form"),
        pytest.param("on 25/10/2024", (2024, 2024), {10}, 25, id="the day is plain"),
        pytest.param("on 6/5/2024", (2024, 2024), None, None, id="day or month"),
        pytest.param("on 6.5.2024", (2024, 2024), {5}, 6, id="with points"),
        pytest.param("in 2024", (2024, 2024), None, None, id="year"),
        pytest.param("in the 1990s", (1990, 1999), None, None, id="decade"),
        pytest.param("in the late 1970's", (1970, 1979), None, None, id="decade with apostrophe"),
        pytest.param("in the first quarter of 2024", (2024, 2024), {1, 2, 3}, None, id="quarter"),
        pytest.param("in Q3 2024", (2024, 2024), {7, 8, 9}, None, id="short quarter"),
        pytest.param("in the summer of 2024", (2024, 2024), {6, 7, 8}, None, id="season"),
        pytest.param("from 1945 to 1976", (1945, 1976), None, None, id="from year to year"),
        pytest.param("from the 1940s to the 1960s", (1940, 1960), None, None, id="decades"),
        pytest.param("the war of 1914-18", (1914, 1918), None, None, id="years with a hyphen"),
    ],
)
def test_a_period_says_what_is_written(
    text: str, years: tuple[int, int] | None, months: set[int] | None, day: int | None
) -> None:
    """Year, months and day are read, and what is not written stays open."""
    period = only(text)
    assert (period.years, period.months and set(period.months), period.day) == (years, months, day)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Black Friday sales", id="a day with a name of its own"),
        pytest.param("Friday’s Child", id="a day in a title"),
        pytest.param("a popular 1950s track", id="what is like a decade"),
        pytest.param("yesterday", id="relative day"),
        pytest.param("you may come", id="may"),
        pytest.param("they march on", id="march"),
        pytest.param("Theresa May resigned", id="a name"),
        pytest.param("2,024 dockers", id="a number"),
        pytest.param("$2024", id="a sum"),
        pytest.param("more than 2000 people", id="a round number of people"),
        pytest.param("1984 boats", id="a number of things"),
        pytest.param("at 10:30", id="a time"),
        pytest.param("in Storm Runner 2049", id="a title"),
        pytest.param("Room 1984-B", id="a number that names"),
    ],
)
def test_what_names_no_period_is_none(text: str) -> None:
    """Relative days stay open, and numbers, names and times are no dates."""
    assert periods(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "excludes"),
    [
        pytest.param("in May", "on 5 May", False, id="month and a day of it"),
        pytest.param("on 5 May", "on 6 May", True, id="two days"),
        pytest.param("on Monday", "on Tuesday", True, id="two days of the week"),
        pytest.param("on Monday", "on 6 May", False, id="a day of the week, and a date"),
        pytest.param("on 5 May", "on 5 June", True, id="two months"),
        pytest.param("on 5 May", "on 5 May 2024", False, id="year left open"),
        pytest.param("on 5 May 2023", "on 5 May 2024", True, id="two years"),
        pytest.param("in the 1990s", "in 1994", False, id="decade and a year of it"),
        pytest.param("in the 1990s", "in 2004", True, id="decade and a later year"),
        pytest.param("in Q1 2024", "in February 2024", False, id="quarter and a month of it"),
        pytest.param("in Q1 2024", "in May 2024", True, id="quarter and a later month"),
        pytest.param("in summer 2024", "in July 2024", False, id="season and a month of it"),
        pytest.param("in 2024", "in May", False, id="nothing in common"),
        pytest.param("from 1945 to 1976", "in 1960", False, id="years and one between"),
    ],
)
def test_periods_exclude_each_other_both_ways_or_not(one: str, other: str, excludes: bool) -> None:
    """Only what both say can differ."""
    assert only(one).excludes(only(other)) is excludes
    assert only(other).excludes(only(one)) is excludes


@pytest.mark.parametrize(
    ("source", "claim", "tells"),
    [
        pytest.param("on 5 May 2024", "in May", True, id="a day tells its month"),
        pytest.param("in May", "on 5 May", False, id="a month does not tell the day"),
        pytest.param("on 5 May", "on 5 May 2024", True, id="the year goes without saying"),
        pytest.param("in 1994", "in the 1990s", True, id="a year tells its decade"),
        pytest.param("in May", "in 2024", False, id="a month does not tell the year"),
    ],
)
def test_the_finer_period_tells_the_coarser(source: str, claim: str, tells: bool) -> None:
    """A claim's date is borne out by one at least as fine."""
    assert only(source).tells(only(claim)) is tells
