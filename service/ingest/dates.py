"""Moments as they are written in pages, files and feeds."""

from datetime import UTC, date, datetime, time

from service.domain.errors import InvalidArticle


def utc(moment: date | datetime) -> datetime:
    """The same moment in UTC; what names no zone is in UTC, a day begins at midnight.

    Raises InvalidArticle for a moment whose time in UTC falls out of the calendar.
    """
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), UTC)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise InvalidArticle(f"{moment.isoformat()} is not a date in UTC") from None


def parse_moment(written: str) -> datetime | None:
    """An ISO 8601 date or time in UTC, None where it is something else."""
    try:
        return utc(datetime.fromisoformat(written.strip()))
    except (ValueError, InvalidArticle):
        return None
