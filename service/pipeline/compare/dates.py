"""Compares when a claim and a source say that something happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Span
from service.domain.verdict import Reason, ReasonCode
from service.english.reading import Reading
from service.english.text.dates import Period
from service.english.text.words import Word
from service.pipeline.compare.coverage import coverage
from service.pipeline.compare.reasons import reason
from service.pipeline.compare.scope import SAME_STATEMENT

SAME_EVENT = 0.85
"""The share of the claim's words, without its dates, from which both texts tell of one event."""
WORDS_APART = 6
"""How far a date of the source may stand from the word that it dates, in content words."""


@dataclass(frozen=True, slots=True)
class DateComparison:
    """What differs, pairs of spans that agree, and dates of the claim without a match."""

    reasons: tuple[Reason, ...] = ()
    agreeing: tuple[tuple[Span, Span], ...] = ()
    unmatched: tuple[Period, ...] = ()


def compare_dates(claim: Reading, source: Reading, around: Sequence[Reading]) -> DateComparison:
    """Compares each date of the claim with those of the source. Where the source has none, a date
    in a text `around` it counts."""
    if not claim.periods:
        return DateComparison()
    agreeing: list[tuple[Span, Span]] = []
    unmatched: list[Period] = []
    differing: list[tuple[Period, Period]] = []
    for period in claim.periods:
        rivals = [rival for rival in source.periods if rival.is_like(period)]
        telling = next((rival for rival in rivals if rival.tells(period)), None)
        if telling:
            agreeing.append((period.span, telling.span))
            continue
        if rivals or not any(near.tells(period) for text in around for near in text.periods):
            unmatched.append(period)
        if rivals and all(rival.excludes(period) for rival in rivals):
            differing.append((period, _closest(claim, period, source, rivals)))
    reasons = _reasons(claim, source, around, differing)
    return DateComparison(tuple(reasons), tuple(agreeing), tuple(unmatched))


def _reasons(
    claim: Reading,
    source: Reading,
    around: Sequence[Reading],
    differing: list[tuple[Period, Period]],
) -> Iterator[Reason]:
    """Where the claim states a figure, another year is another scope: figures change."""
    if not differing:
        return
    dates = [period.span for period in claim.periods]
    undated = [word for word in claim.words if not any(date.overlaps(word.span) for date in dates)]
    stems_around = frozenset[str]().union(*(text.stems for text in around))
    shared = coverage(undated, source.stems, stems_around)
    for period, rival in differing:
        same_event = (
            shared >= SAME_EVENT and len(undated) > 1 and _stands_near(source, rival, claim, period)
        )
        figure = bool(claim.quantities) and not period.is_day
        if same_event and not figure:
            yield reason(ReasonCode.DATE_DIFFERS, claim, period.span, source, rival.span)
        elif shared >= SAME_STATEMENT:
            yield reason(ReasonCode.SCOPE_DIFFERS, claim, period.span, source, rival.span)


def _closest(claim: Reading, period: Period, source: Reading, rivals: list[Period]) -> Period:
    """The date nearest to the word that the claim dates."""
    dated = {word.stem for word in _dated_words(claim, period)}
    places = [word.span.start for word in source.words if word.stem in dated]
    return min(
        rivals,
        key=lambda rival: min((abs(rival.span.start - place) for place in places), default=0),
    )


def _stands_near(source: Reading, rival: Period, claim: Reading, period: Period) -> bool:
    """Whether the source's date stands near a word that the claim's date stands next to."""
    dated = {word.stem for word in _dated_words(claim, period)}
    return any(word.stem in dated for word in _near(source, rival.span, WORDS_APART))


def _dated_words(reading: Reading, period: Period) -> list[Word]:
    """The two words before a date and the two after it, without names: what happened then."""
    return _near(reading, period.span, 2)


def _near(reading: Reading, span: Span, words: int) -> list[Word]:
    before = [word for word in reading.words if word.span.end <= span.start and not word.is_name]
    after = [word for word in reading.words if word.span.start >= span.end and not word.is_name]
    return [*before[-words:], *after[:words]]
