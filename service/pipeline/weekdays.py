"""Which date a day of the week is: "on Monday" in a report of that week."""

from collections.abc import Iterator
from datetime import date, timedelta

from service.domain.text import Span
from service.pipeline.compare.periods import Period, periods

Written = tuple[Span, str]
"""Where a day of the week stands, and the claim's words for the same day."""


def same_days(claim: str, text: str, published: date) -> Iterator[Written]:
    """The days of the week in `text` that are dates of the claim, seen from the day it appeared.

    News tells of the last such day; what it says of the next one is left alone.
    """
    dates = [one for one in periods(claim) if one.months and one.day]
    for period in periods(text) if dates else ():
        if period.weekday is not None:
            meant = published - timedelta(days=(published.weekday() - period.weekday) % 7)
            for one in dates:
                if _is(one, meant):
                    yield period.span, one.span.of(claim)
                    break


def _is(period: Period, day: date) -> bool:
    years = period.years or (day.year, day.year)
    in_month = period.months is not None and period.months == {day.month}
    return in_month and period.day == day.day and years[0] <= day.year <= years[1]
