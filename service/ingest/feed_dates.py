"""Moments as feeds and sitemaps state them. What states no day and year is no moment at all:
nothing is filled in, as a wrong date in an archive is worse than none."""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ZONES = {
    "": 0, "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "sast": 2, "eest": 3,
    "msk": 3, "sgt": 8, "hkt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10,
    "acdt": 10.5, "aedt": 11, "nzst": 12, "nzdt": 13, "nst": -3.5, "ndt": -2.5, "ast": -4,
    "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
"""Hours east of Greenwich. Names that stand for several zones (IST) are left out, but for those
that RFC 822 gives a meaning and BST, which is British in nearly every feed."""

_WEEKDAY = r"(?:[a-z]{3,9}\.?,?\s*)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>\d{4})"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
_DIGITS = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?"
_HALF = r"(?:\s?(?P<half>[ap])\.?m\.?)?"
_ZONE = (
    r"(?:\s?(?P<zone>z|[a-z]{2,4})?\s?(?P<sign>[+-])(?P<east_h>\d{1,2}):?(?P<east_min>\d{2})?"
    r"|\s?(?P<named>[a-z]{1,4}))?(?:\s?\([^()]{1,60}\))?"
)
_TIME = rf"(?:(?:t|,?\s|\s?-\s){_CLOCK}{_HALF}{_ZONE})?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark){_DAY}{_TIME}",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:t{_DIGITS}{_ZONE})?",
        rf"{_WEEKDAY}{_DAY}[\s-]{_MONTH},?[\s-](?P<year>\d{{4}}|\d{{2}}){_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s{_DAY},?\s{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s{_DAY}\s{_CLOCK}{_ZONE}\s{_YEAR}",
    )
)
_SECONDS_SINCE_1970 = re.compile(r"(\d{10})(\d{3})?", re.ASCII)
_LONGEST = 100


def stated_moment(written: str | None) -> datetime | None:
    """The moment in UTC, None where no day of a year is stated or the zone is not known.

    Understands ISO 8601, RFC 2822, the forms of Java, JavaScript and asctime, `2016/6/29 15:07`,
    `June 29, 2016` and seconds or milliseconds since 1970. What names no zone is in UTC. The zero
    of a clock (1970, year 1) stands for a date that was not there.
    """
    text = " ".join((written or "")[:_LONGEST].split())
    try:
        moment = _counted(text) or next(filter(None, (_read(form, text) for form in _FORMS)), None)
    except (ValueError, OverflowError):  # 31 June, 25:00, +99:00, or out of the calendar in UTC
        return None
    return None if moment is None or moment.year == 1 or moment.timestamp() == 0 else moment


def _counted(text: str) -> datetime | None:
    seconds = _SECONDS_SINCE_1970.fullmatch(text)
    if seconds is None:
        return None
    thousandths = timedelta(milliseconds=int(seconds[2] or 0))
    return datetime.fromtimestamp(int(seconds[1]), UTC) + thousandths


def _read(form: re.Pattern[str], text: str) -> datetime | None:
    found = form.fullmatch(text)
    if found is None:
        return None
    part = found.groupdict()
    zone = _zone(part)
    if zone is None:
        return None
    month = part["month"].lower()
    return datetime(
        _year(part["year"]),
        int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1,
        int(part["day"]),
        _hour(int(part["hour"] or 0), part.get("half")),
        int(part["minute"] or 0),
        int(part["second"] or 0),
        int((part.get("fraction") or "").ljust(6, "0")[:6]),
        tzinfo=zone,
    ).astimezone(UTC)


def _year(written: str) -> int:
    """Two digits are of 1950 to 2049 (RFC 2822, 4.3)."""
    year = int(written)
    return year if len(written) == 4 else year + (1900 if year >= 50 else 2000)


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _zone(part: dict[str, str | None]) -> timezone | None:
    if part["sign"]:
        if (part["zone"] or "gmt").lower() not in {"gmt", "utc", "ut"}:
            return None
        east = timedelta(hours=int(part["east_h"] or 0), minutes=int(part["east_min"] or 0))
        return timezone(-east if part["sign"] == "-" else east)
    hours = _ZONES.get((part["named"] or "").lower())
    return None if hours is None else timezone(timedelta(hours=hours))
