"""Names in one spelling, however they were transliterated."""

import re

_ENDING = re.compile(r"(?<![iy])[iy]++$")
_DOUBLED = re.compile(r"(.)\1")


def spelt(word: str) -> str:
    """A word of a name, lower case, as all its spellings are compared: "Zelenskyy", "Zelenskiy" and
    "Zelensky" are one, and so are "Mohammed" and "Mohamed"."""
    return _DOUBLED.sub(r"\1", _ENDING.sub("y", word))
