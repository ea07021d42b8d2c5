"""Finds the sentences of a paragraph."""

import re
from collections.abc import Iterator
from itertools import pairwise

from service.domain.text import Span, trimmed
from service.english.text.boundaries import CLOSERS, sentence_starts

# The embedder reads 256 word pieces, about 1,100 characters of English. A longer sentence is cut,
# so that its end can be found too.
MAX_SENTENCE_CHARS = 1000
# The most that sentencex gets at once: it takes quadratic time on a line like "Why?Why?Why?".
_MAX_PIECE_CHARS = 10_000

# Where a sentence that is too long is cut, the best places first.
_CUTS = (re.compile(rf"[.!?;:]{CLOSERS}\s"), re.compile(rf",{CLOSERS}\s"), re.compile(r"\s"))


def sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of one trimmed `paragraph` of normalised `text`, as trimmed spans of `text`, in
    order; newlines count as spaces.

    Together they hold all of the paragraph except white space. None is longer than
    MAX_SENTENCE_CHARS.
    """
    for piece in _cut(text, paragraph, _MAX_PIECE_CHARS):
        for start, end in pairwise([0, *sentence_starts(piece.of(text)), len(piece)]):
            sentence = trimmed(text, Span(start, end).shifted(piece.start))
            yield from _cut(text, sentence, MAX_SENTENCE_CHARS)


def _cut(text: str, span: Span, limit: int) -> Iterator[Span]:
    """`span` in pieces of at most `limit` code points, trimmed."""
    while len(span) > limit:
        end = _cut_before(text, span.start + limit // 2, span.start + limit)
        yield trimmed(text, Span(span.start, end))
        span = trimmed(text, Span(end, span.end))
    yield span


def _cut_before(text: str, start: int, end: int) -> int:
    """The best position for a cut from `start` to `end`; of several, the last."""
    for pattern in _CUTS:
        if matches := [match.end() for match in pattern.finditer(text, start, end)]:
            return matches[-1]
    return end
