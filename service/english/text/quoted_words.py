"""Reads quoted words as they are compared: without typography, and with an editor's marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.text import Span
from service.english.text.tokens import lowered

_TOKEN = re.compile(
    r"""
      (?P<gap>(?:[\[(]\s?)?(?:…|\.\s?\.\s?\.(?:\s?\.)?)(?:\s?[\])])?)
    | (?P<capital>\[[^\W\d_]\](?=[^\W\d_])[^\W_]++(?:['’ʼ＇][^\W_]++)*+)   # [T]he
    | (?P<ending>[^\W_]{2,}+\[[^\W_]{1,9}\][^\W_]*+)                    # walk[ed], Dem[ocrat]s
    | (?P<bracket>\[[^\[\]\n]{1,200}\])                                # [the mayor], [sic]
    | (?P<word>(?:[^\W\d_]\.){2,}+ | \d++(?:[.,]\d++)*+ | % | [^\W_]++(?:['’ʼ＇][^\W_]++)*+)
    """,
    re.VERBOSE,
)
_BARE = re.compile(r"(?<=\d),(?=\d{3}\b)|\.(?!\d)|[\[\]]")
_MARKS = "\"“”„«»‘’'` \t\n"


@dataclass(frozen=True, slots=True)
class QuotedWord:
    """A word of a quotation; `span` is into the text that it was read from."""

    key: str
    """How it is compared: without case, typography and points: "us" for "U.S."."""
    span: Span
    editorial: bool = False
    """Whether an editor put it in, between square brackets."""
    after_gap: bool = False
    """Whether an ellipsis right before it stands for words left out."""


def quoted_words(text: str, span: Span) -> Iterator[QuotedWord]:
    """The words at `span` in order. Hyphens and dashes part words, so that "twenty-one" and
    "twenty one" are alike; "[T]he" is "the"."""
    after_gap = False
    for match in _TOKEN.finditer(text, span.start, span.end):
        if match.lastgroup == "gap":
            after_gap = True
            continue
        yield QuotedWord(
            _key(match[0]),
            Span(*match.span()),
            editorial=match.lastgroup in {"bracket", "ending"},
            after_gap=after_gap,
        )
        after_gap = False


def _key(word: str) -> str:
    return "percent" if word == "%" else _BARE.sub("", lowered(word))


def without_marks(text: str, span: Span) -> Span:
    """`span` without quotation marks and white space at its ends; an apostrophe that is part of a
    word at an end is lost, which makes no difference to the words."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_MARKS))
    return Span(start, max(start, span.start + len(words.rstrip(_MARKS))))
