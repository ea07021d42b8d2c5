"""Finds the paragraphs of a text."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.domain.text import Span, trimmed

# A bullet, a hash, or a number with a point or bracket, at the start of a line; several where lists
# are nested. The item starts after it.
_MARKER = re.compile(r"(?<![^\S\n])[^\S\n]*+(?:(?:[-–—*•‣◦▪●·>]|#{1,6}|\d{1,2}[.)])\s++)++")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]")
_CANNOT_END = re.compile(
    r"\b(?:a|an|the|and|or|of|on|in|at|by|to|for|from|with|until|since|about)$"
)
_LAST_WORD_CHARS = 8
_SENTENCE_ENDS = tuple('.!?…:;"”’)]')

# Plain text is usually wrapped at 66 to 80 columns, never below 40 or above 100.
_NARROWEST, _WIDEST = 40, 100
# The share of the width that a line must fill: a person breaks lines a little earlier than a
# program.
_FULL_SHARE = 0.9

_Line = tuple[int, int]


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of normalised `text` in order, trimmed, without list markers.

    A line is a paragraph, and so is each item of a list. In hard-wrapped text all lines between two
    blank lines or list items are one paragraph, whose span holds newlines. Lines without a letter
    or digit (a rule, a row of stars) are left out.
    """
    lines = [match.span() for match in _LINE.finditer(text)]
    lines = [(start, end) for start, end in lines if not text[start:end].isspace()]
    for start, end in _unwrapped(text, lines):
        marker = _MARKER.match(text, start, end)
        span = trimmed(text, Span(marker.end() if marker else start, end))
        if _WORD.search(text, span.start, span.end):
            yield span


def _unwrapped(text: str, lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines; those of one hard-wrapped paragraph are joined."""
    width = _wrap_width(text, lines)
    paragraph: _Line | None = None
    for line in lines:
        if paragraph and (
            (width and _continues(text, paragraph, line, width)) or _goes_on(text, paragraph, line)
        ):
            paragraph = paragraph[0], line[1]
            continue
        if paragraph:
            yield paragraph
        paragraph = line
    if paragraph:
        yield paragraph


def _goes_on(text: str, upper: _Line, lower: _Line) -> bool:
    """Whether a sentence continues after the line break: the lower line begins with a small letter,
    or with a digit after a word such as "of"."""
    if not _adjoin(text, upper, lower) or text.endswith(_SENTENCE_ENDS, *upper):
        return False
    if text[lower[0]].isdigit():
        start, end = upper
        return bool(_CANNOT_END.search(text, max(start, end - _LAST_WORD_CHARS), end))
    return text[lower[0]].islower()


def _wrap_width(text: str, lines: Sequence[_Line]) -> int | None:
    """The column at which `text` was wrapped, None where the author broke the lines on purpose.

    Wrapped lines break only where the next word does not fit. So nearly every wrapped line is too
    long for the first word of the next, and most end in the middle of a sentence. Lines of a list
    or a poem are shorter, and a crawled paragraph is wider than any page.
    """
    width = max((end - start for start, end in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    breaks = [(upper, lower) for upper, lower in pairwise(lines) if _adjoin(text, upper, lower)]
    full = [upper for upper, lower in breaks if _continues(text, upper, lower, width)]
    unfinished = sum(not text.endswith(_SENTENCE_ENDS, start, end) for start, end in full)
    is_wrapped = len(full) > 1 and len(full) >= 0.8 * len(breaks) and unfinished > len(full) / 2
    return width if is_wrapped else None


def _continues(text: str, upper: _Line, lower: _Line, width: int) -> bool:
    """Whether `lower` is a line of its own only because its first word did not fit into `upper`."""
    if not _adjoin(text, upper, lower):
        return False
    last_line_length = upper[1] - max(upper[0], text.rfind("\n", *upper) + 1)
    first_word = text[slice(*lower)].split(maxsplit=1)[0]
    return last_line_length + 1 + len(first_word) > _FULL_SHARE * width


def _adjoin(text: str, upper: _Line, lower: _Line) -> bool:
    """Whether neither a blank line nor a list marker stands between the two."""
    return lower[0] == upper[1] + 1 and not _MARKER.match(text, *lower)
