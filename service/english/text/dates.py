"""Finds dates and periods in a text, each as precise as it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.text import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug
        |september sept sep|october oct|november nov|december dec""".split("|"),
        start=1,
    )
    for name in names.split()
}
_SEASONS = {
    "spring": frozenset({3, 4, 5}), "summer": frozenset({6, 7, 8}),
    "autumn": frozenset({9, 10, 11}), "fall": frozenset({9, 10, 11}),
    "winter": frozenset({12, 1, 2}),
}  # fmt: skip
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_NAMED = "|".join(name.capitalize() for name in sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?:{_NAMED})\b(?:(?<!May)(?<=\b[A-Z][a-z]{{2}})\.|(?<=\bSept)\.)?"
_YEAR = r"(?:1[0-9]|20)\d\d"
_PLAIN_YEAR = r"(?:1[5-9]|20)\d\d"
"""A year without other words that show that it is one."""
_RELATION = re.compile(
    r"\b(?P<until>until|till|before|by|prior\s+to)\s+(?:the\s+)?$"
    r"|\b(?P<since>since|after|from|starting(?:\s+in|\s+on)?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"""
    (?:\b(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month1>{_MONTH})
         (?:,?\s+(?P<year1>{_YEAR})\b)?
      |\b(?P<month2>{_MONTH})\s+(?:the\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:,]\d|\s?[ap]\.?m)
         (?:,?\s+(?P<year2>{_YEAR})\b)?
      |\b(?P<month3>{_MONTH}),?\s+(?:of\s+)?(?P<year3>{_YEAR})\b
      |\b(?P<iso>\d{{4}}-\d\d-\d\d)\b
      |\b(?P<numeric>\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR})\b
      |(?<=\b[iI]n\s)(?P<month4>{_MONTH})(?!\s+\d|\s*\w*[-’'])
      |\b(?:since|until|by|before|after|last|next|this|late|early|mid|of|during|for|Since|Until|By|Last)
         [\s-](?P<month5>{_MONTH})(?!\s+[A-Z\d]|[-’'])
      |\b(?P<month6>January|February|April|June|July|August|September|October|November|December)\b
         (?!\s+\d|[-’'])
      |\b(?:[Ll]ate|[Ee]arly|[Mm]id|[Tt]he)[\s-](?:the\s)?(?P<decade>(?:1[0-9]|20)\d0)[’']?s\b
      |\b(?P<quarter>first|second|third|fourth|last|Q[1-4])(?:\s+quarter)?
         (?:\s+of\s+|\s+)(?P<year4>{_YEAR})\b
      |\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)\s+(?:of\s+)?(?P<year5>{_YEAR})\b
      |\b(?:[Ff]rom|[Bb]etween)\s+(?:the\s+)?(?P<year6>{_PLAIN_YEAR})s?\s+(?:to|and|until)\s+(?:the\s+)?
         (?P<to1>{_YEAR})s?\b
      |(?<!Black\s)(?<!Bloody\s)(?<!Super\s)(?<!Good\s)(?<!Palm\s)(?<!Easter\s)
         \b(?P<weekday>{"|".join(_WEEKDAYS)})\b(?!\s+[A-Z](?![a-z]+\.?\s\d)|[’']s\s+[A-Z]|-)
      |(?<![\d$€£¥,.:/#-])(?<!No\.\s)(?<!than\s)(?<!about\s)(?<!least\s)(?<!nearly\s)(?<!over\s)
         (?<!some\s)(?<!almost\s)\b(?P<year7>{_PLAIN_YEAR})(?:[-–/](?P<to2>{_YEAR}|\d\d))?\b
         (?![,.]\d|%|/|[-’']\w|\s?(?:percent|per\s?cent|million|billion|trillion|thousand|km|miles
            |feet|people|men|women|children|have|were)\b
            |\s+(?!in\b|as\b|is\b|was\b|has\b|his\b|its\b|this\b|does\b|elections\b|games\b)
              [a-z]+s\b)
    )
    """,
    re.VERBOSE,
)


_ANY_MONTH = frozenset(range(1, 13))


@dataclass(frozen=True, slots=True)
class Period:
    """A date or period; what it does not say is None."""

    span: Span
    years: tuple[int, int] | None
    """The first and the last, both included."""
    months: frozenset[int] | None
    """The months in which it may be, from 1."""
    day: int | None
    """The day of the month."""
    relation: str = ""
    """Empty, or "since" or "until" where something begins or ends then."""
    weekday: int | None = None
    """Monday is 0. A day of the week has no years, months or day."""

    def excludes(self, other: "Period") -> bool:
        """Whether no day is in both; what one of them does not say excludes nothing."""
        if self.weekday is not None and other.weekday is not None:
            return self.weekday != other.weekday
        if self.years and other.years and not _overlap(self.years, other.years):
            return True
        if self.months and other.months and not self.months & other.months:
            return True
        same_month = len(self.months or ()) == len(other.months or ()) == 1
        return bool(same_month and self.day and other.day and self.day != other.day)

    def tells(self, other: "Period") -> bool:
        """Whether it says all that `other` says; the year may be missing, as often in the news."""
        if self.weekday is not None or other.weekday is not None:
            return self.weekday == other.weekday
        if self.excludes(other) or (other.day and not self.day):
            return False
        if other.months is None and self.years is None:
            return False
        return other.months is None or (self.months or _ANY_MONTH) <= other.months

    def is_like(self, other: "Period") -> bool:
        """Whether both can be compared: both have one relation, and both or none is a weekday."""
        same_kind = (self.weekday is None) == (other.weekday is None)
        return same_kind and self.relation == other.relation

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.day is not None or self.weekday is not None


def periods(text: str) -> tuple[Period, ...]:
    """All dates and periods in the order of the text.

    A day of the week is compared only with others, since its date is unknown; "yesterday" is left
    out. Of 6/5/2024 only the year is read, since it may be in May or in June.
    """
    if not _MAY_DATE.search(text):
        return ()
    return tuple(_found(text))


_YEARS = ("year1", "year2", "year3", "year4", "year5", "year6", "year7")
Fields = tuple[tuple[int, int] | None, frozenset[int] | None, int | None]
"""Years, months and day, as in a period."""
LOOK_BACK_CHARS = 24
"""Enough for the word before a date."""
_OF_A_NAME = re.compile(
    rf"(?<!\w)(?!(?:In|Since|By|During|Until|Before|After|For|Around|From|To|The|{_NAMED})\b)"
    r"[A-Z]\w+\s$"
)
"""What stands before a number that is part of a name: "Runner 2049"."""
_MAY_DATE = re.compile(rf"\d{{2}}|{_MONTH}|day\b")


def _found(text: str) -> Iterator[Period]:
    for match in _PERIOD.finditer(text):
        years, months, day = _fields(match)
        before = max(0, match.start() - LOOK_BACK_CHARS)
        named = match["year7"] and _OF_A_NAME.search(text, before, match.start())
        weekday = _WEEKDAYS.index(match["weekday"]) if match["weekday"] else None
        dated = years or months or weekday is not None
        if dated and not named and (day is None or 1 <= day <= 31):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            related = _RELATION.search(text, before, start)
            yield Period(
                Span(start, match.end()),
                years,
                months,
                day,
                (related.lastgroup or "") if related else "",
                weekday,
            )


def _fields(match: re.Match[str]) -> Fields:
    """Years, months and day of a match."""
    if match["iso"]:
        iso_year, month, of_month = map(int, match["iso"].split("-"))
        return (iso_year, iso_year), frozenset({month}), of_month
    if match["numeric"]:
        return _numeric(match["numeric"])
    if match["decade"]:
        decade = int(match["decade"])
        return (decade, decade + (99 if decade % 100 == 0 and decade < 2000 else 9)), None, None
    year = next((match[name] for name in _YEARS if match[name]), None)
    day = match["day1"] or match["day2"]
    years = (int(year), _last(int(year), match["to1"] or match["to2"])) if year else None
    return years, _months(match), int(day) if day else None


def _months(match: re.Match[str]) -> frozenset[int] | None:
    if match["quarter"]:
        number = _QUARTERS.get(match["quarter"]) or int(match["quarter"][1])
        return frozenset(range(3 * number - 2, 3 * number + 1)) if _is_quarter(match) else None
    if match["season"]:
        return _SEASONS[match["season"].casefold()]
    named = next((match[f"month{i}"] for i in range(1, 7) if match[f"month{i}"]), None)
    return frozenset({_MONTHS[named.rstrip(".").casefold()]}) if named else None


def _is_quarter(match: re.Match[str]) -> bool:
    return match["quarter"][0] == "Q" or "quarter" in match[0]


def _numeric(written: str) -> Fields:
    first, second, year = map(int, re.split(r"[./]", written))
    if "." in written or first > 12:
        day, month = first, second
    elif second > 12:
        day, month = second, first
    else:
        return (year, year), None, None
    return (year, year), frozenset({month}), day


def _last(first: int, to: str | None) -> int:
    if not to:
        return first
    return int(to) if len(to) == 4 else first // 100 * 100 + int(to)


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]
