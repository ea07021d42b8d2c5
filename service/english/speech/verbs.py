"""Whether words hold a verb that makes a clause of them, as far as their forms tell."""

from collections.abc import Sequence

from service.english.function_words import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    OBJECT_PRONOUNS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from service.english.text.tokens import Token

_PAST = frozenset(
    "became began brought built came chose did drew drove fell felt fled flew fought found gave got"
    " grew held kept knew led left lost made meant met paid ran rose said sat saw sent sold spent"
    " spoke stood stole struck swore taught thought told took understood went withdrew woke won"
    " wore wrote".split()
)
_PRESENT = frozenset(
    "needs wants remains means makes takes gives goes comes becomes seems appears looks works"
    " leads plans supports opposes believes thinks knows says keeps faces holds stands deserves"
    " belongs represents requires includes lacks owes continues depends lies exists need want"
    " remain mean make take give go come become seem appear work oppose believe think know keep"
    " face stand deserve belong represent require include lack owe continue depend exist".split()
)
# Another clause begins, or an infinitive.
_ENDS = SUBORDINATORS | RELATIVES | COORDINATORS | {"to"}
_APOSTROPHES = ("'", "’")


def is_verb(token: Token) -> bool:
    """Whether a form is hardly ever anything but a finite verb."""
    return token.low in AUXILIARIES or token.low in _PAST or token.low in _PRESENT


def is_subject(token: Token) -> bool:
    """Whether it is a pronoun that has a verb after it or in it: "she", "she’ll"."""
    return pronoun(token) in SUBJECT_PRONOUNS


def pronoun(token: Token) -> str:
    """The word without its contracted verb, lower case."""
    low = token.low
    for mark in _APOSTROPHES:
        low = low.partition(mark)[0]
    return low


def has_verb(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a main verb stands between `start` and `end`, before any clause within."""
    if (
        start >= end
        or is_verb(tokens[start])
        or tokens[start].low in OBJECT_PRONOUNS - {"it", "you"}
    ):
        return False
    if is_subject(tokens[start]):
        return True
    for position in range(start + 1, end):
        token = tokens[position]
        if token.low in _ENDS or token.quotation is not None:
            return False
        if token.low in AUXILIARIES or (pronoun(token) != token.low and is_subject(token)):
            return True
        described = tokens[position - 1].low in DETERMINERS
        if not described and (is_verb(token) or _is_past(token)):
            return True
    return False


def _is_past(token: Token) -> bool:
    return token.low.endswith("ed") and "-" not in token.low and token.text.islower()
