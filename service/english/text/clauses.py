"""Narrows a part of a text to the clauses on which a judgement rests; the result is a slice."""

import re
from collections.abc import Iterator, Sequence

from service.domain.text import Span, trimmed
from service.english.text.quotation_marks import quotations

_BREAK = re.compile(r"[,;:](?=[\s”’\"'])[”’\"']?|\s[—–-]{1,2}\s")
_CHANGES_THE_MEANING = re.compile(
    r"\b(?:not|no|never|without|den(?:y|ies|ied|ying)|if|unless|would|could|may|might|but|except"
    r"|although|though|despite|false|untrue|reportedly|allegedly|unconfirmed)\b|n[’']t\b",
    re.IGNORECASE,
)
"""A clause with one of these is never cut off: without it the rest could mean something else."""
_LOOSE_ENDS = " \t\n,;:–—-"


def narrow(text: str, whole: Span, needed: Sequence[Span]) -> Span:
    """The smallest run of clauses of `whole` that holds all of `needed`.

    Spans are into `text`; spans of `needed` outside `whole` are ignored. If a clause to be cut off
    would change the meaning ("not", "if"), all of `whole` stays.
    """
    inside = [span for span in needed if whole.contains(span)]
    if not inside:
        return _tidy(text, whole)
    clauses = list(_clauses(text, whole))
    begin, end = min(span.start for span in inside), max(span.end for span in inside)
    first = next(i for i, clause in enumerate(clauses) if clause.end > begin)
    last = next(i for i, clause in enumerate(clauses) if clause.end >= end)
    cut_off = [*clauses[:first], *clauses[last + 1 :]]
    if any(_CHANGES_THE_MEANING.search(clause.of(text)) for clause in cut_off):
        return _tidy(text, whole)
    return _tidy(text, Span(clauses[first].start, clauses[last].end))


def _clauses(text: str, whole: Span) -> Iterator[Span]:
    """The parts between commas, semicolons, colons and dashes; no figure or quotation is split."""
    start = whole.start
    quoted = [
        piece.shifted(whole.start)
        for quotation in quotations(whole.of(text))
        for piece in quotation.pieces
    ]
    for match in _BREAK.finditer(text, whole.start, whole.end):
        if not any(span.start < match.end() < span.end for span in quoted):
            yield Span(start, match.end())
            start = match.end()
    if start < whole.end:
        yield Span(start, whole.end)


def _tidy(text: str, span: Span) -> Span:
    """The span without white space and punctuation at its ends; a closing quotation mark stays."""
    span = trimmed(text, span)
    words = span.of(text)
    left = len(words) - len(words.lstrip(_LOOSE_ENDS))
    right = len(words) - len(words.rstrip(_LOOSE_ENDS))
    tidy = Span(span.start + left, max(span.start + left, span.end - right))
    return tidy if len(tidy) else span
