"""Finds what a text negates, denies or turns round."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Mention, Span, mention
from service.pipeline.compare.words import stem

_CUE = re.compile(
    r"""
    \b(?:not(?!\s+(?:only|just|merely|simply|least|yet\s+clear)\b)
      |n[o0]\s+longer|no(?!\s*\.|\s+(?:doubt|matter|fewer|less|more|later)\b)|never|none|nobody|nothing|nowhere|neither
      |without|cannot
      |[a-z]+n[’']t
      |den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?
      |fail(?:s|ed|ing)?\s+to|refus(?:e|es|ed|ing)\s+to|declin(?:e|es|ed|ing)\s+to
      |false|untrue|incorrect|baseless
    )(?![\w])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DENIES = re.compile(r"(?:den(?:y|i)|refut|reject|dismiss)", re.IGNORECASE)
_END_OF_CLAUSE = re.compile(
    r"[,;:.!?\n—–]|\b(?:but|although|though|while|whereas|because|and|until|unless)\b"
)
_REACHES_BACK = re.compile(r"^(?:false|untrue|incorrect|baseless)", re.IGNORECASE)

_OPPOSITES = """
rise fall
rise drop
increase decrease
increase decline
increase fall
grow shrink
gain lose
win lose
open closed
reopen close
accept reject
approve reject
allow ban
allow forbid
permit prohibit
support oppose
begin end
start end
start stop
pass fail
guilty innocent
legal illegal
alive dead
survive die
safe unsafe
higher lower
""".strip().splitlines()
_IRREGULAR = {
    "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "grew": "grow",
    "grown": "grow", "shrank": "shrink", "lost": "lose", "won": "win", "began": "begin",
    "begun": "begin", "died": "die", "forbade": "forbid", "forbidden": "forbid",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Negation:
    """A cue such as "not", and the part of the text that it turns round; "denied" `denies` it."""

    cue: Span
    scope: Span
    denies: bool


def negations(text: str) -> tuple[Negation, ...]:
    """The negations in order. A scope ends with its clause; "X is false" reaches back instead."""
    return tuple(
        Negation(Span(*cue.span()), _scope(text, cue), bool(_DENIES.match(cue[0])))
        for cue in _CUE.finditer(text)
    )


def is_negated(span: Span, found: Sequence[Negation]) -> bool:
    """Whether the words at `span` stand under an odd number of negations."""
    return sum(one.scope.contains(span) for one in found) % 2 == 1


def opposites(claim: str, source: str) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of a word of the claim and a word of the source that are each other's opposite."""
    in_claim, in_source = _by_lemma(claim), _by_lemma(source)
    for pair in _OPPOSITES:
        one, other = (stem(word) for word in pair.split())
        for mine, theirs in ((one, other), (other, one)):
            if mine in in_claim and theirs in in_source and mine not in in_source:
                yield mention(claim, in_claim[mine]), mention(source, in_source[theirs])


def _by_lemma(text: str) -> dict[str, Span]:
    return {
        stem(_IRREGULAR.get(match[0].casefold(), match[0])): Span(*match.span())
        for match in re.finditer(r"[^\W\d_]+", text)
    }


def _scope(text: str, cue: re.Match[str]) -> Span:
    """From the cue to the end of its clause; the words of a denied that-clause lie within it."""
    if _REACHES_BACK.match(cue[0]):
        before = [match.end() for match in _END_OF_CLAUSE.finditer(text, 0, cue.start())]
        return Span(before[-1] if before else 0, cue.start())
    after = _END_OF_CLAUSE.search(text, cue.end())
    return Span(cue.start(), after.start() if after else len(text))
