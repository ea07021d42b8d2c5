"""Reads "about 3,000", "nearly 40", "more than 5" and "dozens" as intervals."""

import math

from service.english.quantities.intervals import Interval
from service.english.quantities.numerals import rounding, scale, value

ROUND_SHARE = 0.1
"""How far "about 3,000" may be off, as a share of the number."""
NEARLY_SHARE = 0.15
"""How far "nearly 3,000" may fall short, as a share of the number."""
_OR_SO = {"more": "from", "fewer": "upto", "less": "upto", "so": "about", "+": "from"}
OR_SO = r"(?:\s+or\s+(?P<orso>more|fewer|less|so)\b|(?P<plus>\+|-plus\b))"
"""A pattern of words that qualify the number before them."""
FRACTION_SLACK_PERCENT = 1.5
"""How far "a third" may be off, in percentage points."""

_ABOUT = (
    r"about|approximately|approx\.?|around|roughly|some|circa|an estimated|estimated|more or less"
    r"|in the region of|on the order of|somewhere near"
)
_NEARLY = r"nearly|almost|close to|just under|just short of|approaching"
_OVER = (
    r"(?:slightly |well |just |a little |far )?(?:more than|over|above)|exceeding|in excess of"
    r"|upwards? of|greater than"
)
_UNDER = r"(?:well |slightly |far )?(?:fewer than|less than|under|below)|as many as|as much as"
_FROM = r"at least|no fewer than|not less than|no less than|not fewer than|a minimum of"
_UP_TO = (
    r"(?<!goes )(?<!going )(?<!gone )(?<!went )(?<!rise )(?<!rose )(?<!risen )up to|at most"
    r"|no more than|not more than|a maximum of|not exceeding"
)
QUALIFIER = "|".join(
    rf"\b(?P<{kind}>{phrases})\s+".replace(" )", r"\s)").replace(" ", r"\s+")
    for kind, phrases in (
        ("from", _FROM), ("upto", _UP_TO), ("under", _UNDER), ("over", _OVER), ("about", _ABOUT),
        ("nearly", _NEARLY),
    )
)  # fmt: skip
"""A pattern with a group for each of `QUALIFIERS`."""
QUALIFIERS = ("from", "upto", "under", "over", "about", "nearly")
"""The kinds of qualifiers: at least, at most, fewer than, more than, about, nearly."""

_VAGUE = {
    "dozens": (24.0, 100.0), "scores": (40.0, 200.0), "hundreds": (200.0, 1e4),
    "thousands": (2e3, 1e5), "tens of thousands": (2e4, 1e5),
    "hundreds of thousands": (2e5, 1e6), "millions": (2e6, 1e9), "tens of millions": (2e7, 1e8),
    "hundreds of millions": (2e8, 1e9), "billions": (2e9, 1e12),
    "several dozen": (24.0, 100.0), "a few dozen": (24.0, 100.0), "a couple of dozen": (20, 30.0),
    "several hundred": (200.0, 1e3), "a few hundred": (200.0, 1e3),
    "several thousand": (2e3, 1e4), "a few thousand": (2e3, 1e4),
    "several million": (2e6, 1e7), "a few million": (2e6, 1e7),
    "a couple of hundred": (150.0, 300.0), "a couple of thousand": (1500.0, 3000.0),
}  # fmt: skip
VAGUE = "|".join(sorted(_VAGUE, key=len, reverse=True)).replace(" ", r"\s+")
"""A pattern of words for a size without a number."""

_SHARES = {
    "half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "sixth": 100 / 6,
    "tenth": 10.0,
}  # fmt: skip
_TIMES = {"one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}
FRACTION = (
    r"(?:an?|one)\s+(?:half|third|quarter|fifth|sixth|tenth)(?=\s+of\b)"
    r"|(?<!first\s)(?<!second\s)(?<!other\s)(?<!latter\s)half(?=\s+(?:of|the|all)\b)"
    r"|(?:two|three|four|nine)[-\s](?:thirds|quarters|fifths|sixths|tenths)"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|\d)(?:-|\s+)(?:in|out\s+of)(?:-|\s+)"
    r"(?:three|four|five|six|eight|ten|3|4|5|6|8|10|20|100)"
)
"""A pattern of a share in words: "a third (of)", "two-thirds", "six in ten"."""


def or_so(words: str | None) -> str | None:
    """The kind of qualifier for "more" in "or more"."""
    return _OR_SO.get(words.casefold(), "from") if words else None


def vague(words: str) -> Interval:
    """The interval of "dozens" or "several hundred"; its lower limit is the nominal value."""
    low, high = _VAGUE[" ".join(words.casefold().split())]
    return Interval(low, low, high)


def fraction(words: str, qualifier: str | None) -> Interval:
    """The interval of "two-thirds", in percent; the qualifier is as for `qualified`."""
    times, *of = words.casefold().replace("-", " ").split()
    if "in" in of or "of" in of:
        share = 100 * value(times) / value(of[-1])
    else:
        share = _TIMES.get(times, 1) * _SHARES[of[-1].removesuffix("s") if of else times]
    return _interval(share, FRACTION_SLACK_PERCENT, qualifier)


def between(low: str, high: str) -> Interval | None:
    """The interval of "30 to 40" or "2 to 3 million"; None if the second number is not larger."""
    start, end = value(low), value(high)
    if scale(low) == 1 and scale(high) != 1:
        start *= scale(high)
    return Interval(start, (start + end) / 2, end) if start < end else None


def qualified(numeral: str, qualifier: str | None) -> Interval:
    """The interval of a numeral; `qualifier` is one of the `QUALIFIERS`, or None."""
    return _interval(value(numeral), rounding(numeral), qualifier)


def _interval(number: float, slack: float, qualifier: str | None) -> Interval:
    match qualifier:
        case "from" | "over":
            return Interval(number, number, math.inf, suggests=qualifier == "over")
        case "upto" | "under":
            return Interval(0.0, number, number, suggests=qualifier == "under")
        case "nearly":
            return Interval(number * (1 - NEARLY_SHARE), number, number)
        case "about":
            slack = max(slack, ROUND_SHARE * number)
    return Interval(number - slack, number, number + slack)
