"""Finds what a number counts: the noun after it, with what qualifies that noun."""

import re
from dataclasses import dataclass

from service.english.lexicon import AFTER_THE_COUNTED
from service.english.quantities.numerals import NUMBER_WORDS
from service.english.text.words import stem

_COUNTED = re.compile(
    r"(?:(?<!\s)\s++|-(?=[a-z]))(?P<of>of\s+(?:(?:the|all|its|their|those|these)\s+)*(?:\d[\d,]*\s+)?)?"
    r"(?P<words>(?:[^\W\d_]+(?:[’'-][^\W\d_]+)*\s?){1,4})"
)
_PLURALS = frozenset("people men women children police staff personnel cattle hindus".split())
_PER = re.compile(
    r"(?<!\s)\s++(?:an?|per|each|every)\s+(hour|day|night|week|month|year|quarter|person|head)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: the stems of its words, the head last; `end` is where the words end."""

    stems: tuple[str, ...]
    end: int
    after_of: bool


def counted(text: str, end: int) -> Counted:
    """What the number that ends at `end` counts: "North Koreans" in "3,000 North Koreans are".

    The first plural is the head; what follows is its predicate.
    """
    following = _COUNTED.match(text, end)
    words: list[re.Match[str]] = []
    for word in re.finditer(r"\S+", following["words"]) if following else ():
        if word[0].casefold() in AFTER_THE_COUNTED or len(word[0]) == 1:
            break
        if word[0].casefold() in NUMBER_WORDS:
            continue  # "seven of the eleven boats" are boats
        if words and is_plural(words[-1][0]) and not _qualifies(words[-1][0], word[0]):
            break
        words.append(word)
    if not following or not words:
        return Counted((), end, after_of=False)
    return Counted(
        tuple(stem(word[0]) for word in words),
        following.start("words") + words[-1].end(),
        after_of=bool(following["of"]),
    )


def _qualifies(plural: str, following: str) -> bool:
    """Whether it is a name before the plural that counts: "Texas voters"."""
    return plural[0].isupper() and is_plural(following)


def per(text: str, end: int) -> str:
    """The period or person of a rate, "month" for "a month"; empty where none follows."""
    rate = _PER.match(text, end)
    return rate[1].casefold() if rate else ""


def is_plural(word: str) -> bool:
    """Whether the word looks like a plural."""
    if word.casefold() in _PLURALS:
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "sis", "'s", "’s"))
