"""The source that a model marks, made a whole phrase, or none where it is no phrase.

A wrong speaker is worse than none: a piece of a name is made whole from the words beside it, and
what holds a verb, or nothing but small words, names nobody.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from service.english.lexicon import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    DOCUMENTS,
    NAME_SUFFIXES,
    NOT_NAMES,
    OBJECT_PRONOUNS,
    OPENERS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIMES,
)
from service.english.speech.contents import trimmed_run
from service.english.speech.cues import GRAMMAR
from service.english.speech.phrases import phrase_after, phrase_before
from service.english.speech.speeches import Act, Run
from service.english.text.tokens import Token

_FURNITURE = frozenset("advertisement coverage given more read related watch watched".split())
_NO_PART_OF_A_NAME = (
    _FURNITURE
    | NOT_NAMES
    | OPENERS
    | TIMES
    | PREPOSITIONS
    | DETERMINERS
    | SUBORDINATORS
    | SUBJECT_PRONOUNS
)
_OWNERS = frozenset("his her its their my our your".split())
_LEFT_OVER = frozenset("the a an".split()) | _OWNERS | PREPOSITIONS
_FINITE = AUXILIARIES - frozenset("be been being".split())
_MODAL = frozenset("would could should might may".split())
_PASSIVE = (["to", "be"], ["to", "have"])
_NO_START = frozenset("let that there here what".split()) | PREPOSITIONS - frozenset(
    "about at around over under outside inside like".split()
)
_CLAUSE = RELATIVES | {"that", ",", "("}
"""What follows says more of who speaks, with verbs of its own."""


def settled(tokens: Sequence[Token], act: Act) -> Act:
    """The act with its source as a whole phrase; without one where that names nobody."""
    if act.source is None:
        return act
    if _is_unsaid(tokens, act):
        return replace(act, source=None)
    start, end = _whole(tokens, _with_antecedent(tokens, act.source), act.cue)
    while start < end - 1 and tokens[start].low in SUBORDINATORS:
        start += 1
    if end - start > 1 and tokens[end - 1].low in SUBJECT_PRONOUNS:
        start = end - 1  # "it" of "a move it said was late"
    owns = end - start == 1 and tokens[start].low in _OWNERS and end == act.cue[0]
    while end > start and tokens[end - 1].low in _LEFT_OVER and not owns:
        end -= 1
    if end > start and tokens[end - 1].low in GRAMMAR and _low(tokens, end) == "that":
        end -= 1  # "President tweets" of "President tweets that he left, saying …"
    relative = next((i for i in range(end - 1, start, -1) if tokens[i].low in RELATIVES), end)
    if all(t.low in PREPOSITIONS or t.text.isdigit() for t in tokens[relative + 1 : end]):
        end = relative
    subject = _pronoun_before(tokens, act.cue) or _name_before(tokens, act.cue)
    if subject is not None and end <= subject[0]:
        start, end = subject
    if start == end or not _names_somebody(tokens[start:end]):
        return replace(act, source=None)
    return replace(act, source=(start, end), content=_without(tokens, act.content, start, end))


def _is_unsaid(tokens: Sequence[Token], act: Act) -> bool:
    """Whether the cue is of something that somebody would do, that anybody might do, or that is
    said of the source: "would like", "and to suggest otherwise is wrong", "when asked why", "men
    thought to be armed"."""
    first = tokens[act.cue[0]].low
    if first == "asked" and act.cue[0] > 0 and tokens[act.cue[0] - 1].low in {"when", "if"}:
        return True
    if first.endswith(("ed", "ught", "said")) and act.source is not None:
        beside = act.source[1] == act.cue[0]
        return beside and [_low(tokens, act.cue[1] + i) for i in (0, 1)] in _PASSIVE
    if first == "to":
        return act.cue[0] > 0 and tokens[act.cue[0] - 1].low in COORDINATORS
    quoted = any(t.quotation is not None for run in act.content for t in tokens[slice(*run)])
    return quoted and first in _MODAL and not any(t.low in GRAMMAR for t in tokens[slice(*act.cue)])


