"""Attributions set after or within the words that they report: "…, the ministry said, …"."""

from collections.abc import Sequence

from service.english.lexicon import (
    BEFORE_MAIN,
    COORDINATORS,
    DASHES,
    PREPOSITIONS,
    SUBORDINATORS,
)
from service.english.speech import openings, sources
from service.english.speech.cues import Cue, Grammar, cues
from service.english.speech.verbs import is_verb
from service.english.text.tokens import Token

FARTHEST_CLOSING = 120
"""Words after which an attribution no longer closes the clause that is read."""
_NO_MAIN_CLAUSE = PREPOSITIONS | SUBORDINATORS | COORDINATORS | {"according"}


def follows_clause(tokens: Sequence[Token], floor: int, cue: Cue, source: int) -> bool:
    """Whether an attribution without quoted words can stand after the clause from `floor` up to its
    `source`."""
    if cue.grammar is Grammar.CLAUSE:
        return True
    if is_fronted(tokens, floor, source):
        return False
    end = openings.extras_end(tokens, cue)
    if end >= len(tokens) or not tokens[end].is_word:
        return closing_comma(tokens, end - 1) != end  # not so in "…, the sum announced, X said"
    return cue.grammar is Grammar.TELL and tokens[end].low in PREPOSITIONS


def follows_quotation(tokens: Sequence[Token], end: int) -> bool:
    """Whether a quotation ends right before `end`, a comma aside."""
    index = end - 1
    while index > 0 and (tokens[index].text in {",", *DASHES} or tokens[index].is_adverb):
        index -= 1
    return index >= 0 and tokens[index].quotation is not None


def is_fronted(tokens: Sequence[Token], floor: int, end: int) -> bool:
    """Whether the words up to `end` are no clause but go before one: "In May, X announced"."""
    start = floor
    while start < end and (
        not tokens[start].is_word or tokens[start].is_adverb or tokens[start].low in COORDINATORS
    ):
        start += 1
    if start >= end or tokens[start].low not in PREPOSITIONS | BEFORE_MAIN:
        return False
    if tokens[start + 1].text[:1].isdigit():
        return False  # "Around 3,000 soldiers"
    return not any(tokens[i].text == "," for i in range(start, end - 4))


def closing_comma(tokens: Sequence[Token], start: int) -> int | None:
    """The comma after `start` that leads on to an attribution of all before it, None without."""
    nearby = tokens[: start + FARTHEST_CLOSING]
    for cue in cues(nearby):
        if cue.start <= start or cue.grammar not in {Grammar.CLAUSE, Grammar.TELL}:
            continue
        if cue.participle(nearby) or openings.after_cue(nearby, cue) is not None:
            continue
        source = sources.subject(nearby, cue.start)
        if source is not None and source.start - 1 > start and nearby[source.start - 1].text == ",":
            return source.start - 1
    return None


def goes_on(tokens: Sequence[Token], start: int, *, fronted: bool) -> bool:
    """Whether the words after an interruption are reported too.

    After a subject that is its verb ("The road, he said, is closed"), after a `fronted` phrase the
    main clause ("In May, he said, the road was closed").
    """
    token = tokens[start]
    if fronted:
        return token.low not in _NO_MAIN_CLAUSE and not token.low.endswith("ing") and token.is_word
    while start < len(tokens) - 1 and tokens[start].is_adverb:
        start += 1
    token = tokens[start]
    return is_verb(token) or (token.text.islower() and token.low.endswith(("ed", "es")))
