"""Where the reported words begin after a verb, by what the verb takes."""

from collections.abc import Sequence

from service.models.rules.cues import GRAMMAR, Cue, Grammar
from service.models.rules.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from service.models.rules.words import Token

FARTHEST_THAT = 25
FARTHEST_QUOTATION = 14
FARTHEST_QUESTION = 8
_OPENING = frozenset("([$€£")
_NO_CLAUSE = frozenset("to so and or but no as much little".split())


def after_cue(tokens: Sequence[Token], cue: Cue) -> int | None:
    """Where the content begins to the right of a verb, by what the verb takes."""
    if cue.infinitive and _low(tokens, cue.end) == "to":
        return cue.end
    match cue.grammar:
        case Grammar.TELL:
            start = _after_addressee(tokens, cue.end)
        case Grammar.INFINITIVE:
            start = cue.end if _low(tokens, cue.end) == "to" else None
        case Grammar.OBJECT:
            start = _object(tokens, cue.end)
        case Grammar.QUOTED:
            start = _quotation_within(tokens, cue.end)
        case Grammar.ASK:
            start = _question(tokens, cue.end)
        case _:
            start = _clause(tokens, cue)
    return start


def _clause(tokens: Sequence[Token], cue: Cue) -> int | None:
    start = _after_extras(tokens, cue.end)
    if start is None or start >= len(tokens):
        return None
    marked = "that" in {_low(tokens, start - 1), _low(tokens, start)}
    if marked or tokens[start - 1].text == ":":
        return start
    if cue.grammar is Grammar.CLAUSE:
        return start if _starts_clause(tokens, start) else None
    clause = _low(tokens, start) in SUBJECT_PRONOUNS or tokens[start].quotation is not None
    return start if clause else None


def _starts_clause(tokens: Sequence[Token], start: int) -> bool:
    """Whether words after "said" can be what was said, with no "that" to tell."""
    if _low(tokens, start) in _NO_CLAUSE:
        return False
    return tokens[start].quotation is not None or start + 2 < len(tokens)


def _object(tokens: Sequence[Token], start: int) -> int | None:
    if _low(tokens, start) == "that":
        return start + 1
    if start >= len(tokens) or not tokens[start].is_word:
        return None
    return None if _low(tokens, start) in PREPOSITIONS | {"to"} else start


def _quotation_within(tokens: Sequence[Token], start: int) -> int | None:
    """Where what is called, described or mocked begins, if a part of it is quoted."""
    for position in range(start, min(start + FARTHEST_QUOTATION, len(tokens))):
        token = tokens[position]
        if token.quotation is not None:
            return start + (_low(tokens, start) in {"as", "by", "to"})
        if token.text in ";.—" or (token.low in GRAMMAR and position > start):
            return None
    return None


def _question(tokens: Sequence[Token], start: int) -> int | None:
    for position in range(start, min(start + FARTHEST_QUESTION, len(tokens))):
        token = tokens[position]
        if token.low in QUESTION_WORDS or token.quotation is not None:
            return position
        if token.text in ";." or token.low in {"to", "for", "that"}:
            return None
    return None


def _after_extras(tokens: Sequence[Token], start: int) -> int | None:
    """Where the content begins after what may stand between a verb and it: when, where, to whom.

    None where nothing reported follows.
    """
    position = _past_times(tokens, start)
    if position >= len(tokens):
        return None
    token = tokens[position]
    if token.low == "that" or token.text == ":":
        return _after_that(tokens, position)
    if token.text == ",":
        return _after_comma(tokens, position)
    if token.low in PREPOSITIONS:
        return _far_that(tokens, position)
    begins = token.is_word or token.quotation is not None or token.text in _OPENING
    return position if begins and token.low not in SUBORDINATORS else None


def _after_that(tokens: Sequence[Token], that: int) -> int:
    """Past "that", unless it is the subject itself: "said that is wrong"."""
    following = _low(tokens, that + 1)
    return that if following in AUXILIARIES | {"'s", "’s"} else that + 1


def _past_times(tokens: Sequence[Token], position: int) -> int:
    """Past "on Tuesday", "later", "recently"."""
    while position < len(tokens):
        if tokens[position].is_time or tokens[position].is_adverb:
            position += 1
        elif tokens[position].low in PREPOSITIONS and _is_when(tokens, position):
            position += 2
        else:
            break
    return position


def _is_when(tokens: Sequence[Token], preposition: int) -> bool:
    following = preposition + 1
    return following < len(tokens) and tokens[following].is_time


def _after_comma(tokens: Sequence[Token], comma: int) -> int | None:
    following = comma + 1
    if following >= len(tokens):
        return None
    if tokens[following].quotation is not None:
        return following
    return following + 1 if tokens[following].low == "that" else _far_quotation(tokens, following)


def _far_quotation(tokens: Sequence[Token], start: int) -> int | None:
    """A quotation after a remark between commas: 'he said, referring to Smith, "…"'."""
    for position in range(start, min(start + FARTHEST_THAT, len(tokens))):
        if tokens[position].quotation is not None:
            return position if tokens[position - 1].text in {",", ":"} else None
    return None


def _far_that(tokens: Sequence[Token], start: int) -> int | None:
    """Past "in a statement on Tuesday" to "that", a colon, a quotation or a pronoun."""
    for position in range(start + 1, min(start + FARTHEST_THAT, len(tokens))):
        token = tokens[position]
        if token.low == "that" or token.text == ":":
            return _after_that(tokens, position)
        if token.text == ",":
            return _after_comma(tokens, position)
        if token.quotation is not None and not token.is_title:
            return position if tokens[position - 1].text == ":" else None
        if token.low in {"he", "she", "they", "it", "we", "there"} and position > start + 1:
            return position
    return None


def _after_addressee(tokens: Sequence[Token], start: int) -> int | None:
    """Where the content begins after whoever was told, None where nothing reported follows."""
    far = _far_that(tokens, start - 1)
    if far is not None:
        return far
    if start >= len(tokens):
        return None
    return _after_extras(tokens, _addressee_end(tokens, start))


def _addressee_end(tokens: Sequence[Token], start: int) -> int:
    """The end of whoever was told: "him", "reporters", "the Senate committee", "CNN"."""
    first = tokens[start]
    if first.low in OBJECT_PRONOUNS:
        return start + 1
    position = start
    if first.low in DETERMINERS:
        position += 1
    if position < len(tokens) and tokens[position].is_capitalised:
        while position < len(tokens) and (
            tokens[position].is_capitalised or tokens[position].low in {"'s", "’s", "of", "&"}
        ):
            position += 1
        return position
    return min(position + 1, len(tokens))


def _low(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].low if position < len(tokens) else ""