def _whole(tokens: Sequence[Token], source: Run, cue: Run) -> Run:
    """The source with the words of its first and last name that were left out."""
    start, end = source
    if tokens[start].low in POSSESSIVES and start > 0:
        start -= 1
    while start > 0 and _is_one_name(tokens, start - 1) and not cue[0] < start <= cue[1]:
        start -= 1
    while end < len(tokens) and _is_one_name(tokens, end - 1) and not cue[0] <= end < cue[1]:
        end += 1
    if end < cue[0] and tokens[end].low in DOCUMENTS:
        end += 1  # "the jobs" of "the jobs report"
    if end < cue[0] and tokens[end].low == "of":
        phrase = phrase_after(tokens, start, loose=False)
        end = min(max(end, phrase.end), cue[0]) if phrase else end
    return start, end


def _with_antecedent(tokens: Sequence[Token], source: Run) -> Run:
    """A relative clause with what it says more of: "those who stray"."""
    start, end = source
    if end - start == 1 or start == 0 or tokens[start].low not in RELATIVES:
        return source
    phrase = phrase_before(tokens, start)
    return (phrase.start, end) if phrase else (start - 1, end)


def _is_one_name(tokens: Sequence[Token], first: int) -> bool:
    """Whether a word and the next are of one name, as far as capitals tell."""
    word, following = tokens[first], tokens[first + 1]
    if not (word.is_capitalised and following.is_capitalised):
        return False
    if following.start > word.end + 1 or word.low in _NO_PART_OF_A_NAME:
        return False
    return following.low not in _NO_PART_OF_A_NAME or following.low in NAME_SUFFIXES


def _pronoun_before(tokens: Sequence[Token], cue: Run) -> Run | None:
    """The pronoun that is the subject of the cue: "it" in "a card that it says was sent"."""
    index = cue[0] - 1
    while index > 0 and (tokens[index].is_adverb or tokens[index].low in AUXILIARIES):
        index -= 1
    pronoun = index >= 0 and tokens[index].low in SUBJECT_PRONOUNS - OBJECT_PRONOUNS | {"it"}
    verb = tokens[cue[0]].low in GRAMMAR and not tokens[cue[0]].low.endswith("ing")
    return (index, index + 1) if pronoun and verb else None


def _name_before(tokens: Sequence[Token], cue: Run) -> Run | None:
    """The name between a comma and the cue: "Poe" in "the oldest tribe, the Sund, Poe writes"."""
    start = cue[0]
    while start > 0 and tokens[start - 1].is_capitalised:
        start -= 1
    alone = start > 0 and tokens[start - 1].text == "," and tokens[start].low not in OPENERS
    return (start, cue[0]) if alone and start < cue[0] and tokens[cue[0]].low in GRAMMAR else None


def _low(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if index < len(tokens) else ""


def _names_somebody(phrase: Sequence[Token]) -> bool:
    """Whether words can be a phrase: with no verb before a relative clause, and more than small
    words."""
    if phrase[0].low in _NO_START:
        return False
    ends = (i for i, token in enumerate(phrase) if i and token.low in _CLAUSE)
    before = next(ends, None)
    if phrase[-1].low in OBJECT_PRONOUNS and phrase[-2:-1] and phrase[-2].low not in PREPOSITIONS:
        return False  # "help us"
    if any(token.low == "to" and verb.low in GRAMMAR for token, verb in pairwise(phrase)):
        return False
    return not any(token.low in _FINITE and token.text.islower() for token in phrase[:before])


def _without(
    tokens: Sequence[Token], content: Sequence[Run], start: int, end: int
) -> tuple[Run, ...]:
    """The content but for the words from `start` to `end`."""
    pieces = [
        piece
        for first, last in content
        for piece in ((first, min(last, start)), (max(first, end), last))
        if piece[0] < piece[1]
    ]
    trimmed = (trimmed_run(tokens, *piece) for piece in pieces)
    return tuple(piece for piece in trimmed if piece is not None) or tuple(content)
