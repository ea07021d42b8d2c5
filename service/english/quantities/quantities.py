"""Finds the quantities in a text: value, unit, qualifier, what is counted and in what role."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Span
from service.english.quantities.counted import Counted, counted, per
from service.english.quantities.intervals import Interval
from service.english.quantities.labels import labels
from service.english.quantities.numerals import NUMERAL
from service.english.quantities.qualifiers import (
    FRACTION,
    OR_SO,
    QUALIFIER,
    QUALIFIERS,
    VAGUE,
    between,
    fraction,
    or_so,
    qualified,
    vague,
)
from service.english.quantities.roles import Role, distance, role
from service.english.quantities.units import (
    AGE,
    CURRENCIES,
    MEASURES,
    PERCENT,
    PLAIN,
    POINTS,
    Unit,
    degrees,
    squared,
)
from service.english.text.words import in_plain_letters

MONEY_FROM = 10_000
"""The value from which "pounds" are money; fewer pounds may be a weight."""
MOST_DIGITS = 30
"""A number with more digits counts nothing: it is a key or an error."""
MAX_AGE = 120
"""The highest number that is an age in "Anna Vell, 34, said"."""

_SIGN = r"(?:US|A|C)?\$|€|£|¥|₹"
_MEASURE_WORDS = "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True))
_CURRENCY_WORDS = "|".join(word for word in CURRENCIES if word.isalpha())
_QUANTITY = re.compile(
    rf"""
    (?:{QUALIFIER}|\b(?P<between>between)\s+)?
    (?P<number>
      \b(?P<vague>{VAGUE})\b
      |\b(?P<fraction>{FRACTION})\b
      |(?:(?P<sign>{_SIGN})\s?)?(?P<minus>\bminus\s+)?(?<![\w.,-])(?P<low>{NUMERAL})
       (?:(?!\w)|(?=(?:{_MEASURE_WORDS})\b))
       {OR_SO}?
       (?:\s?(?:-|–|—|\b(?(between)and|to)\b)\s?(?P<sign2>{_SIGN})?(?P<high>{NUMERAL})(?!\w))?
    )
    (?:(?P<percent>\s?%|\s+per\s?cent(?:age)?\b(?:\s+points?\b)?|[\s-]percent\b
        |[\s-]percentage[\s-]points?\b)
      |\s?(?:degrees?\s+|°\s?)(?P<degrees>celsius|centigrade|fahrenheit|[cf])\b
      |\s+(?:(?:US|American|Canadian|Australian|British)\s+)?(?P<currency>{_CURRENCY_WORDS})\b
      |[\s-]?(?P<square>[\s-](?:square|sq\.?)[\s-])?(?P<measure>{_MEASURE_WORDS})\b
       (?P<old>[\s-](?:olds?\b|of\s+age\b))?
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
MONEY = frozenset(unit.dimension for unit in CURRENCIES.values())
_AGED = re.compile(r"\b(?:aged|age|ages)\s+(?:of\s+)?$|[A-Z]\w{1,24}[”\"]?,\s$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it measures or counts."""

    span: Span
    """From the qualifier to the words for what is counted."""
    interval: Interval
    """The value, in the base unit of its dimension: 5,000 for 5 km."""
    unit: str
    """The dimension ("length"), "percent", "points", or a currency; empty for a plain count."""
    per: str
    """The period or person of a rate; empty where it is none."""
    counted: tuple[str, ...]
    """The stems of the words for what is counted, the head last."""
    role: Role

    @property
    def head(self) -> str | None:
        """The stem of the thing counted."""
        return self.counted[-1] if self.counted else None


def quantities(text: str, dates: Sequence[Span]) -> tuple[Quantity, ...]:
    """All quantities in the order of the text. Times, dates and numbers that are names are left
    out."""
    text = in_plain_letters(text)
    taken = (*dates, *labels(text))
    return tuple(
        quantity
        for quantity in _found(text)
        if not any(span.overlaps(quantity.span) for span in taken)
    )


def _found(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        if not _is_pronoun(text, match) and sum(map(str.isdigit, match[0])) <= MOST_DIGITS:
            yield from _read(text, match)


def _read(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """One quantity as a rule; two for "rose from 3 to 5 percent"; none for the score of a game."""
    unit = _unit(text, match)
    what = _thing_counted(text, match, unit)
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    if not match["high"]:
        yield _quantity(text, Span(start, what.end), _interval(match), unit, what)
        return
    middle, end = match.end("low"), match.start("sign2") if match["sign2"] else match.start("high")
    first = _quantity(text, Span(start, middle), qualified(match["low"], None), unit, what)
    if first.role is Role.FORMER:
        yield first
        yield _quantity(text, Span(end, what.end), qualified(match["high"], None), unit, what)
        return
    range_ = between(match["low"], match["high"])
    if range_:
        yield _quantity(text, Span(start, what.end), range_, unit, what)


def _quantity(text: str, span: Span, interval: Interval, unit: Unit, what: Counted) -> Quantity:
    return Quantity(
        span,
        interval.converted(unit),
        unit.dimension,
        per(text, what.end),
        what.stems,
        _role(text, span, unit),
    )


def _role(text: str, span: Span, unit: Unit) -> Role:
    if unit.dimension in {"duration", "length"} and distance(text, span.start, span.end):
        return Role.DISTANCE
    if unit == POINTS:
        return Role.CHANGE
    shares = unit == PERCENT or unit.dimension in MONEY
    return role(text, span.start, span.end, share_or_sum=shares)


def _thing_counted(text: str, match: re.Match[str], unit: Unit) -> Counted:
    """What is counted: by a share only the words after "of", by a measure nothing."""
    what = counted(text, match.end())
    if unit == PLAIN or (unit == PERCENT and what.after_of):
        return what
    return Counted((), match.end(), after_of=False)


def _interval(match: re.Match[str]) -> Interval:
    if match["vague"]:
        return vague(match["vague"])
    after = or_so(match["orso"] or match["plus"])
    qualifier = next((kind for kind in QUALIFIERS if match[kind]), after)
    if match["fraction"]:
        return fraction(match["fraction"], qualifier)
    interval = qualified(match["low"], qualifier)
    if match["minus"]:
        return Interval(-interval.high, -interval.nominal, -interval.low, interval.suggests)
    return interval


def _unit(text: str, match: re.Match[str]) -> Unit:  # noqa: PLR0911 - a return for each kind
    if match["percent"]:
        return POINTS if "point" in match["percent"].casefold() else PERCENT
    if match["fraction"]:
        return PERCENT
    if match["sign"]:
        return CURRENCIES[match["sign"][-1]]
    if match["degrees"]:
        return degrees(match["degrees"])
    if match["currency"]:
        return _pounds(match) or CURRENCIES[match["currency"].casefold()]
    if match["measure"]:
        return _measure(match)
    return AGE if _is_age(text, match) else PLAIN


def _pounds(match: re.Match[str]) -> Unit | None:
    """The unit of weight, where there are too few "pounds" for a sum of money in the news."""
    weighs = match["currency"].casefold() in MEASURES and match["low"]
    return MEASURES["pounds"] if weighs and _interval(match).nominal < MONEY_FROM else None


def _measure(match: re.Match[str]) -> Unit:
    unit = MEASURES[match["measure"].casefold()]
    if match["square"]:
        return squared(unit)
    return Unit(AGE.dimension, unit.factor) if match["old"] else unit


def _is_age(text: str, match: re.Match[str]) -> bool:
    """Whether the number is an age in years: "aged 34", or "Anna Vell, 34, said"."""
    before = _AGED.search(text, max(0, match.start() - 24), match.start("number"))
    if not before or not match["low"] or match["high"]:
        return False
    aside = text[match.end() : match.end() + 1]
    return "," not in before[0] or (aside in {",", "."} and _interval(match).nominal <= MAX_AGE)


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether it is a pronoun and not a number: "one of them", "no one", "this one"."""
    if match["number"].strip().casefold() != "one":
        return False
    before = text[: match.start("number")].rstrip().rpartition(" ")[2].casefold()
    after = text[match.end() :].lstrip()[:3].casefold()
    return (
        before in {"no", "this", "that", "any", "every", "each", "the", "some"}
        or not after[:1].isalpha()
        or after.startswith(("of ", "to ", "is ", "who"))
    )
