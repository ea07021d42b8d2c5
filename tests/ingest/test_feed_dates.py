"""Moments as feeds state them."""

from datetime import UTC, datetime

import pytest

from service.ingest.feed_dates import stated_moment


@pytest.mark.parametrize(
    "written",
    [
        "2016-06-29T15:07:41Z",
        "2016-06-29 15:07:41.000 +0000",
        "20160629T150741Z",
        "2016/6/29 15:07:41",
        "2016.06.29 15:07:41",
        "Wed, 29 Jun 2016 17:07:41 +0200",
        "29 Jun 16 15:07:41 GMT",
        "29-Jun-2016 03:07:41 PM",
        "Wednesday, 29 June 2016, 15:07:41",
        "wed, 29 june 2016 10:07:41 cdt",
        "June 29th, 2016 5:07:41 p.m. CEST",
        "Thu, 30 Jun 2016 01:07:41 AEST",
        "Wed Jun 29 11:07:41 EDT 2016",
        "Wed Jun 29 2016 17:07:41 GMT+0200 (Central European Summer Time)",
        "Wed, 29 Jun 2016\n\t15:07:41 UTC",
        "1467212861",
        "1467212861000",
    ],
)
def test_one_moment_in_all_the_forms_that_feeds_have(written: str) -> None:
    """Standards, programming languages, and what people type; named zones are hours off UTC."""
    assert stated_moment(written) == datetime(2016, 6, 29, 15, 7, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["2016-06-29T15:07:41.25Z", "29 Jun 2016 15:07:41.250000999 UTC", "1467212861250"]
)
def test_parts_of_a_second_are_kept(written: str) -> None:
    """They tell which of two came first."""
    assert stated_moment(written) == datetime(2016, 6, 29, 15, 7, 41, 250_000, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2016-06-29", "2016/6/29", "29 June 2016", "Jun 29, 2016"])
def test_a_day_without_a_time_begins_at_midnight(written: str) -> None:
    """In UTC, as everywhere."""
    assert stated_moment(written) == datetime(2016, 6, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "soon",
        "2016",
        "2016-06",
        "29 June",
        "15:07:41",
        "06/07/2016",
        "31 Jun 2016",
        "2016-06-29T25:00:00Z",
        "2016-06-29T15:07:41+99:00",
        "Wed, 29 Jun 2016 15:07:41 IST",
        "Wed, 29 Jun 2016 15:07:41 XYZ",
        "Wed, 29 Jun 2016 15:07:41 EST+0200",
        "0001-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0001-01-01T00:00:00+05:00",
        "146721286199",
        "2016-06-29 and more",
        "9" * 100_000,
    ],
)
def test_what_states_no_moment_gives_none(written: str | None) -> None:
    """No part is filled in, no zone is guessed, and the zero of a clock is no date."""
    assert stated_moment(written) is None


def test_two_digits_are_of_our_time() -> None:
    """RFC 2822: 1950 to 2049."""
    assert [stated_moment(f"1 Feb {year}") for year in ("49", "50")] == [
        datetime(2049, 2, 1, tzinfo=UTC),
        datetime(1950, 2, 1, tzinfo=UTC),
    ]
