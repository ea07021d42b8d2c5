"""Numbers: another value of the same thing, and the same value written in another way."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, excluded, same
from training.contrast.edit import Edit
from training.contrast.numerals import SCALES, Numeral, numerals, spelled, written

KIND = "number"
_FACTORS = (0.2, 0.3, 0.5, 0.6, 1.5, 1.8, 2.0, 3.0, 5.0, 10.0)
_LOOSE = re.compile(
    r"\b(?:than|over|under|above|below|least|most|up to|exceeding|as many as|as much as"
    r"|nearly|almost|some|about|around|roughly|approximately|estimated|only|just|every|within|surpassed|exceeded|exceed|reached|topped|passed"
    r"|all|other|in a) $",
    re.IGNORECASE,
)
_TURNED = re.compile(r"\b(?:not|no|never|without|if|unless|whether|cannot)\b|n[’']t\b")


def changes(text: str, rng: Random) -> Iterator[Change]:
    """Another value for each exact number, and the same in another style."""
    for numeral in numerals(text):
        if is_exact(text, numeral) and not _TURNED.search(text):
            yield excluded(KIND, _edit(numeral, written(numeral, other_value(numeral, rng))))
        yield from _restyled(text, numeral, rng)


def is_exact(text: str, numeral: Numeral) -> bool:
    """Whether no "more than" or "about" stands before it."""
    return not _LOOSE.search(text[: numeral.start])


def other_value(numeral: Numeral, rng: Random) -> float:
    """A value that nobody takes for the same, at home in the number's style."""
    if numeral.percent and numeral.value < 100:
        return _other_share(numeral.value, rng)
    unit = SCALES.get(numeral.scale, 1.0)
    number = numeral.value / unit
    if number <= 12 and number == int(number):
        return unit * rng.choice([n for n in range(2, 16) if n != number and abs(n - number) < 6])
    changed = _to_digits(number * rng.choice(_FACTORS), number)
    if changed == number or changed < 2:
        changed = number * 2
    return unit * changed


def _other_share(share: float, rng: Random) -> float:
    """Another percentage below 100, away by a fifth of it at the least."""
    near = [share + step for step in range(-60, 61) if abs(step) >= max(2.0, share / 5)]
    return rng.choice([other for other in near if 1 <= other < 100])


def _to_digits(value: float, like: float) -> float:
    """`value` rounded to as many digits as `like` was written with."""
    plain = f"{like:.10g}"
    if "." in plain:
        return round(value, len(plain.partition(".")[2]))
    zeros = len(plain) - len(plain.rstrip("0"))
    return float(round(value, -min(zeros, max(len(f"{value:.0f}") - 2, 0))))


def _restyled(text: str, numeral: Numeral, rng: Random) -> Iterator[Change]:
    if numeral.start == 0 and numeral.digits:  # "24 is a film": a name
        return
    options = [form for form in _forms(text, numeral) if form != text[numeral.start : numeral.end]]
    if options:
        yield same(KIND, _edit(numeral, rng.choice(options)))


def _forms(text: str, numeral: Numeral) -> Iterator[str]:
    """Other ways to write the same value."""
    number = numeral.value / SCALES.get(numeral.scale, 1.0)
    whole = number == int(number)
    if numeral.percent:
        digits = numeral.digits or f"{number:g}"
        yield from (f"{digits}%", f"{digits} percent", f"{digits} per cent")
    elif numeral.sign and not re.match(r" (?:US )?dollars|-", text[numeral.end :]):
        yield from _money(numeral, number)
    elif numeral.scale:
        yield f"{numeral.value:,.0f}"
        if number < 20 and whole:
            yield f"{spelled(int(number)) if numeral.digits else int(number)} {numeral.scale}"
    elif numeral.is_spelled:
        yield f"{numeral.value:.0f}"
    elif whole:
        yield from _whole(text, numeral)


def _money(numeral: Numeral, number: float) -> Iterator[str]:
    name = {"$": "dollars", "€": "euros", "£": "pounds"}[numeral.sign]
    scale = f" {numeral.scale}" if numeral.scale else ""
    yield f"{numeral.digits or f'{number:g}'}{scale} {name}"
    if numeral.scale and numeral.value < 1e10:
        yield f"{numeral.sign}{numeral.value:,.0f}"


def _whole(text: str, numeral: Numeral) -> Iterator[str]:
    value = int(numeral.value)
    if value >= 1000:
        yield f"{value:,}".replace(",", "" if value < 10_000 else " ")
    if value < 100 or (value < 1_000_000 and value % 1000 == 0):
        words = spelled(value)
        yield words.capitalize() if numeral.start == 0 else words
    for name in ("million", "billion"):
        if value >= SCALES[name] and value % (SCALES[name] / 100) == 0:
            yield f"{value / SCALES[name]:g} {name}"
    if numeral.start == 0 or text[numeral.end :].startswith("."):
        return
    yield f"{value:,}"


def _edit(numeral: Numeral, text: str) -> Edit:
    if numeral.start == 0:
        text = text[:1].upper() + text[1:]
    return Edit(numeral.start, numeral.end, text)
