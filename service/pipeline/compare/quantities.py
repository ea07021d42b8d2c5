"""Finds the quantities in a text: value, unit, qualifier and what is counted."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.domain.text import Span
from service.pipeline.compare.words import stem

_ONES = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "dozen": 12.0, "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12,
}  # fmt: skip
_VAGUE = {
    "dozens": (24.0, 100.0), "scores": (40.0, 200.0), "hundreds": (200.0, 1e4),
    "thousands": (2e3, 1e5), "tens of thousands": (2e4, 1e5),
    "hundreds of thousands": (2e5, 1e6), "millions": (2e6, 1e9), "billions": (2e9, 1e12),
}  # fmt: skip
"""Words for a size without a number, as intervals."""

_CURRENCIES = {
    "$": "dollar", "us$": "dollar", "dollar": "dollar", "dollars": "dollar",
    "€": "euro", "euro": "euro", "euros": "euro",
    "£": "pound", "pound": "pound", "pounds": "pound",
    "¥": "yen", "yen": "yen", "rubles": "ruble", "roubles": "ruble",
}  # fmt: skip

ROUND_SHARE = 0.1
"""How far "about 3,000" may be off, as a share of it."""
NEARLY_SHARE = 0.15
"""How far "nearly 3,000" may fall short."""

_ABOUT = (
    r"about|approximately|approx\.?|around|roughly|some|circa|an estimated|estimated|more or less"
)
_NEARLY = r"nearly|almost|close to|just under|just short of"
_OVER = (
    r"more than|over|above|exceeding|in excess of|upwards of|greater than|at least|no fewer than"
    r"|not less than|no less than|a minimum of|well over|just over"
)
_UNDER = (
    r"fewer than|less than|under|below|up to|at most|as many as|as much as|no more than"
    r"|not more than|a maximum of"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SMALL = "|".join(sorted((*_ONES, *_TENS), key=len, reverse=True))
_BIG = "hundred|thousand|million|billion|trillion"
_NUMBER_WORD = rf"(?:{_SMALL}|{_BIG}|dozen)\b"
_JOINT = r"(?:-|\s+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+|(?<=million)\s+and\s+)"
_SPELLED = rf"(?:(?:{_SMALL}|an?(?=\s+(?:{_BIG}|dozen)\b))\b(?:{_JOINT}{_NUMBER_WORD})*)"
_SCALE = r"(?:\s?(?:thousand|million|billion|trillion|mln|mn|bn|tn|k|m|b)\b)"
_VALUE = rf"(?:{_DIGITS}){_SCALE}?|{_SPELLED}"
_CURRENCY_SIGN = r"(?:US)?\$|€|£|¥"


def _spaced(phrases: str) -> str:
    """A pattern in which any white space may stand between words, also in a verbose pattern."""
    return phrases.replace(" ", r"\s+")


_QUANTITY = re.compile(
    rf"""
    (?:\b(?P<about>{_spaced(_ABOUT)})\s+|\b(?P<nearly>{_spaced(_NEARLY)})\s+
      |\b(?P<over>{_spaced(_OVER)})\s+|\b(?P<under>{_spaced(_UNDER)})\s+|\b(?P<between>between)\s+)?
    (?P<number>
      (?P<vague>\b(?:{_spaced("|".join(sorted(_VAGUE, key=len, reverse=True)))})\b)
      |(?P<sign>{_CURRENCY_SIGN})?\s?(?<![\w.,-])(?P<low>{_VALUE})(?![\w])
       (?:\s?(?:-|–|—|\bto\b|\band\b(?<=and))\s?(?P<sign2>{_CURRENCY_SIGN})?(?P<high>{_VALUE})(?!\w))?
    )
    (?P<percent>\s?%|\s+per\s?cent(?:age)?\b(?:\s+points?\b)?|[\s-]percentage\s+points?\b)?
    (?P<currency>\s+(?:US\s+)?(?:dollars?|euros?|pounds?|yen|rou?bles)\b)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june"
    r"|july|august|september|october|november|december)\.?"
)
_NAMES_A_MOMENT = re.compile(
    rf"""
    \b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b   # Jan. 5, 2024
    |\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:\s+\d{{4}})?
    |\b{_MONTH}\s+\d{{4}}\b
    |\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b
    |\b\d{{1,2}}(?::\d{{2}})+\b|\b\d{{1,2}}\s?[ap]\.?m\b
    |\b(?:1[5-9]|20)\d\ds\b
    |(?<![\d$€£¥,.])\b(?:1[5-9]|20)\d\d\b
      (?![,.]\d|%|\s?(?:percent|per\ cent|million|billion|thousand)|\s+(?!and\b|or\b)[a-z]+s\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Dates, times and years: they are no quantities."""
_NAMES_A_THING = re.compile(
    r"\b(?:no\.|number|route|highway|article|section|chapter|page|room)\s+\d+", re.IGNORECASE
)

_OF_ANOTHER_TIME = re.compile(
    r"(?:\b(?:up|down|r[io]se(?:n|s)?|fell|fallen|falls|dropped|grew|grown|increased|decreased"
    r"|declined|cut|raised|lowered|revised|changed|climbed)\b[^.;,]{0,40}?\bfrom"
    r"|\b(?:compared\s+(?:with|to)|instead\s+of|rather\s+than|against))"
    r"\s+(?:(?:the|an?|its|their)\s+)?(?:(?:earlier|previous|initial|original|last)\s+)?$",
    re.IGNORECASE,
)
"""What stands before the number that is no longer so: "up from", "compared with"."""

_COUNTED = re.compile(
    r"(?:\s+|-(?=[a-z]))(?:of\s+(?:the\s+|all\s+|its\s+|their\s+)?)?((?:[^\W\d_]+(?:[’'-][^\W\d_]+)*\s?){1,4})"
)
_ENDS_THE_COUNTED = frozenset(
    """a an the and or but in on at by to from for with of as than that which who were was are is be
    been had has have will would could can may might did do does after before since until during
    near into across over under against about currently now sent killed reported according ago
    this last next each per""".split()
)  # fmt: skip

_PLURALS = frozenset("people men women children police staff personnel cattle".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as an interval: `low` to `high`, with `nominal` the number as written.

    `unit` is `percent`, `points`, a currency, or empty for a plain count. `counted` holds the
    stems of the words for what is counted, its head last. `span` covers qualifier to counted.
    `of_another_time` marks the number that another one is held against ("up from 3,000").
    """

    span: Span
    nominal: float
    low: float
    high: float
    unit: str
    counted: tuple[str, ...]
    of_another_time: bool

    @property
    def head(self) -> str | None:
        """The stem of the thing counted."""
        return self.counted[-1] if self.counted else None

    @property
    def bounded(self) -> bool:
        """Whether it says how much at the most."""
        return math.isfinite(self.high)


@lru_cache(maxsize=256)  # a check asks for the claim's with each of its excerpts
def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities in the order of the text; dates, times and numbers that name are none."""
    taken = [
        Span(*match.span())
        for pattern in (_NAMES_A_MOMENT, _NAMES_A_THING)
        for match in pattern.finditer(text)
    ]
    return tuple(
        quantity
        for quantity in _found(text)
        if not any(span.overlaps(quantity.span) for span in taken)
    )


def _found(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        if _is_pronoun(text, match):
            continue
        unit = _unit(match)
        end, counted = _counted(text, match.end())
        start = match.start() if match["number"] != match[0] else match.start("number")
        start += len(text[start:end]) - len(text[start:end].lstrip())
        low, nominal, high = _interval(match)
        former = bool(_OF_ANOTHER_TIME.search(text, max(0, start - 80), start))
        yield Quantity(Span(start, end), nominal, low, high, unit, counted, former)


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether it is "one of them", "no one", "this one": a word for a thing, not a count."""
    if match["number"].casefold() != "one":
        return False
    before = text[: match.start("number")].rstrip().rpartition(" ")[2].casefold()
    after = text[match.end() :].lstrip()[:3].casefold()
    return (
        before in {"no", "this", "that", "any", "every", "each", "the", "some"}
        or not after[:1].isalpha()
        or after.startswith(("of ", "to ", "is ", "who"))
    )


def _interval(match: re.Match[str]) -> tuple[float, float, float]:
    """Low, nominal and high."""
    if match["vague"]:
        low, high = _VAGUE[" ".join(match["vague"].casefold().split())]
        return low, low, high
    low_value = _value(match["low"])
    if match["high"]:
        high_value = _value(match["high"])
        if not _has_scale(match["low"]) and _has_scale(match["high"]):
            low_value *= _scale(match["high"])  # "2 to 3 million"
        if low_value < high_value:
            return low_value, (low_value + high_value) / 2, high_value
    slack = _rounding(match["low"], low_value)
    if match["about"]:
        slack = max(slack, ROUND_SHARE * low_value)
    if match["nearly"]:
        return low_value * (1 - NEARLY_SHARE), low_value, low_value
    if match["over"]:
        return low_value, low_value, math.inf
    if match["under"]:
        return 0.0, low_value, low_value
    return low_value - slack, low_value, low_value + slack


def _value(number: str) -> float:
    words = number.casefold().replace("-", " ").split()
    digits = re.match(_DIGITS, words[0])
    if digits:
        return float(digits[0].replace(",", "")) * _scale(number)
    total = current = 0.0
    for word in words:
        if word in _ONES or word in _TENS:
            current += _ONES.get(word, 0) + _TENS.get(word, 0)
        elif word in {"a", "an"}:
            current = 1.0
        elif word in {"hundred", "dozen"}:
            current = max(current, 1.0) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + max(current, 1.0) * _SCALES[word], 0.0
    return total + current


def _scale(number: str) -> float:
    scale = re.search(r"[a-z]+$", number.casefold())
    return _SCALES.get(scale[0], 1.0) if scale else 1.0


def _has_scale(number: str) -> bool:
    return _scale(number) != 1.0


def _rounding(written: str, value: float) -> float:
    """Half a unit of the last digit that was written with care.

    61 stands for 60.5 to 61.5 and 61.4 for 61.35 to 61.45. Trailing zeros may be rounding, but two
    digits are taken at their word: 10,000 stands for 9,500 to 10,500.
    """
    digits = re.match(_DIGITS, written)
    if not digits:
        return 0.0 if value < 100 else 0.005 * value
    plain = digits[0].replace(",", "")
    if "." in plain:
        return 0.5 * 10.0 ** -len(plain.partition(".")[2]) * _scale(written)
    zeros = len(plain) - len(plain.rstrip("0"))
    return 0.5 * 10.0 ** min(zeros, max(len(plain) - 2, 0)) * _scale(written)


def _unit(match: re.Match[str]) -> str:
    if match["percent"]:
        return "points" if "point" in match["percent"].casefold() else "percent"
    currency = match["sign"] or (match["currency"] or "").split()[-1:]
    name = currency if isinstance(currency, str) else "".join(currency)
    return _CURRENCIES.get(name.casefold(), "")


def _counted(text: str, end: int) -> tuple[int, tuple[str, ...]]:
    """Where the words for what is counted end, and their stems: "3,000 | North Koreans | are"."""
    following = _COUNTED.match(text, end)
    if not following:
        return end, ()
    words: list[re.Match[str]] = []
    for word in re.finditer(r"\S+", following[1]):
        if word[0].casefold() in _ENDS_THE_COUNTED:
            break
        words.append(word)
        if _is_plural(word[0]):
            break  # the first plural is the head; what follows is its predicate
    if not words:
        return end, ()
    return following.start(1) + words[-1].end(), tuple(stem(word[0]) for word in words)


def _is_plural(word: str) -> bool:
    return word.casefold() in _PLURALS or (word.endswith("s") and not word.endswith("ss"))
