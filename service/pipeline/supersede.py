"""Marks evidence that a newer report has overtaken: another figure, or the end of a state."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.text import Span
from service.domain.verdict import Evidence, ReasonCode, Stance, Successor
from service.english.reading import Reading
from service.english.speakers.identity import named_in, same_speaker
from service.pipeline.compare.numbers import compare_numbers
from service.pipeline.weigh import Weighed

_RETRACTED = re.compile(r"\bnot\s+(?:the\s+)?$", re.IGNORECASE)
"""What stands before a figure that is taken back: "58.9 percent and not 61.4 percent"."""


def with_successors(
    weighed: Sequence[Weighed], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The evidence, in the same order, with `superseded_by` filled in; its origins are known.

    `evidence[i]` was made of `weighed[i]`. Only a figure that bears on the claim counts, and of
    several newer reports the newest: if that one has the older figure again, nothing changed.
    """
    both = list(zip(weighed, evidence, strict=True))
    return tuple(
        replace(one, superseded_by=_successor(mine, one, both) or _end(one, both))
        for mine, one in both
    )


def _end(evidence: Evidence, others: Sequence[tuple[Weighed, Evidence]]) -> Successor | None:
    """The newest report of the other side that says what was so has ended."""
    if evidence.stance is Stance.MENTIONS:
        return None
    ended = [
        other
        for their, other in others
        if other.stance not in {evidence.stance, Stance.MENTIONS}
        and _is_newer(other, evidence)
        and their.excerpt.reading.ends_something
    ]
    if not ended:
        return None
    newest = max(ended, key=lambda one: (_published(one), one.article.id))
    return Successor(newest.article, newest.span, ends=True)


def _successor(
    weighed: Weighed, evidence: Evidence, others: Sequence[tuple[Weighed, Evidence]]
) -> Successor | None:
    figures = _figures(weighed)
    if not figures or evidence.stance is Stance.MENTIONS:
        return None
    told = [
        (their, other, changed)
        for their, other in others
        if _is_newer(other, evidence)
        and _is_related(evidence, other, their)
        and (changed := _changes(weighed, figures, their)) is not None
    ]
    if not told:
        return None
    _, newest, changed = max(told, key=lambda one: (_published(one[1]), one[1].article.id))
    return Successor(newest.article, newest.span) if changed else None


def _figures(weighed: Weighed) -> list[Span]:
    """Where in the sentence the figures stand that the claim's are held against."""
    comparison = weighed.comparison
    differing = [one.source for one in comparison.reasons if one.code is ReasonCode.NUMBER_DIFFERS]
    return [part.span for part in (*differing, *(their for _, their in comparison.agreeing))]


def _changes(weighed: Weighed, figures: Sequence[Span], newer: Weighed) -> bool | None:
    """Whether the newer sentence gives another figure for the same thing; None if it gives none,
    or counts something else than the claim does."""
    if newer.another_scope:
        return None
    numbers = compare_numbers(weighed.excerpt.reading, _as_it_stands(newer.excerpt.reading))

    def about(span: Span) -> bool:
        return any(span.overlaps(figure) for figure in figures)

    if any(about(pair.claim.span) for pair in numbers.differing):
        return True
    return False if any(about(pair.claim.span) for pair in numbers.agreeing) else None


def _as_it_stands(source: Reading) -> Reading:
    """The text with blanks for the figures that it takes back."""
    text = source.text
    for quantity in source.quantities:
        if _RETRACTED.search(text, 0, quantity.span.start):
            blank = " " * len(quantity.span)
            text = text[: quantity.span.start] + blank + text[quantity.span.end :]
    return source if text == source.text else Reading(text)


def _is_newer(one: Evidence, other: Evidence) -> bool:
    mine, theirs = one.article.stated_at, other.article.stated_at
    return mine is not None and theirs is not None and mine > theirs


def _published(evidence: Evidence) -> float:
    assert evidence.article.stated_at is not None
    return evidence.article.stated_at.timestamp()


def _is_related(older: Evidence, newer: Evidence, weighed: Weighed) -> bool:
    """Whether the newer one has its figure from the same source, or from one that speaks for it, or
    is the same publisher's own word."""
    if older.origin == newer.origin:
        return True
    if newer.attribution.speaker is None:
        same_voice = older.article.publisher.casefold() == newer.article.publisher.casefold()
        return (
            same_voice
            if older.attribution.speaker is None
            else named_in(older.attribution, weighed.excerpt.text)
        )
    return same_speaker(older.attribution, newer.attribution) is True
