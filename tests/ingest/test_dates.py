"""Moments as pages and files write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from service.domain.errors import InvalidArticle
from service.ingest.dates import parse_moment, utc


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-10-25", datetime(2024, 10, 25, tzinfo=UTC)),
        ("2024-10-25T09:30:00", datetime(2024, 10, 25, 9, 30, tzinfo=UTC)),
        ("2024-10-25 09:30", datetime(2024, 10, 25, 9, 30, tzinfo=UTC)),
        (" 2024-10-25T09:30:00Z\n", datetime(2024, 10, 25, 9, 30, tzinfo=UTC)),
        ("2024-10-25T09:30:00+02:00", datetime(2024, 10, 25, 7, 30, tzinfo=UTC)),
        ("2024-10-25T23:30:00-0500", datetime(2024, 10, 26, 4, 30, tzinfo=UTC)),
    ],
)
def test_iso_8601_is_read_into_utc(written: str, moment: datetime) -> None:
    """What names no zone is in UTC, the rest is converted."""
    read = parse_moment(written)
    assert read == moment
    assert read is not None
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "written", ["", "yesterday", "25/10/2024", "2024-13-01", "0001-01-01T00+14"]
)
def test_other_words_are_no_moment(written: str) -> None:
    """A date that has to be guessed is none."""
    assert parse_moment(written) is None


def test_a_day_begins_at_midnight() -> None:
    """Dates as YAML gives them."""
    assert utc(date(2024, 10, 25)) == datetime(2024, 10, 25, tzinfo=UTC)


def test_a_moment_out_of_the_calendar_is_refused() -> None:
    """The first day in New Zealand lies before the first day of all in UTC."""
    early = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=12)))
    with pytest.raises(InvalidArticle, match="not a date in UTC"):
        utc(early)
