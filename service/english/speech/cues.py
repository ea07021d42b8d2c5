"""Words that report speech, and what each needs beside it to be read so.

The verbs are those that annotators of news most often mark as cues; each is listed by what makes
it safe, so that "The party called for its leader" is not read like "He called it “a disaster”".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from service.english.lexicon import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    NOUNS_OF_SAYING,
    PERFECT,
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    UNREAL,
    VERBS_OF_SAYING,
)
from service.english.text.tokens import Token


class Grammar(Enum):
    """What a cue takes."""

    CLAUSE = "a clause, with or without 'that'"
    THAT = "a clause with 'that' or a pronoun as its subject"
    TELL = "someone who is told, then a clause"
    ASK = "a question"
    QUOTED = "quoted words only"
    OBJECT = "whatever follows"
    INFINITIVE = "'to' and a verb"
    SOURCE = "the source itself: according to"


_ALSO_INFINITIVE = frozenset(
    "promise promises promised promising vow vows vowed vowing pledge pledges pledged"
    " pledging".split()
)
_NAMING = frozenset("called dubbed labeled labelled branded".split())
# Verbs that say nothing without this word after them.
_PARTICLES = {
    "point": "out", "points": "out", "pointed": "out", "pointing": "out",
    "go": "on", "goes": "on", "went": "on",
}  # fmt: skip

GRAMMAR = {
    form: grammar
    for grammar in Grammar
    for kind, *forms in VERBS_OF_SAYING
    if kind == grammar.name.lower()
    for form in forms
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue among a statement's tokens: those from `start` up to `end`."""

    start: int
    end: int
    grammar: Grammar
    infinitive: bool = False

    def participle(self, tokens: Sequence[Token]) -> bool:
        """Whether it hangs on another verb's subject ("…, adding that …")."""
        return tokens[self.start].low.endswith("ing") and not (
            self.start > 0 and tokens[self.start - 1].low in BE
        )


def cues(tokens: Sequence[Token]) -> Iterator[Cue]:
    """The cues of a statement from left to right."""
    for index, token in enumerate(tokens):
        if token.low == "according" and _low(tokens, index + 1) == "to":
            yield Cue(index, index + 2, Grammar.SOURCE)
            continue
        grammar = GRAMMAR.get(token.low)
        if grammar is None or not _is_verb(tokens, index):
            continue
        end = index + 1
        particle = _PARTICLES.get(token.low)
        if particle is not None:
            if _low(tokens, end) != particle:
                continue
            end += 1
        yield Cue(index, end, grammar, token.low in _ALSO_INFINITIVE)


def _low(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the form at `index` is a verb that tells of speech that took place."""
    form = tokens[index].low
    if tokens[index].is_capitalised and index > 0:
        return False
    left = index - 1
    while left >= 0 and tokens[left].is_adverb and tokens[left].low not in UNREAL:
        left -= 1
    before = _low(tokens, left)
    if before == "to" and _low(tokens, left - 1) in {"on", "continued"}:
        return True  # "went on to say"
    if before in UNREAL or before in DETERMINERS:
        return False
    passive = before in BE and not form.endswith("ing")
    if passive or is_participle(tokens, index):
        return False
    if form in NOUNS_OF_SAYING:
        return _subject_like(tokens, left) and not _is_noun(tokens, index, left)
    return True


def _is_noun(tokens: Sequence[Token], index: int, left: int) -> bool:
    """Whether a form that may be a noun is one: "a news report", "the jobs report was"."""
    one = {_low(tokens, left - 1), _low(tokens, left - 2)} & {"a", "an"}
    return bool(one) or _low(tokens, index + 1) in AUXILIARIES | {"of"}


def is_participle(tokens: Sequence[Token], index: int) -> bool:
    """Whether a cue's form only describes the noun before it: "people briefed on the plan"."""
    form, following = tokens[index].low, _low(tokens, index + 1)
    if GRAMMAR.get(form) is Grammar.TELL:
        return following in PREPOSITIONS
    if form in _NAMING and _low(tokens, index - 1) not in SUBJECT_PRONOUNS | PERFECT:
        named = index + 1 + (following in DETERMINERS)
        return named < len(tokens) and tokens[named].is_title  # "a unit called the “Fox”"
    return following == "by" and form.endswith("ed")


def _subject_like(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word before a form that may be a noun looks like the subject of a verb."""
    if index < 0:
        return False
    token = tokens[index]
    if token.low in {"he", "she", "they", "it", "we", "i", "you", "who", "which"} | PERFECT:
        return True
    if not token.is_word or token.low in PREPOSITIONS or token.low in POSSESSIVES:
        return False
    plural = token.low.endswith("s") and not token.low.endswith(("ss", "us", "is"))
    return token.is_capitalised or plural
