"""Units: another unit beside the same number, and the same amount in another unit."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, excluded, same
from training.contrast.edit import Edit
from training.contrast.numbers import is_exact
from training.contrast.numerals import Numeral, numerals, written

KIND = "unit"
CONVERSIONS = (
    ("mile", "kilometer", 1.609344),
    ("foot", "meter", 0.3048),
    ("inch", "centimeter", 2.54),
    ("yard", "meter", 0.9144),
    ("pound", "kilogram", 0.45359237),
    ("ounce", "gram", 28.349523),
    ("acre", "hectare", 0.40468564),
    ("gallon", "liter", 3.7854118),
)
"""A unit, its counterpart, and how many of the second are one of the first."""
TIMES = (("hour", "minute", 60), ("day", "hour", 24), ("week", "day", 7), ("year", "month", 12),
         ("minute", "second", 60), ("century", "year", 100), ("decade", "year", 10))  # fmt: skip
MOST_AT_ONCE = 5
"""Nobody writes nine years in months."""
_OTHER_TIMES = {
    "second": ("minute", "hour"), "minute": ("hour", "day"), "hour": ("day", "minute", "week"),
    "day": ("week", "month", "hour"), "week": ("month", "day", "year"),
    "month": ("week", "year", "day"), "year": ("month", "week", "decade"),
    "decade": ("year", "century"), "century": ("decade", "year"),
}  # fmt: skip
_PLURALS = {"foot": "feet", "inch": "inches", "century": "centuries"}
_SINGULARS = {plural: unit for unit, plural in _PLURALS.items()}
_MEASURES = {a: (b, factor) for a, b, factor in CONVERSIONS} | {
    b: (a, 1 / factor) for a, b, factor in reversed(CONVERSIONS)
}
_UNIT = re.compile(r" (?P<unit>[a-z]+)\b(?!-|\.\w)")
_SCALE = re.compile(r"\b(?:thousand|million|billion)\b")
_RISES = re.compile(
    r"\b(?:by|rose|fell|up|down|increased|decreased|dropped|declined|climbed|jumped|grew|gained|lost"
    r"|rise of|drop of|increase of|decline of|a|an) $"
)
_CURRENCIES = {"$": "€£", "€": "$£", "£": "$€"}


def changes(text: str, rng: Random) -> Iterator[Change]:
    """Wrong and converted units, scales and currencies for each number of `text`."""
    for numeral in numerals(text):
        unit = _UNIT.match(text, numeral.end)
        name = _singular(unit["unit"]) if unit else ""
        if unit and name in _MEASURES:
            yield from _of_measure(text, numeral, unit, rng)
        elif unit and name in _OTHER_TIMES:
            yield from _of_time(numeral, unit, rng)
        yield from _of_scale(text, numeral, rng)
        yield from _of_currency(numeral, rng)
        yield from _of_percent(text, numeral)


def _of_measure(text: str, numeral: Numeral, unit: re.Match[str], rng: Random) -> Iterator[Change]:
    other, factor = _MEASURES[_singular(unit["unit"])]
    if not numeral.value:
        return
    amount = _plural(other)
    yield excluded(KIND, Edit(unit.start("unit"), unit.end("unit"), amount))
    value = _three_digits(numeral.value * factor)
    if numeral.start > 0 and numeral.value * factor >= 2:
        about = rng.choice(("", "about ")) if is_exact(text, numeral) else ""
        yield same(KIND, Edit(numeral.start, unit.end("unit"), f"{about}{value} {amount}"))


def _of_time(numeral: Numeral, unit: re.Match[str], rng: Random) -> Iterator[Change]:
    name = _singular(unit["unit"])
    if name == unit["unit"] or not numeral.value:  # "3 year old"
        return
    other = rng.choice(_OTHER_TIMES[name])
    yield excluded(KIND, Edit(unit.start("unit"), unit.end("unit"), _plural(other)))
    for large, small, count in TIMES:
        if numeral.start == 0 or numeral.value > 100:
            continue
        if name == large and numeral.value <= MOST_AT_ONCE:
            value = f"{numeral.value * count:g} {_plural(small)}"
            yield same(KIND, Edit(numeral.start, unit.end("unit"), value))
        elif name == small and numeral.value % count == 0 and numeral.value > count:
            value = f"{numeral.value / count:g} {_plural(large)}"
            yield same(KIND, Edit(numeral.start, unit.end("unit"), value))


def _of_scale(text: str, numeral: Numeral, rng: Random) -> Iterator[Change]:
    scale = _SCALE.search(text, numeral.start, numeral.end)
    if scale:
        other = rng.choice([one for one in ("million", "billion", "thousand") if one != scale[0]])
        yield excluded(KIND, Edit(scale.start(), scale.end(), other))


def _of_currency(numeral: Numeral, rng: Random) -> Iterator[Change]:
    if numeral.sign:
        other = rng.choice(_CURRENCIES[numeral.sign])
        yield excluded(KIND, Edit(numeral.start, numeral.start + 1, other))


def _of_percent(text: str, numeral: Numeral) -> Iterator[Change]:
    """A rise by 5 percent is none by 5 percentage points, and a share is no number of points."""
    rises = _RISES.search(text, 0, numeral.start)
    if numeral.percent and rises and re.match(r" (?!of\b|points?\b)", text[numeral.end :]):
        points = written(numeral, numeral.value).removesuffix(numeral.percent)
        yield excluded(KIND, Edit(numeral.start, numeral.end, f"{points} percentage points"))


def _three_digits(value: float) -> str:
    """`value` as a reader would convert it: to three digits, with a thousands mark."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"


def _singular(unit: str) -> str:
    return _SINGULARS.get(unit, unit.removesuffix("s"))


def _plural(unit: str) -> str:
    return _PLURALS.get(unit, f"{unit}s")
