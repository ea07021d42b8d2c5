"""Moments as they are written in pages, files and feeds."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from dateutil.parser import parse

from service.domain.errors import InvalidArticle

MAX_DATE_CHARS = 100

# Of a name that several countries use, the meaning that news in English has it in.
_ZONES: dict[str, tzinfo] = {
    name: timezone(timedelta(hours=hours))
    for hours, names in {
        -10: "HST", -9: "AKST", -8: "PST AKDT", -7: "MST PDT", -6: "CST MDT", -5: "EST CDT",
        -4: "AST EDT", -3.5: "NST", -3: "ADT ART BRT", -2.5: "NDT", 0: "GMT UTC UT Z WET",
        1: "BST CET MEZ WAT WEST", 2: "CAT CEST EET MESZ SAST", 3: "EAT EEST MSK TRT",
        4: "GST", 5: "PKT", 5.5: "IST", 7: "ICT WIB", 8: "AWST HKT PHT SGT", 9: "JST KST",
        9.5: "ACST", 10: "AEST", 10.5: "ACDT", 11: "AEDT", 12: "NZST", 13: "NZDT",
    }.items()
    for name in names.split()
} | {
    "ET": ZoneInfo("America/New_York"),
    "CT": ZoneInfo("America/Chicago"),
    "MT": ZoneInfo("America/Denver"),
    "PT": ZoneInfo("America/Los_Angeles"),
}  # fmt: skip
_EPOCH = re.compile(r"(?:/Date\()?(-?\d{10}|-?\d{13})(?:[+-]\d{4})?(?:\)/)?")
_LATEST_EPOCH_S = 2_000_000_000
"""Until 2033: larger numbers of ten digits are dates without separators."""
# "(Central European Summer Time)" of JavaScript, "[Europe/Berlin]" of Java.
_ASIDE = re.compile(r"(?<!\s)\s*+(?:\([^()]*\)|\[[^][]*\])\s*+$")
# dateutil reads "GMT+2" as POSIX does, two hours west; whoever writes a date means two hours east.
_NAMED_OFFSET = re.compile(r"\b(?:GMT|UTC)\s?(?=[+-]\d)")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)|(?<!\d)(?:1[6-9]|20)\d{6}(?=T|\d{6}|\D|$)")
_YEAR_FIRST = re.compile(r"\d{4}")
_DAY_FIRST = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}")
# What a date is filled up with that lacks a part: where the two differ, it lacks one.
_BLANKS = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - no moments


def zoned(moment: date | datetime) -> datetime:
    """The moment in its own zone, as a fixed offset: its day is the day that readers saw.

    What names no zone is in UTC, a day begins at midnight. Raises InvalidArticle for a moment whose
    time in UTC falls out of the calendar.
    """
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), UTC)
    offset = moment.utcoffset()
    if offset is None:
        return moment.replace(tzinfo=UTC)
    try:
        in_utc = moment.astimezone(UTC)
    except OverflowError:
        raise InvalidArticle(f"{moment.isoformat()} is not a date in UTC") from None
    if not offset or offset % timedelta(minutes=1):
        return in_utc
    return moment.replace(tzinfo=timezone(offset))


def parse_moment(written: str) -> datetime | None:
    """A date or time in its own zone, None where it is something else.

    Reads ISO 8601, RFC 2822, what Java and JavaScript print, and "5 October 2021". None for what
    can be read in two ways ("05/10/2021") and for what lacks a day or a year of four digits.
    """
    words = " ".join(written[: 2 * MAX_DATE_CHARS].split())
    if not words or len(words) > MAX_DATE_CHARS:
        return None
    try:
        return zoned(_read(words))
    except (ValueError, OverflowError, InvalidArticle):
        return None


def _read(words: str) -> datetime:
    """Raises ValueError, also of the ambiguous, or OverflowError."""
    if epoch := _EPOCH.fullmatch(words):
        seconds = int(epoch[1]) / (1000 if len(epoch[1].lstrip("-")) == 13 else 1)
        if seconds < _LATEST_EPOCH_S:
            return datetime.fromtimestamp(seconds, UTC)
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        words = _NAMED_OFFSET.sub("", _ASIDE.sub("", words))
    if not _YEAR.search(words):
        raise ValueError("no year")
    orders: tuple[bool, ...] = (False, True)
    if _YEAR_FIRST.match(words):
        orders = (False,)
    elif _DAY_FIRST.search(words):
        orders = (True,)
    readings: set[datetime] = {
        parse(words, dayfirst=day_first, tzinfos=_zone, default=blank)
        for day_first in orders
        for blank in _BLANKS
    }
    if len(readings) > 1:
        raise ValueError("a part is missing, or day and month may be either")
    return readings.pop()


def _zone(name: str | None, offset_s: int | None) -> tzinfo | None:
    """The zone of a name, unless its offset is written too; None for an unknown name."""
    if offset_s is not None:
        return timezone(timedelta(seconds=offset_s))
    return _ZONES.get((name or "").upper())
