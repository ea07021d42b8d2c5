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
"""The share of the claim's words but its dates from which both texts tell of one event."""
WORDS_APART = 6
"""How far from the word that it dates a date may stand in the source, in content words."""


@dataclass(frozen=True, slots=True)
class DateComparison:
    """`reasons` for what differs, pairs of spans that agree, and the claim's dates left open."""

    reasons: tuple[Reason, ...] = ()
    agreeing: tuple[tuple[Span, Span], ...] = ()
    unmatched: tuple[Period, ...] = ()


def compare_dates(mine: Reading, theirs: Reading, around: Sequence[Reading]) -> DateComparison:
    """Holds each date of the claim against those of the source; what is `around` it may date a
    source that has none."""
    if not mine.periods:
        return DateComparison()
    agreeing: list[tuple[Span, Span]] = []
    unmatched: list[Period] = []
    differing: list[tuple[Period, Period]] = []
    for period in mine.periods:
        rivals = [one for one in theirs.periods if one.is_like(period)]
        telling = next((one for one in rivals if one.tells(period)), None)
        if telling:
            agreeing.append((period.span, telling.span))
            continue
        if rivals or not any(one.tells(period) for text in around for one in text.periods):
            unmatched.append(period)
        if rivals and all(one.excludes(period) for one in rivals):
            differing.append((period, _closest(mine, period, theirs, rivals)))
    reasons = _reasons(mine, theirs, around, differing)
    return DateComparison(tuple(reasons), tuple(agreeing), tuple(unmatched))


def _reasons(
    mine: Reading,
    theirs: Reading,
    around: Sequence[Reading],
    differing: list[tuple[Period, Period]],
) -> Iterator[Reason]:
    """A claim that states a figure may have been true with another one in another year."""
    if not differing:
        return
    dates = [one.span for one in mine.periods]
    said = [word for word in mine.words if not any(date.overlaps(word.span) for date in dates)]
    stems_around = frozenset[str]().union(*(one.stems for one in around))
    shared = coverage(said, theirs.stems, stems_around)
    for period, rival in differing:
        same_event = shared >= SAME_EVENT and len(said) > 1 and _dates(theirs, rival, mine, period)
        figure = bool(mine.quantities) and not period.is_day
        if same_event and not figure:
            yield reason(ReasonCode.DATE_DIFFERS, mine, period.span, theirs, rival.span)
        elif shared >= SAME_STATEMENT:
            yield reason(ReasonCode.SCOPE_DIFFERS, mine, period.span, theirs, rival.span)


def _closest(mine: Reading, period: Period, theirs: Reading, rivals: list[Period]) -> Period:
    """The date nearest to the word that the claim dates."""
    dated = {word.stem for word in _dated(mine, period)}
    places = [word.span.start for word in theirs.words if word.stem in dated]
    return min(
        rivals,
        key=lambda one: min((abs(one.span.start - place) for place in places), default=0),
    )


def _dates(theirs: Reading, rival: Period, mine: Reading, period: Period) -> bool:
    """Whether the source's date stands near one of the words that the claim's date stands by."""
    dated = {word.stem for word in _dated(mine, period)}
    return any(word.stem in dated for word in _near(theirs, rival.span, WORDS_APART))


def _dated(reading: Reading, period: Period) -> list[Word]:
    """The words that are no names beside the date, two to either side: what happened then."""
    return _near(reading, period.span, 2)


def _near(reading: Reading, span: Span, words: int) -> list[Word]:
    before = [word for word in reading.words if word.span.end <= span.start and not word.is_name]
    after = [word for word in reading.words if word.span.start >= span.end and not word.is_name]
    return [*before[-words:], *after[:words]]
