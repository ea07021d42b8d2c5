"""The noun phrase beside a cue: who speaks.

Without a parser a phrase is found from its edges: it ends at the cue and begins after the nearest
word that cannot belong to it. What does not look like a phrase then is no source: a wrong speaker
is worse than none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from service.models.rules.asides import INSIDE, POSSESSIVES, aside_after, is_aside, is_remark
from service.models.rules.cues import GRAMMAR, NOUNS
from service.models.rules.lexicon import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    NAME_PARTICLES,
    OBJECT_PRONOUNS,
    OPENERS,
    PERFECT,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIMES,
    TYING,
)
from service.models.rules.words import Token

LONGEST_PHRASE = 30
_NO_NAME = (
    PREPOSITIONS | SUBORDINATORS | AUXILIARIES | DETERMINERS | OPENERS | {"there", "asked", "what"}
)
_NO_SOURCE = frozenset("not there to of what much last rest here such nothing everything".split())
_CLOSES = frozenset({";", ":", "."})


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
    return phrase_before(tokens, end)


def _antecedent(tokens: Sequence[Token], relative: int) -> Phrase | None:
    """What "who" stands for: a name or a phrase right before it."""
    end = relative - 1 if relative and tokens[relative - 1].text == "," else relative
    return phrase_before(tokens, end)


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


def phrase_before(tokens: Sequence[Token], end: int) -> Phrase | None:
    """The noun phrase that ends right before `end`."""
    if end <= 0:
        return None
    last = tokens[end - 1]
    if last.low in SUBJECT_PRONOUNS or last.low in {"who", "others", "some", "many"}:
        return Phrase(end - 1, end)
    if last.text == ")":
        return _before_parenthesis(tokens, end)
    if not (last.is_word or last.text == ".") or last.low in POSSESSIVES:
        return None
    start = end
    while start > 0 and end - start <= LONGEST_PHRASE and not _bounds(tokens[start - 1]):
        start -= 1
    start = _and_before(tokens, _without_openers(tokens, start, end))
    if start < end and tokens[start].low in PREPOSITIONS:
        start = _innermost(tokens, start, end)
    return Phrase(start, end) if start < end and _is_phrase(tokens, start, end) else None


def _before_parenthesis(tokens: Sequence[Token], end: int) -> Phrase | None:
    """A name with its party, "X (D-Mo.)", or a phrase with its abbreviation."""
    opening = end - 1
    while opening > 0 and tokens[opening].text != "(" and end - opening < 8:
        opening -= 1
    phrase = phrase_before(tokens, opening) if tokens[opening].text == "(" else None
    return Phrase(phrase.start, end) if phrase else None


def _bounds(token: Token) -> bool:
    """Whether a noun phrase cannot reach over this token."""
    if not token.is_word:
        return token.text not in INSIDE
    return (
        token.low in AUXILIARIES
        or token.low in COORDINATORS
        or token.low in SUBORDINATORS
        or (token.low in GRAMMAR and token.low not in NOUNS and token.text.islower())
    )


def _without_openers(tokens: Sequence[Token], start: int, end: int) -> int:
    """Past "On Tuesday", "Meanwhile", "But" at the front of a phrase."""
    while start < end:
        token = tokens[start]
        following = tokens[start + 1] if start + 1 < end else None
        opens = token.low in OPENERS or token.is_adverb or not token.is_word
        when = token.is_time and following is not None and following.low not in POSSESSIVES
        if opens or when:
            start += 1
        elif (
            token.low in PREPOSITIONS
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
    if first.low.endswith("ing") and first.text.islower():
        return False
    return first.low not in _NO_SOURCE and not first.low.startswith(("'", "’"))


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
        return token.text not in INSIDE or token.text == "."
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


def first_subject(tokens: Sequence[Token], limit: int) -> Phrase | None:
    """The name or pronoun that the statement begins with."""
    start = 0
    while start < limit and tokens[start].low in {"but", "and", "so", "then", "later"}:
        start += 1
    if start < limit and tokens[start].low in SUBJECT_PRONOUNS:
        return Phrase(start, start + 1)
    end = start
    while end < limit and tokens[end].is_capitalised:
        end += 1
    if end == start or tokens[start].low in _NO_NAME:
        return None
    return Phrase(start, end)
