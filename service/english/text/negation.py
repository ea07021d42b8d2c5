"""Finds negations and denials in a text, and the words that they are about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.text import Span

_CUE = re.compile(
    r"""
    \b(?:(?<!or\s)not(?!\s+(?:far|only|just|merely|simply|solely|least|yet\s+clear|to\s+mention
          |(?:immediately\s+)?(?:clear|known))\b)
      |no\s+(?:evidence|proof|sign|indication|reason\s+to\s+believe)\s+(?:that|of)
      |no\s+longer|no\s+one
      |no(?!\s*\.|\s+(?:doubt|matter|fewer|less|more|later|sooner|wonder)\b)
      |never|none|nobody|nothing(?!\s+(?:but|short)\b)|nowhere|neither|nor
      |hardly|scarcely|rarely|seldom
      |without|cannot
      |[a-z]+n[’']t(?!\s+(?:only|just)\b)
      |den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?
      |rul(?:e|es|ed|ing)\s+out|disput(?:e|es|ed|ing)|disprov(?:e|es|ed|ing)|debunk(?:s|ed|ing)?
      |fail(?:s|ed|ing|ure)?\s+to|refus(?:e|es|ed|ing|al)\s+to|declin(?:e|es|ed|ing)\s+to
      |unable\s+to|stopp?(?:s|ed|ing)?\s+short\s+of|refrain(?:s|ed|ing)?\s+from|barred\s+from
      |(?:prevent|stopp|keep|kept|dissuad|prohibit|bann)(?:s|ed|ing)?\s+(?:[^\W\d_]+\s+){0,3}from(?=\s+[a-z]+ing)
      |lack(?:s|ed|ing)?(?:\s+of)?|absence\s+of|far\s+from
      |unlikely\s+to|falsely
      |(?:is|are|was|were|be|been|as)\s+(?:[a-z]+ly\s+)?(?:false|untrue|incorrect|baseless|unfounded)
    )(?![\w])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DENIES = re.compile(
    r"(?:den(?:y|i)|refut|reject|dismiss|rul|disput|disprov|debunk|falsely|no\s+(?:evid|proof|sign|ind|rea))",
    re.IGNORECASE,
)
_END_OF_CLAUSE = re.compile(
    r"[,;:.!?\n—–]|\b(?:but|although|though|while|whereas|because|and|until|unless)\b"
)
_REACHES_BACK = re.compile(r"(?:is|are|was|were|be|been|as)\b", re.IGNORECASE)
_IN_A_TITLE = re.compile(r"\w\s(?:No|Not|Never|Nobody|None|Nothing|Nor|Without)\s[A-Z]")
"""The word belongs to a title, and negates nothing."""
_OF_ONE_NOUN = re.compile(
    r"(?:no|without|lack(?:s|ed|ing)?(?:\s+of)?|absence\s+of)$", re.IGNORECASE
)
ONE_NOUN, A_PREDICATE = 1, 2
"""How many words after a cue it may negate; a denial negates all that is denied."""


@dataclass(frozen=True, slots=True)
class Negation:
    """A cue such as "not", and its scope, the part of the text that it negates.

    It negates the first `heads` words of the scope; None stands for all, as after "denied".
    """

    cue: Span
    scope: Span
    heads: int | None


def negations(text: str) -> tuple[Negation, ...]:
    """The negations in order. A scope follows the cue in its clause; for "is false" it precedes."""
    return tuple(
        Negation(Span(*cue.span()), _scope(text, cue), _heads(cue[0]))
        for cue in _CUE.finditer(text)
        if not _IN_A_TITLE.search(text, max(0, cue.start() - 2), cue.end() + 2)
    )


def is_negated(span: Span, found: Sequence[Negation]) -> bool:
    """Whether the words at `span` are in the scope of an odd number of negations."""
    return sum(negation.scope.contains(span) for negation in found) % 2 == 1


def _heads(cue: str) -> int | None:
    if _DENIES.match(cue) or _REACHES_BACK.match(cue):
        return None
    return ONE_NOUN if _OF_ONE_NOUN.match(cue) else A_PREDICATE


def _scope(text: str, cue: re.Match[str]) -> Span:
    """From the cue to the end of its clause, which includes a denied that-clause."""
    if _REACHES_BACK.match(cue[0]):
        before = [match.end() for match in _END_OF_CLAUSE.finditer(text, 0, cue.start())]
        return Span(before[-1] if before else 0, cue.start())
    after = _END_OF_CLAUSE.search(text, cue.end())
    return Span(cue.start(), after.start() if after else len(text))
