"""Appositions: what stands between commas beside a name and says more of it."""

from collections.abc import Sequence

from service.english.lexicon import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from service.english.text.tokens import Token

LONGEST_ASIDE = 20
INSIDE = frozenset({"&", "-", "/", "$", "%", "#", "@", ".", "‑", "–"})
"""Punctuation that a noun phrase may hold."""
_OPENS_ASIDE = DETERMINERS | frozenset(
    "former chief senior director president professor head chairman chairwoman spokesman"
    " spokeswoman spokesperson founder co-founder leader author editor executive deputy vice"
    " retired who whose which then now herself himself".split()
)


def is_aside(tokens: Sequence[Token], start: int, end: int) -> bool:
    first = tokens[start]
    if any(token.low in SUBJECT_PRONOUNS for token in tokens[start:end]) and (
        first.low not in RELATIVES
    ):
        return False
    numeric = first.text.isdigit() and end - start == 1  # an age
    owned = any(token.low in POSSESSIVES for token in tokens[start : start + 4])
    party = end - start == 1 and "-" in first.text  # "R-Texas"
    if first.low in _OPENS_ASIDE or numeric or owned or party or first.is_capitalised:
        return True
    return (
        1 < end - start <= LONGEST_ASIDE
        and tokens[end - 1].is_word
        and first.text.islower()
        and first.low not in PREPOSITIONS | SUBORDINATORS | COORDINATORS
    )


def is_remark(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a few words between commas leave the subject as it is: "X, in contrast, said"."""
    if end - start == 1:
        return tokens[start].low in {"though", "however", "too", "meanwhile"}
    return tokens[start].low in {"in", "for", "of", "by", "like"} and end - start <= 12


def aside_after(tokens: Sequence[Token], comma: int) -> int | None:
    """Where an apposition that starts at `comma` ends: "said X, director of Y"."""
    start = comma + 1
    if start >= len(tokens) or tokens[comma].text != ",":
        return None
    first = tokens[start]
    if first.low not in _OPENS_ASIDE or first.low in RELATIVES:
        return None
    end = start
    while end < len(tokens) and (tokens[end].is_word or tokens[end].text in INSIDE - {"."}):
        if tokens[end].low in RELATIVES | SUBJECT_PRONOUNS | AUXILIARIES:
            break
        end += 1
    return end if end - start > 1 else None
