"""Noun phrases, found from their edges.

There is no parser: a phrase ends at a given word and begins after the nearest one that cannot
belong to it. What does not look like a phrase then is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from service.english.lexicon import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    NAME_PARTICLES,
    NOUNS_OF_SAYING,
    OBJECT_PRONOUNS,
    OPENERS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIMES,
    TYING,
)
from service.english.speech.asides import INSIDE, aside_after
from service.english.speech.cues import GRAMMAR, is_participle
from service.english.text.tokens import Token

LONGEST_PHRASE = 30
_NO_SOURCE = frozenset(
    "not there to of up down what much last rest here such nothing everything".split()
)
_MEASURES = frozenset("million billion trillion dollars euros".split())
_ROUGHLY = frozenset("about around over under".split())
_ALONE = frozenset("who others some many another most both few one".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `start` up to `end`. `aside` is where an apposition that belongs to it ends."""

    start: int
    end: int
    aside: int | None = None

    @property
    def reach(self) -> int:
        """The end, apposition included."""
        return self.aside or self.end


def phrase_before(tokens: Sequence[Token], end: int) -> Phrase | None:
    """The noun phrase that ends right before `end`."""
    if end <= 0:
        return None
    last = tokens[end - 1]
    if last.low in SUBJECT_PRONOUNS or last.low in _ALONE:
        return Phrase(end - 1, end)
    if last.text == ")":
        return _before_parenthesis(tokens, end)
    if not (last.is_word or last.text == ".") or last.low in POSSESSIVES:
        return None
    start = end
    while start > 0 and end - start <= LONGEST_PHRASE and not _bounds(tokens, start - 1):
        start -= 1
    start = _and_before(tokens, without_openers(tokens, start, end))
    if start < end and tokens[start].low in PREPOSITIONS and not _counts(tokens, start):
        start = _innermost(tokens, start, end)
    if start > 0 and tokens[start - 1].low in AUXILIARIES:
        return None  # what somebody is or has, not who speaks
    return Phrase(start, end) if start < end and _is_phrase(tokens, start, end) else None


def _counts(tokens: Sequence[Token], position: int) -> bool:
    """Whether a preposition is part of a number: "About 3,000 people"."""
    following = tokens[position + 1 : position + 2]
    return tokens[position].low in _ROUGHLY and any(t.text[0].isdigit() for t in following)


def _before_parenthesis(tokens: Sequence[Token], end: int) -> Phrase | None:
    """A name with its party, "X (D-Mo.)", or a phrase with its abbreviation."""
    opening = end - 1
    while opening > 0 and tokens[opening].text != "(" and end - opening < 8:
        opening -= 1
    phrase = phrase_before(tokens, opening) if tokens[opening].text == "(" else None
    return Phrase(phrase.start, end) if phrase else None


def _bounds(tokens: Sequence[Token], position: int) -> bool:
    """Whether a noun phrase cannot reach over the token at `position`."""
    token = tokens[position]
    if not token.is_word:
        return token.text not in INSIDE and token.low not in POSSESSIVES
    return (
        token.low in AUXILIARIES
        or token.low in COORDINATORS
        or token.low in SUBORDINATORS
        or token.low == "what"
        or (
            token.low in GRAMMAR
            and (token.low not in NOUNS_OF_SAYING or _between_names(tokens, position))
            and token.text.islower()
            and not is_participle(tokens, position)
        )
    )


def _between_names(tokens: Sequence[Token], position: int) -> bool:
    """Whether a form that may be a noun is a verb after all: "Novak claims Ruiz"."""
    around = tokens[max(0, position - 1) : position + 2]
    return len(around) == 3 and around[0].is_capitalised and around[2].is_capitalised


def without_openers(tokens: Sequence[Token], start: int, end: int) -> int:
    """Past "On Tuesday", "Meanwhile", "But" at the front of a phrase from `start` to `end`."""
    while start < end:
        token = tokens[start]
        following = tokens[start + 1] if start + 1 < end else None
        opens = token.low in OPENERS or token.is_adverb or not token.is_word
        when = token.is_time and following is not None and following.low not in POSSESSIVES
        if opens or when:
            start += 1
        elif (
            token.low in PREPOSITIONS - _ROUGHLY
            and following is not None
            and (following.is_time or following.text.isdigit())
        ):
            start += 2
        else:
            break
    return start


