"""Moments as pages and files write them."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import InvalidArticle
from service.ingest.dates import parse_moment, zoned


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-10-25", "2024-10-25T00:00:00+00:00"),
        ("2024-10-25T09:30:00", "2024-10-25T09:30:00+00:00"),
        ("2024-10-25 09:30", "2024-10-25T09:30:00+00:00"),
        (" 2024-10-25T09:30:00Z\n", "2024-10-25T09:30:00+00:00"),
        ("20241025T093000Z", "2024-10-25T09:30:00+00:00"),
        ("2024-10-25T09:30:00.1234567Z", "2024-10-25T09:30:00.123456+00:00"),
    ],
)
def test_iso_8601_is_read(written: str, moment: str) -> None:
    """What names no zone is in UTC."""
    read = parse_moment(written)
    assert read is not None
    assert read.isoformat() == moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-10-25T23:30:00-0500", "2024-10-25T23:30:00-05:00"),
        ("Fri, 25 Oct 2024 23:30:00 -0500", "2024-10-25T23:30:00-05:00"),
        ("2024-10-25T01:30:00+02:00", "2024-10-25T01:30:00+02:00"),
    ],
)
def test_a_day_is_that_of_its_zone(written: str, moment: str) -> None:
    """Late in the evening or early in the morning, when UTC has another date."""
    read = parse_moment(written)
    assert read is not None
    assert read.isoformat() == moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Fri, 25 Oct 2024 09:30:54 GMT", "2024-10-25T09:30:54+00:00"),
        ("25 Oct 2024 19:30 CEST", "2024-10-25T19:30:00+02:00"),
        ("2024-10-25 08:00 AEST", "2024-10-25T08:00:00+10:00"),
        ("Oct. 25, 2024 at 7:30 p.m. EDT", "2024-10-25T19:30:00-04:00"),
        ("October 25, 2024 7:30 PM ET", "2024-10-25T19:30:00-04:00"),
        ("January 25, 2024 7:30 PM ET", "2024-01-25T19:30:00-05:00"),
        ("2024-10-25 19:30 QQST", "2024-10-25T19:30:00+00:00"),
        # Java, JavaScript and .NET
        ("Fri Oct 25 19:20:36 CEST 2024", "2024-10-25T19:20:36+02:00"),
        ("2024-10-25T19:20:36+02:00[Europe/Berlin]", "2024-10-25T19:20:36+02:00"),
        ("Fri Oct 25 2024 15:21:41 GMT+0200 (Mitteleuropa)", "2024-10-25T15:21:41+02:00"),
        ("1729848600", "2024-10-25T09:30:00+00:00"),
        ("1729848600000", "2024-10-25T09:30:00+00:00"),
        ("/Date(1729848600000)/", "2024-10-25T09:30:00+00:00"),
        # people
        ("October 25, 2024", "2024-10-25T00:00:00+00:00"),
        ("25 October 2024", "2024-10-25T00:00:00+00:00"),
        ("Friday, October 25th, 2024, 9:30 AM", "2024-10-25T09:30:00+00:00"),
        ("2024-10-5T09:05:00", "2024-10-05T09:05:00+00:00"),
        ("2024/10/25 9:30:41", "2024-10-25T09:30:41+00:00"),
        ("25/10/2024", "2024-10-25T00:00:00+00:00"),
        ("10/25/2024 4:00 PM", "2024-10-25T16:00:00+00:00"),
        ("05.10.2024", "2024-10-05T00:00:00+00:00"),
        ("20241025093000", "2024-10-25T09:30:00+00:00"),
    ],
)
def test_other_forms_that_state_a_day_are_read(written: str, moment: str) -> None:
    """Of mail and feeds, of programs, and of people; a zone with an unknown name is UTC."""
    read = parse_moment(written)
    assert read is not None
    assert read.isoformat() == moment


@pytest.mark.parametrize(
    "written",
    [
        "", "yesterday", "2024-13-01", "0001-01-01T00+14", "05/10/2024", "10-05-2024", "2024",
        "2024-10", "October 2024", "25 October", "Friday", "9:30", "5 Oct 24", "1 2 3",
        "Updated 25 October 2024", "2024100512", "9" * 5_000, "25 October 2024 " * 20,
    ],
)  # fmt: skip
def test_what_states_no_single_day_is_no_moment(written: str) -> None:
    """Nothing is filled in, and of two readings none is taken."""
    assert parse_moment(written) is None


@given(st.text(max_size=60) | st.from_regex(r"[0-9A-Za-z :/.,+()-]{0,60}", fullmatch=True))
def test_whatever_is_written_is_a_moment_or_none(written: str) -> None:
    """No text is an exception."""
    moment = parse_moment(written)
    assert moment is None or moment.utcoffset() is not None


def test_a_day_begins_at_midnight() -> None:
    """Dates as YAML gives them."""
    assert zoned(date(2024, 10, 25)) == datetime(2024, 10, 25, tzinfo=UTC)


def test_a_zone_becomes_its_offset() -> None:
    """So that the moment is the same wherever it was kept."""
    evening = datetime(2024, 10, 25, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    assert zoned(evening).isoformat() == "2024-10-25T23:30:00-04:00"
    assert zoned(evening).tzinfo == timezone(timedelta(hours=-4))


def test_a_moment_out_of_the_calendar_is_refused() -> None:
    """The first day in New Zealand lies before the first day of all in UTC."""
    early = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=12)))
    with pytest.raises(InvalidArticle, match="not a date in UTC"):
        zoned(early)
