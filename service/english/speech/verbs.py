"""Whether words hold a verb that makes a clause of them, as far as their forms tell."""

from collections.abc import Sequence

from service.english.lexicon import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    FINITE_PAST,
    FINITE_PRESENT,
    OBJECT_PRONOUNS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from service.english.text.tokens import Token

# Another clause begins, or an infinitive.
_ENDS = SUBORDINATORS | RELATIVES | COORDINATORS | {"to"}


def is_verb(token: Token) -> bool:
    """Whether a form is hardly ever anything but a finite verb."""
    return token.low in AUXILIARIES or token.low in FINITE_PAST or token.low in FINITE_PRESENT


def is_subject(token: Token) -> bool:
    """Whether it is a pronoun that has a verb after it or in it: "she", "she’ll"."""
    return pronoun(token) in SUBJECT_PRONOUNS


def pronoun(token: Token) -> str:
    """The word without its contracted verb, lower case."""
    return token.low.partition("'")[0]


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