def _and_before(tokens: Sequence[Token], start: int) -> int:
    """Takes in the first of two named speakers: "X and Y said"."""
    if start < 2 or tokens[start - 1].low != "and" or not tokens[start].is_capitalised:
        return start
    first = start - 1
    while first > 0 and tokens[first - 1].is_capitalised:
        first -= 1
    alone = first == 0 or not tokens[first - 1].is_word
    return first if alone and first < start - 1 and tokens[first].low not in OPENERS else start


def _innermost(tokens: Sequence[Token], start: int, end: int) -> int:
    """The last phrase of one that begins with a preposition: "In a statement the ministry"."""
    position = end - 1
    if tokens[position].is_capitalised:
        while position > start and (
            tokens[position - 1].is_capitalised or tokens[position - 1].low in NAME_PARTICLES
        ):
            position -= 1
    else:
        while position > start and tokens[position].low not in DETERMINERS:
            position -= 1
    if position > start and tokens[position].low in DETERMINERS | {"the"}:
        return position if tokens[position - 1].low not in PREPOSITIONS else end
    if tokens[position - 1].low in PREPOSITIONS or position == start:
        return end
    return position


def _is_phrase(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether these tokens look like a noun phrase and not like a clause or the end of one."""
    first, last = tokens[start], tokens[end - 1]
    if end - start > LONGEST_PHRASE or not first.is_word:
        return False
    if last.low in PREPOSITIONS | OBJECT_PRONOUNS | DETERMINERS | TIMES:
        return False
    if any(token.low in SUBJECT_PRONOUNS for token in tokens[start:end]):
        return False
    if last.low in _MEASURES or last.text[0] in "$€£":
        return False
    if first.low.endswith("ing") and first.text.islower():
        return False
    return first.low not in _NO_SOURCE and not first.low.startswith("'")


def phrase_after(tokens: Sequence[Token], start: int, *, loose: bool) -> Phrase | None:
    """The noun phrase that begins at `start`; `loose` ones may go on with any preposition."""
    if start >= len(tokens):
        return None
    first = tokens[start]
    if first.low in SUBJECT_PRONOUNS | OBJECT_PRONOUNS:
        return Phrase(start, start + 1)
    if not first.is_word or first.low in PREPOSITIONS | SUBORDINATORS | AUXILIARIES | TIMES:
        return None
    if first.low.endswith("ing") or (first.is_adverb and first.text.islower()):
        return None
    end = _right_edge(tokens, start, loose=loose)
    if end <= start:
        return None
    aside = aside_after(tokens, end)
    return Phrase(start, end, aside)


def _right_edge(tokens: Sequence[Token], start: int, *, loose: bool) -> int:
    position = start
    while position < len(tokens) and position - start < LONGEST_PHRASE:
        closing = _closing_parenthesis(tokens, position)
        if closing is not None:
            position = closing + 1
        elif _ends_phrase(tokens, position) or (
            not loose and _ends_tight_phrase(tokens, start, position)
        ):
            break
        else:
            position += 1
    while position > start and (
        tokens[position - 1].low in PREPOSITIONS | COORDINATORS or tokens[position - 1].is_adverb
    ):
        position -= 1
    return position


def _ends_phrase(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    if not token.is_word:
        return token.low not in (INSIDE | POSSESSIVES) - {"."}
    if token.low in COORDINATORS:
        return not _goes_on_after_and(tokens, position)
    return token.low in AUXILIARIES | SUBORDINATORS | RELATIVES


def _ends_tight_phrase(tokens: Sequence[Token], start: int, position: int) -> bool:
    """Whether a word after an inverted verb is no longer its subject: "said Smith on Friday"."""
    token = tokens[position]
    if token.low in PREPOSITIONS:
        return token.low not in TYING or (tokens[start].is_capitalised and token.low != "of")
    return token.is_time and position > start


def _goes_on_after_and(tokens: Sequence[Token], conjunction: int) -> bool:
    following = conjunction + 1
    return (
        tokens[conjunction].low == "and"
        and following < len(tokens)
        and (tokens[following].is_capitalised or tokens[following].low in {"the", "other"})
    )


def _closing_parenthesis(tokens: Sequence[Token], opening: int) -> int | None:
    if tokens[opening].text != "(":
        return None
    for position in range(opening + 1, min(opening + 8, len(tokens))):
        if tokens[position].text == ")":
            return position
    return None
