"""Cuts a sentence of two main clauses in two, where each stands alone."""

import re
from collections.abc import Iterator, Sequence

from service.domain.text import Span, trimmed
from service.english.lexicon import (
    ADVERBS,
    BEFORE_MAIN,
    DETERMINERS,
    OPENERS,
    POINTING_BACK,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    WEEKDAYS,
)
from service.english.speech.verbs import has_verb, pronoun
from service.english.text.tokens import Token

LEAST_WORDS = 4
"""The fewest words of a clause that stands alone."""
_JOINS = frozenset("and but while".split())
_IN_PAIRS = frozenset("not neither either".split())
"""Begin the first half of a pair: "Not only … but …"."""
_LOOSE_ENDS = re.compile(r"[\s,;]+\Z")


def clauses_alone(tokens: Sequence[Token], text: str) -> Iterator[Span]:
    """The clauses of a sentence, given as its tokens, in order; one span where it is not cut.

    Cut is at a semicolon, or at a comma before "and", "but" or "while", if no word ties the clauses
    together and both have a subject and a verb of their own. A clause that begins with "On Monday,"
    is not parted from the next, for which Monday counts too.
    """
    whole = Span(tokens[0].start, tokens[-1].end) if tokens else Span(0, 0)
    cuts = [] if _is_tied(tokens) else list(_cuts(tokens))
    starts = [0, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), len(tokens)]
    if not cuts or not all(map(lambda a, b: _stands_alone(tokens, a, b), starts, ends)):
        yield whole
        return
    for start, end in zip(starts, ends, strict=True):
        span = trimmed(text, Span(tokens[start].start, tokens[end - 1].end))
        yield Span(span.start, span.end - len(_loose(span.of(text))))


def _loose(words: str) -> str:
    match = _LOOSE_ENDS.search(words)
    return match[0] if match else ""


def _cuts(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where a clause ends, and where the next begins."""
    for position, token in enumerate(tokens[:-1]):
        following = tokens[position + 1].low
        if token.text == ";":
            yield position, position + 1 + (following in _JOINS)
        elif token.text == "," and following in _JOINS and position + 2 < len(tokens):
            yield position, position + 2


def _is_tied(tokens: Sequence[Token]) -> bool:
    """Whether a word makes one clause depend on another, or a quotation is among them."""
    if not tokens or any(token.quotation is not None for token in tokens):
        return True
    first = tokens[0].low
    if first in BEFORE_MAIN | PREPOSITIONS | OPENERS | WEEKDAYS | _IN_PAIRS:
        return True
    return any(token.low in BEFORE_MAIN - _JOINS for token in tokens)


def _stands_alone(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a clause has a subject that says who it is, and a verb."""
    words = [token for token in tokens[start:end] if token.is_word]
    if len(words) < LEAST_WORDS or not _names_its_subject(tokens[start]):
        return False
    return has_verb(tokens, start, end)


def _names_its_subject(token: Token) -> bool:
    if pronoun(token) in SUBJECT_PRONOUNS or token.low in ADVERBS | POINTING_BACK:
        return False
    return token.is_capitalised or token.low in DETERMINERS or token.text[:1].isdigit()
