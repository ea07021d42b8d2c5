"""Where the reported words begin after a verb, by what the verb takes."""

from collections.abc import Sequence

from service.english.lexicon import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBORDINATORS,
)
from service.english.speech.cues import GRAMMAR, Cue, Grammar
from service.english.speech.times import past_times
from service.english.speech.verbs import has_verb, is_subject, is_verb
from service.english.text.tokens import Token

FARTHEST_THAT = 25
FARTHEST_QUOTATION = 14
FARTHEST_QUESTION = 8
_OPENING = frozenset("([$€£")
FARTHEST_VERB = 16
# These have things as objects too: "wrote a letter", "added two rooms".
_NEEDS_VERB = frozenset(
    "add adds added adding write writes wrote written writing tweet tweets tweeted tweeting believe"
    " believes believed believing claim claims claimed claiming joke joked boast boasts boasted"
    " suspect suspects suspected reckon reckons reckoned stated stating caution cautioned".split()
)
_BOTH_CASES = frozenset("it you".split())
_NO_CLAUSE = frozenset("to so and or but no as much little".split())


def after_cue(tokens: Sequence[Token], cue: Cue) -> int | None:
    """Where the content begins to the right of a verb, by what the verb takes; None at the end."""
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
    return start if start is None or start < len(tokens) else None


def extras_end(tokens: Sequence[Token], cue: Cue) -> int:
    """Past whoever was told, and when: where an attribution after its words is over."""
    told = cue.grammar is Grammar.TELL and cue.end < len(tokens)
    return past_times(tokens, _addressee_end(tokens, cue.end) if told else cue.end)


def _clause(tokens: Sequence[Token], cue: Cue) -> int | None:
    start = _after_extras(tokens, cue.end)
    if start is None or start >= len(tokens):
        return None
    marked = "that" in {_low(tokens, start - 1), _low(tokens, start)}
    if marked or tokens[start - 1].text == ":":
        return start
    return start if _is_clause(tokens, cue, start) else None


def _is_clause(tokens: Sequence[Token], cue: Cue, start: int) -> bool:
    """Whether what was said begins at `start`, with no "that" to tell."""
    if tokens[start].quotation is not None:
        return True
    if cue.grammar is Grammar.CLAUSE:
        if not _starts_clause(tokens, start):
            return False
        if tokens[cue.start].low not in _NEEDS_VERB:
            return True
    if is_subject(tokens[start]):
        called = start + 1 < len(tokens) and tokens[start + 1].quotation is not None
        return called or _is_subject(tokens, start)
    end = next((i for i in range(start, len(tokens)) if tokens[i].text in ",;—.:"), len(tokens))
    return has_verb(tokens, start, min(end, start + FARTHEST_VERB))


def _is_subject(tokens: Sequence[Token], start: int) -> bool:
    """Whether a pronoun is the subject of what follows: not so in "confirmed it, but …"."""
    if not is_subject(tokens[start]) or start + 1 >= len(tokens):
        return False
    following = tokens[start + 1]
    if tokens[start].low in _BOTH_CASES:
        return following.is_adverb or is_verb(following) or following.low.endswith(("s", "ed"))
    return following.is_word and following.low not in PREPOSITIONS | COORDINATORS | SUBORDINATORS


def _starts_clause(tokens: Sequence[Token], start: int) -> bool:
    """Whether words after "said" can be what was said, with no "that" to tell."""
    if _low(tokens, start) in _NO_CLAUSE:
        return False
    if _low(tokens, start) in _BOTH_CASES and not _is_subject(tokens, start):
        return False
    return tokens[start].quotation is not None or start + 2 < len(tokens)


def _object(tokens: Sequence[Token], start: int) -> int | None:
    start = past_times(tokens, start)
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
    position = past_times(tokens, start)
    if position >= len(tokens):
        return None
    token = tokens[position]
    if token.low == "that" or token.text == ":":
        return _after_that(tokens, position)
    if token.text == ",":
        return _after_comma(tokens, position)
    if token.low in PREPOSITIONS and not _is_infinitive(tokens, position):
        return _far_that(tokens, position)
    begins = token.is_word or token.quotation is not None or token.text in _OPENING
    closed = (SUBORDINATORS - {"if"}) | PREPOSITIONS | COORDINATORS
    return position if begins and token.low not in closed else None


def _is_infinitive(tokens: Sequence[Token], position: int) -> bool:
    """Whether "to" leads on to a verb and not to whoever was told."""
    if tokens[position].low != "to" or position + 1 >= len(tokens):
        return False
    told = tokens[position + 1]
    return told.text.islower() and told.low not in DETERMINERS | OBJECT_PRONOUNS | {"reporters"}


def _after_that(tokens: Sequence[Token], that: int) -> int:
    """Past "that", unless it is the subject itself: "said that is wrong"."""
    following = _low(tokens, that + 1)
    return that if following in AUXILIARIES | {"'s"} else that + 1


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
            tokens[position].is_capitalised or tokens[position].low in {"'s", "of", "&"}
        ):
            position += 1
        return position
    return min(position + 1, len(tokens))


def _low(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].low if position < len(tokens) else ""
