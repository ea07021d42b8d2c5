"""Qualifiers: "more than 2,500" of 3,000, and "may" for "will".

A number is taken as an interval: what lies inside follows, what lies outside cannot be true.
"""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, Label, excluded, same, weaker
from training.contrast.edit import Edit
from training.contrast.numbers import is_exact
from training.contrast.numerals import Numeral, numerals, written

KIND = "qualifier"
_ABOUT = ("about", "roughly", "around", "approximately", "some")
_OVER = ("more than", "over", "at least")
_UP_TO = ("fewer than", "at most", "no more than")
_UP_TO_AN_AMOUNT = ("less than", "under", "at most")
_TAKES_NONE = re.compile(
    r"\b(?:an?|the|his|her|their|its|our|my|other|another|first|last|next|past|these|those|all"
    r"|both|every|only|just|aged?|top|final|previous|exactly|even"
    r"|additional|extra|combined|than|of|by|for|each|per) $|, $",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"\b(?P<over>more than|at least|over|no fewer than|upwards of)"
    r"|\b(?P<under>fewer than|less than|at most|up to|no more than|as many as)"
    r"|\b(?P<about>about|around|roughly|approximately|an estimated)",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"\b(?:not|no|never|without|if|unless|whether|cannot|few|every|all|only)\b|n[’']t\b"
)
_WILL = re.compile(
    r"\bwill(?= (?:be|have|take|go|make|get|start|begin|end|rise|fall|receive|lose|win|pay|meet"
    r"|open|close|need|include|return|visit)\b)"
)


def changes(text: str, rng: Random) -> Iterator[Change]:
    """Bounds put before exact numbers, other bounds for those that have one, hedges."""
    if not _TURNED.search(text):
        for numeral in numerals(text):
            yield from _bounded(text, numeral, rng)
        yield from _hedged(text, rng)


def _bounded(text: str, numeral: Numeral, rng: Random) -> Iterator[Change]:
    if numeral.value < 4 or numeral.start == 0:
        return
    before = text[: numeral.start]
    had = next((m for m in _QUALIFIED.finditer(before) if before[m.end() :] == " "), None)
    if had:
        yield from _rebounded(numeral, had, rng)
    elif is_exact(text, numeral) and not _TAKES_NONE.search(before):
        yield from _newly_bounded(numeral, rng)


def _newly_bounded(numeral: Numeral, rng: Random) -> Iterator[Change]:
    under = _UP_TO_AN_AMOUNT if numeral.sign or numeral.percent else _UP_TO
    low, high = _below(numeral, rng), _above(numeral, rng)

    def bound(words: tuple[str, ...], value: float) -> Edit:
        return Edit(numeral.start, numeral.end, f"{rng.choice(words)} {written(numeral, value)}")

    yield weaker(KIND, bound(_OVER, low))
    yield weaker(KIND, bound(under, high))
    yield excluded(KIND, bound(_OVER, high))
    yield excluded(KIND, bound(under, low))
    if numeral.value >= 10:
        yield Change((bound(_ABOUT, numeral.value),), KIND, Label.SUPPORTS, None)
        far = low if low <= 0.6 * numeral.value else max(high, _near(numeral, 1.6, up=True))
        yield excluded(KIND, bound(_ABOUT, far))


def _rebounded(numeral: Numeral, had: re.Match[str], rng: Random) -> Iterator[Change]:
    under = _UP_TO_AN_AMOUNT if numeral.sign or numeral.percent else _UP_TO
    low, high = _below(numeral, rng), _above(numeral, rng)

    def bound(words: tuple[str, ...], value: float) -> Edit:
        words = tuple(word for word in words if word != had[0].lower())
        return Edit(had.start(), numeral.end, f"{rng.choice(words)} {written(numeral, value)}")

    if had["over"]:
        yield weaker(KIND, bound(("more than", "over", "at least"), low))
        yield excluded(KIND, bound(under, low))
    elif had["under"]:
        yield weaker(KIND, bound(under, high))
        yield excluded(KIND, bound(_OVER, high))
    else:
        yield same(KIND, bound(_ABOUT[:4], numeral.value))
        yield weaker(KIND, bound(_OVER, low if low < 0.8 * numeral.value else low * 0.5))
        yield excluded(KIND, bound(_OVER, 2 * numeral.value))
        yield excluded(KIND, bound(under, 0.5 * numeral.value))


def _below(numeral: Numeral, rng: Random) -> float:
    """A value under the numeral's by a tenth to six tenths, no longer to write than it."""
    return _near(numeral, rng.choice((0.4, 0.5, 0.6, 0.7, 0.8, 0.9)), up=False)


def _above(numeral: Numeral, rng: Random) -> float:
    factor = rng.choice((1.2, 1.4, 1.6, 2.0, 2.5))
    if numeral.percent and numeral.value < 100:
        return min(_near(numeral, factor, up=True), (numeral.value + 100) // 2 + 1)
    return _near(numeral, factor, up=True)


def _near(numeral: Numeral, factor: float, *, up: bool) -> float:
    value = numeral.value * factor
    size = 10.0 ** max(len(f"{value:.0f}") - 2, 0)
    near = round(value / size) * size
    if (near > numeral.value) == up and near != numeral.value:
        return near
    return numeral.value + (size if up else -size)


def _hedged(text: str, rng: Random) -> Iterator[Change]:
    for will in _WILL.finditer(text):
        hedge = rng.choice(("may", "could", "might"))
        yield weaker(KIND, Edit(will.start(), will.end(), hedge))
