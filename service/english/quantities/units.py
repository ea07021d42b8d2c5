"""Units and currencies as they are written, and what they convert to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A value times `factor` plus `offset` is in the base of `dimension`."""

    dimension: str
    factor: float = 1.0
    offset: float = 0.0


PLAIN = Unit("")
"""Of a number that only counts."""
PERCENT, POINTS, AGE = Unit("percent"), Unit("points"), Unit("age", 365.25)
"""Shares, steps between shares, and ages in days."""

_MEASURES = """
length 0.001 millimetre millimetres millimeter millimeters mm
length 0.01 centimetre centimetres centimeter centimeters cm
length 1 metre metres meter meters m
length 1000 kilometre kilometres kilometer kilometers km kms
length 0.0254 inch inches
length 0.3048 foot feet ft
length 0.9144 yard yards
length 1609.344 mile miles mi
mass 0.001 gram grams gramme grammes g
mass 1 kilogram kilograms kilogramme kilogrammes kilo kilos kg
mass 1000 tonne tonnes ton tons
mass 0.45359237 pound pounds lb lbs
mass 0.028349523 ounce ounces oz
area 1 sqm
area 10000 hectare hectares ha
area 4046.8564 acre acres
volume 1 litre litres liter liters
volume 3.785411784 gallon gallons
volume 158.987294928 barrel barrels
speed 1 kph km/h kmh
speed 1.609344 mph
energy 1 kwh
energy 1000 mwh
energy 1000000 gwh
power 1 kilowatt kilowatts kw
power 1000 megawatt megawatts mw
power 1000000 gigawatt gigawatts gw
duration 0.000011574 second seconds
duration 0.000694444 minute minutes
duration 0.041666667 hour hours
duration 1 day days
duration 7 week weeks
duration 30.4375 month months
duration 365.25 year years
duration 3652.5 decade decades
"""
_CURRENCIES = """
dollar $ us$ dollar dollars usd
euro € euro euros eur
pound £ pound pounds sterling quid gbp
yen ¥ yen
ruble ruble rubles rouble roubles
yuan yuan renminbi
rupee ₹ rupee rupees
franc franc francs
krone krone kroner krona kronor
hryvnia hryvnia hryvnias
zloty zloty zlotys
won won
peso peso pesos
lira lira
shekel shekel shekels
"""
_DEGREES = {
    "c": Unit("temperature"), "celsius": Unit("temperature"), "centigrade": Unit("temperature"),
    "f": Unit("temperature", 5 / 9, -160 / 9), "fahrenheit": Unit("temperature", 5 / 9, -160 / 9),
}  # fmt: skip

CURRENCIES: dict[str, Unit] = {
    form: Unit(line.split()[0])
    for line in _CURRENCIES.strip().splitlines()
    for form in line.split()[1:]
}
"""The currency for each of its signs and words, in lower case; a "dollar" may be any dollar."""
MEASURES: dict[str, Unit] = {
    form: Unit(line.split()[0], float(line.split()[1]))
    for line in _MEASURES.strip().splitlines()
    for form in line.split()[2:]
}
"""The unit of measurement for each of its forms, in lower case."""


def degrees(scale: str) -> Unit:
    """The unit of "degrees Celsius" for "Celsius", "C", "°F"."""
    return _DEGREES[scale.casefold().lstrip("°").strip()]


def squared(unit: Unit) -> Unit:
    """The unit of area whose side is `unit` long."""
    return Unit("area", unit.factor**2)
