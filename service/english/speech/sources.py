"""The noun phrase beside a cue: who speaks.

A wrong speaker is worse than none: what does not look like a phrase is no source.
"""

from collections.abc import Sequence

from service.english.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    OPENERS,
    PERFECT,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from service.english.speech.asides import is_aside, is_remark
from service.english.speech.cues import GRAMMAR
from service.english.speech.phrases import LONGEST_PHRASE, Phrase, phrase_before, without_openers
from service.english.text.tokens import Token

_NO_NAME = (
    PREPOSITIONS | SUBORDINATORS | AUXILIARIES | DETERMINERS | OPENERS | {"there", "asked", "what"}
)
_CLOSES = frozenset({";", ":", "."})


def subject(tokens: Sequence[Token], cue: int) -> Phrase | None:
    """The subject of the verb at `cue`, to its left."""
    end = cue
    while end > 0 and (
        tokens[end - 1].is_adverb
        or tokens[end - 1].low in PERFECT | {"since"}
        or (tokens[end - 1].is_time and end > 1 and tokens[end - 2].text != ",")
        or (tokens[end - 1].low in {"is", "are", "was", "were"} and tokens[cue].low.endswith("ing"))
    ):
        end -= 1
    if end == 0:
        return None
    before = tokens[end - 1]
    if before.low in RELATIVES:
        return _antecedent(tokens, end - 1)
    if before.text == ",":
        return _with_aside(tokens, end - 1)
    return phrase_before(tokens, end) or _with_clause(tokens, end)


def _with_clause(tokens: Sequence[Token], end: int) -> Phrase | None:
    """A phrase with a clause of its own: "people who have seen the plan said"."""
    for position in range(end - 1, max(0, end - LONGEST_PHRASE), -1):
        token = tokens[position]
        if token.low == "who" and tokens[position + 1].low in AUXILIARIES:
            phrase = phrase_before(tokens, position)
            return Phrase(phrase.start, end) if phrase else None
        if not token.is_word:
            return None
    return None


def _antecedent(tokens: Sequence[Token], relative: int) -> Phrase | None:
    """What "who" stands for: a name or a phrase right before it."""
    end = relative - 1 if relative and tokens[relative - 1].text == "," else relative
    return phrase_before(tokens, end) or _name_before(tokens, end)


def _name_before(tokens: Sequence[Token], end: int) -> Phrase | None:
    """The name after a preposition that ends right before `end`: "was hard for Mr. Poe, who …"."""
    start = end
    while start > 0 and tokens[start - 1].is_capitalised:
        start -= 1
    after = start > 0 and tokens[start - 1].low in PREPOSITIONS
    return Phrase(start, end) if start < end and after else None


def _with_aside(tokens: Sequence[Token], comma: int) -> Phrase | None:
    """The phrase before an apposition or a remark that ends at `comma`: "X, a former Y,"."""
    for opening in range(comma - 2, max(-1, comma - LONGEST_PHRASE), -1):
        token = tokens[opening]
        if token.quotation is not None or token.text in _CLOSES:
            return None
        if token.text != ",":
            continue
        kept = is_aside(tokens, opening + 1, comma)
        relative = tokens[opening + 1].low in RELATIVES
        if kept or relative or is_remark(tokens, opening + 1, comma):
            phrase = phrase_before(tokens, opening)
            if phrase is None:
                return None
            return Phrase(phrase.start, opening, comma if kept and not relative else None)
    return None


def _subject_of_first_verb(tokens: Sequence[Token], limit: int) -> Phrase | None:
    """The noun phrase that the statement begins with, told by the verb after it."""
    for position in range(1, limit):
        if tokens[position].low in AUXILIARIES or tokens[position].low in GRAMMAR:
            phrase = subject(tokens, position)
            first = without_openers(tokens, 0, position)
            return phrase if phrase is not None and phrase.start == first else None
    return None


def first_subject(tokens: Sequence[Token], limit: int) -> Phrase | None:
    """The name or pronoun that the statement begins with, before the token at `limit`."""
    start = 0
    while start < limit and tokens[start].low in {"but", "and", "so", "then", "later"}:
        start += 1
    if start < limit and tokens[start].low in SUBJECT_PRONOUNS:
        return Phrase(start, start + 1)
    end = start
    while end < limit and tokens[end].is_capitalised:
        end += 1
    if end == start or tokens[start].low in _NO_NAME or tokens[end].low in POSSESSIVES:
        return _subject_of_first_verb(tokens, limit)
    return Phrase(start, end)
