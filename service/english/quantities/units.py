"""Units and currencies as they are written, and what they convert to."""

from dataclasses import dataclass

from service.english import lexicon


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: value · `factor` + `offset` is the value in the base unit of its `dimension`."""

    dimension: str
    factor: float = 1.0
    offset: float = 0.0


PLAIN = Unit("")
"""The unit of a number that only counts."""
PERCENT, POINTS, AGE = Unit("percent"), Unit("points"), Unit("age", 365.25)
"""The units of shares, of differences between shares, and of ages, in days."""

_DEGREES = {
    "c": Unit("temperature"), "celsius": Unit("temperature"), "centigrade": Unit("temperature"),
    "f": Unit("temperature", 5 / 9, -160 / 9), "fahrenheit": Unit("temperature", 5 / 9, -160 / 9),
}  # fmt: skip

CURRENCIES: dict[str, Unit] = {
    form: Unit(name) for name, *forms in lexicon.CURRENCIES for form in forms
}
"""The currency for each of its signs and words, in lower case; a "dollar" may be of any country."""
MEASURES: dict[str, Unit] = {
    form: Unit(dimension, float(factor))
    for dimension, factor, *forms in lexicon.UNITS
    for form in forms
}
"""The unit of measurement for each of its forms, in lower case."""


def degrees(scale: str) -> Unit:
    """The unit of "degrees Celsius" for "Celsius", "C", "°F"."""
    return _DEGREES[scale.casefold().lstrip("°").strip()]


def squared(unit: Unit) -> Unit:
    """The unit of area whose side is `unit` long."""
    return Unit("area", unit.factor**2)
