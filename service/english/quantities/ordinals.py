"""Finds places in an order: "the third time"."""

import re
from collections.abc import Sequence

from service.domain.text import Span
from service.english.quantities.labels import labels
from service.english.text.words import in_plain_letters, stem

_WORDS = {
    word: number
    for number, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(),
        start=1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_WORDS)})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))[\s-]+"
    r"(?P<head>[^\W\d_]{3,})",
    re.IGNORECASE,
)


def ordinals(text: str, dates: Sequence[Span]) -> dict[str, dict[int, Span]]:
    """For each stem of a thing that is counted in an order its places, with their spans. Dates and
    numbers that are names are left out."""
    found: dict[str, dict[int, Span]] = {}
    text = in_plain_letters(text)
    matches = list(_ORDINAL.finditer(text))
    taken = (*dates, *labels(text)) if matches else ()
    for match in matches:
        span = Span(*match.span())
        if not any(excluded.overlaps(span) for excluded in taken):
            place = _WORDS[match["word"].casefold()] if match["word"] else int(match["digits"])
            found.setdefault(stem(match["head"]), {}).setdefault(place, span)
    return found
