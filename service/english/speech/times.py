"""Expressions of time: what stands between a verb of saying and the words said, or after it."""

from collections.abc import Sequence

from service.english.lexicon import AUXILIARIES, MONTHS, POSSESSIVES, PREPOSITIONS, WEEKDAYS
from service.english.text.tokens import Token

_UNITS = frozenset(
    "day days week weeks weekend month months year years hour hours minute minutes decade decades"
    " morning afternoon evening night noon midnight summer winter spring fall autumn".split()
)
_NAMED = (
    WEEKDAYS | MONTHS | frozenset("today yesterday tonight tomorrow recently noon midnight".split())
)
# What may stand before a unit to make it a time: "this week", "two days ago".
_BEFORE = frozenset(
    "this that last next same previous past early late earlier later mid few several one two three"
    " four five six seven eight nine ten a an".split()
)
_AFTER = frozenset("ago earlier later before morning afternoon evening night".split())


def past_times(tokens: Sequence[Token], position: int) -> int:
    """Past every adverb and expression of time that begins at `position`."""
    while position < len(tokens):
        end = _time_end(tokens, position)
        if end is not None:
            position = end
        elif tokens[position].is_time or tokens[position].is_adverb:
            position += 1
        else:
            break
    return position


def _time_end(tokens: Sequence[Token], position: int) -> int | None:
    """The end of "on Monday night", "earlier this month", "two weeks ago", None for other words.

    "This week was hard" is a subject with its verb and no time.
    """
    preposition = tokens[position].low in PREPOSITIONS
    position += preposition
    if preposition and _low(tokens, position) == "the":
        position += 1
    while _is_before(tokens, position):
        position += 1
    if _low(tokens, position) in _UNITS:
        if not preposition and (position == 0 or not _is_before(tokens, position - 1)):
            return None
    elif _low(tokens, position) not in _NAMED:
        return None
    position += 1
    while _low(tokens, position) in _AFTER | WEEKDAYS or _is_number(tokens, position):
        position += 1
    if _low(tokens, position) in POSSESSIVES:
        return None
    return None if not preposition and _low(tokens, position) in AUXILIARIES else position


def _is_before(tokens: Sequence[Token], position: int) -> bool:
    return _low(tokens, position) in _BEFORE or _is_number(tokens, position)


def _is_number(tokens: Sequence[Token], position: int) -> bool:
    return position < len(tokens) and tokens[position].text.isdigit()


def _low(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].low if position < len(tokens) else ""
