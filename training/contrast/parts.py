"""Parts of a total: a smaller number of a narrower group neither bears out the total nor denies it.

"12,000 people were evacuated" against "3,000 elderly people were evacuated", or against "3,000
people were evacuated in Tampa, Florida".
"""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, stronger, unrelated
from training.contrast.edit import Edit
from training.contrast.numbers import is_exact
from training.contrast.numerals import Numeral, numerals, written
from training.contrast.places import CITY_OF

KIND = "scope"
_OF_PEOPLE = ("foreign", "elderly", "young", "local", "unmarried", "rural")
_OF_THINGS = ("small", "privately owned", "older", "rural")
_NARROWED = dict.fromkeys(
    """people students workers soldiers voters residents patients employees protesters officers
    children men women troops immigrants refugees families teachers demonstrators inmates prisoners
    migrants veterans visitors nurses doctors adults police supporters""".split(),
    _OF_PEOPLE,
) | dict.fromkeys(
    "companies schools homes businesses buildings hospitals farms stores banks houses".split(),
    _OF_THINGS,
)
_NOUN = re.compile(rf" (?P<noun>{'|'.join(_NARROWED)})\b(?! of\b)")
_IN_A_PLACE = re.compile(rf"\bin (?P<place>{'|'.join(CITY_OF)})(?= [a-z]|\.$)")
_TURNED = re.compile(r"\b(?:not|no|never|without|if|unless|every|all|only)\b|n[’']t\b")


def changes(text: str, rng: Random) -> Iterator[Change]:
    """For each number of people or things: some of them, by what they are and by where."""
    if _TURNED.search(text):
        return
    place = _IN_A_PLACE.search(text)
    for numeral in numerals(text):
        noun = _NOUN.match(text, numeral.end)
        counts = numeral.start and numeral.value >= 20 and not numeral.scale
        if noun and counts and is_exact(text, numeral) and text[: numeral.start][-4:] != " of ":
            fewer = Edit(numeral.start, numeral.end, written(numeral, _some_of(numeral, rng)))
            kind = rng.choice(_NARROWED[noun["noun"]])
            narrowed = Edit(numeral.end, numeral.end, f" {kind}")
            yield unrelated(KIND, fewer, narrowed)
            yield stronger(KIND, narrowed)
            if place:
                yield unrelated(KIND, fewer, _in_one_city(text, place))


def _some_of(numeral: Numeral, rng: Random) -> float:
    """A fifth to a half of the number, to two digits."""
    value = numeral.value * rng.uniform(0.2, 0.5)
    size = 10.0 ** max(len(f"{value:.0f}") - 2, 0)
    return round(value / size) * size


def _in_one_city(text: str, place: re.Match[str]) -> Edit:
    comma = "" if text[place.end()] == "." else ","
    name = place["place"]
    return Edit(place.start("place"), place.end(), f"{CITY_OF[name]}, {name}{comma}")
