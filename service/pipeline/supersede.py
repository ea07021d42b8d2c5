"""Marks evidence that a newer report has overtaken: another figure, or the end of a state."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.text import Span
from service.domain.verdict import Evidence, ReasonCode, Stance, Successor
from service.english.reading import Reading
from service.english.speakers.identity import named_in, same_speaker
from service.pipeline.classify import Classified
from service.pipeline.compare.comparison import NOTHING_COMPARED
from service.pipeline.compare.numbers import compare_numbers

_CORRECTED = re.compile(r"\bnot\s+(?:the\s+)?$", re.IGNORECASE)
"""What stands before a figure that a report corrects: "58.9 percent and not 61.4 percent"."""


def with_successors(
    classified: Sequence[Classified], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The evidence, in the same order, with `superseded_by` filled in. It must have its origins.

    `evidence[i]` was made of `classified[i]`. Only a figure that bears on the claim counts. Of
    several newer reports the newest counts: if it has the older figure again, nothing changed.
    """
    both = list(zip(classified, evidence, strict=True))
    return tuple(
        replace(quote, superseded_by=_newer_figure(each, quote, both) or _end_of_state(quote, both))
        for each, quote in both
    )


def _end_of_state(
    evidence: Evidence, others: Sequence[tuple[Classified, Evidence]]
) -> Successor | None:
    """The newest report of the other side which says that the state of this one has ended."""
    if evidence.stance is Stance.MENTIONS:
        return None
    ended = [
        newer
        for newer_classified, newer in others
        if newer.stance not in {evidence.stance, Stance.MENTIONS}
        and _is_newer(newer, evidence)
        and newer_classified.excerpt.reading.ends_something
    ]
    if not ended:
        return None
    newest = max(ended, key=lambda newer: (_published(newer), newer.article.id))
    return Successor(newest.article, newest.span, ends=True)


def _newer_figure(
    classified: Classified, evidence: Evidence, others: Sequence[tuple[Classified, Evidence]]
) -> Successor | None:
    figures = _figures(classified)
    if not figures or evidence.stance is Stance.MENTIONS:
        return None
    reports = [
        (newer_classified, newer, changed)
        for newer_classified, newer in others
        if _is_newer(newer, evidence)
        and _is_related(evidence, newer, newer_classified)
        and (changed := _changes(classified, figures, newer_classified)) is not None
    ]
    if not reports:
        return None
    _, newest, changed = max(
        reports, key=lambda report: (_published(report[1]), report[1].article.id)
    )
    return Successor(newest.article, newest.span) if changed else None


def _figures(classified: Classified) -> list[Span]:
    """Where in the sentence the figures stand that were compared with those of the claim."""
    comparison = classified.comparison
    differing = [
        reason.source for reason in comparison.reasons if reason.code is ReasonCode.NUMBER_DIFFERS
    ]
    return [part.span for part in (*differing, *(stated for _, stated in comparison.agreeing))]


def _changes(classified: Classified, figures: Sequence[Span], newer: Classified) -> bool | None:
    """Whether the newer sentence gives another figure for the same thing. None if it gives no
    figure, counts something else than the claim does, or was never compared with the claim."""
    if newer.another_scope or newer.comparison == NOTHING_COMPARED:
        return None
    numbers = compare_numbers(
        classified.excerpt.reading, without_corrected_figures(newer.excerpt.reading)
    )

    def about(span: Span) -> bool:
        return any(span.overlaps(figure) for figure in figures)

    if any(about(pair.claim.span) for pair in numbers.differing):
        return True
    return False if any(about(pair.claim.span) for pair in numbers.agreeing) else None


def without_corrected_figures(source: Reading) -> Reading:
    """The text with blanks for the figures that it corrects."""
    text = source.text
    for quantity in source.quantities:
        if _CORRECTED.search(text, 0, quantity.span.start):
            blank = " " * len(quantity.span)
            text = text[: quantity.span.start] + blank + text[quantity.span.end :]
    return source if text == source.text else Reading(text)


def _is_newer(evidence: Evidence, reference: Evidence) -> bool:
    date, reference_date = evidence.article.stated_at, reference.article.stated_at
    return date is not None and reference_date is not None and date > reference_date


def _published(evidence: Evidence) -> float:
    assert evidence.article.stated_at is not None
    return evidence.article.stated_at.timestamp()


def _is_related(older: Evidence, newer: Evidence, classified: Classified) -> bool:
    """Whether the newer quote is from the same origin or speaker, names the older one's speaker,
    or is the same publisher's narration."""
    if older.origin == newer.origin:
        return True
    if newer.attribution.speaker is None:
        same_voice = older.article.publisher.casefold() == newer.article.publisher.casefold()
        return (
            same_voice
            if older.attribution.speaker is None
            else named_in(older.attribution, classified.excerpt.text)
        )
    return same_speaker(older.attribution, newer.attribution) is True
