"""Narrows a sentence to the clause that carries the judgement, always a slice of the article."""

import re
from collections.abc import Iterator, Sequence

from service.domain.text import Span, trimmed
from service.pipeline.weigh import Weighed

_BREAK = re.compile(r"[,;:](?=[\s”’\"'])[”’\"']?|\s[—–-]{1,2}\s")
_TURNS_THE_MEANING = re.compile(
    r"\b(?:not|no|never|without|den(?:y|ies|ied|ying)|if|unless|would|could|may|might|but|except"
    r"|although|though|despite|false|untrue|reportedly|allegedly|unconfirmed)\b|n[’']t\b",
    re.IGNORECASE,
)
"""A part with one of these is never cut off: the rest could say something else without it."""
_LOOSE_ENDS = " \t\n,;:–—-"


def narrow(weighed: Weighed) -> Span:
    """The smallest run of clauses with all that bears on the claim and all that differs.

    Reported speech loses the words that report it ("an official told POLITICO that"), since the
    attribution carries them. What turns the meaning of a sentence stays in it.
    """
    text = weighed.judged.passage.article.text
    whole = weighed.reported or weighed.judged.span
    needed = [span for span in _needed(weighed) if whole.contains(span)]
    if any(not whole.contains(span) for span in _reasons(weighed)):
        whole = weighed.judged.span
        needed = list(_needed(weighed))
    if not needed:
        return _tidy(text, whole)
    clauses = list(_clauses(text, whole))
    first = next(i for i, clause in enumerate(clauses) if clause.end > needed[0].start)
    last = next(i for i, clause in enumerate(clauses) if clause.end >= _end(needed))
    cut_off = [*clauses[:first], *clauses[last + 1 :]]
    if any(_TURNS_THE_MEANING.search(clause.of(text)) for clause in cut_off):
        return _tidy(text, whole)
    return _tidy(text, Span(clauses[first].start, clauses[last].end))


def _needed(weighed: Weighed) -> Sequence[Span]:
    return sorted([*weighed.bearing, *_reasons(weighed)])


def _reasons(weighed: Weighed) -> Sequence[Span]:
    start = weighed.judged.span.start
    return [reason.source.span.shifted(start) for reason in weighed.comparison.reasons]


def _end(spans: Sequence[Span]) -> int:
    return max(span.end for span in spans)


def _clauses(text: str, whole: Span) -> Iterator[Span]:
    """The parts between commas, semicolons, colons and dashes; figures are not cut."""
    start = whole.start
    for match in _BREAK.finditer(text, whole.start, whole.end):
        yield Span(start, match.end())
        start = match.end()
    if start < whole.end:
        yield Span(start, whole.end)


def _tidy(text: str, span: Span) -> Span:
    """Without white space and loose punctuation at the ends; a closing quotation mark stays."""
    span = trimmed(text, span)
    words = span.of(text)
    left = len(words) - len(words.lstrip(_LOOSE_ENDS))
    right = len(words) - len(words.rstrip(_LOOSE_ENDS))
    tidy = Span(span.start + left, max(span.start + left, span.end - right))
    return tidy if len(tidy) else span
