"""Compares when a claim and a source say that something happened."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.text import Span
from service.domain.verdict import Reason, ReasonCode
from service.english.text.dates import Period, periods
from service.english.text.words import Word
from service.pipeline.compare.scope import SAME_STATEMENT
from service.pipeline.compare.sides import Side, coverage, reason

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


def compare_dates(
    mine: Side, theirs: Side, context: str, around: frozenset[str], *, has_figures: bool
) -> DateComparison:
    """Holds each date of the claim against those of the source; its context may date a source
    that has none.

    `around` are the stems of the context. `has_figures` says that the claim states a quantity,
    which may have been another one in another year without any conflict.
    """
    claimed = periods(mine.text)
    if not claimed:
        return DateComparison()
    stated = periods(theirs.text)
    agreeing: list[tuple[Span, Span]] = []
    unmatched: list[Period] = []
    differing: list[tuple[Period, Period]] = []
    for period in claimed:
        rivals = [one for one in stated if one.is_like(period)]
        telling = next((one for one in rivals if one.tells(period)), None)
        if telling:
            agreeing.append((period.span, telling.span))
            continue
        if rivals or not any(one.tells(period) for one in periods(context)):
            unmatched.append(period)
        if rivals and all(one.excludes(period) for one in rivals):
            differing.append((period, _closest(mine, period, theirs, rivals)))
    reasons = _reasons(mine, theirs, around, differing, has_figures=has_figures)
    return DateComparison(tuple(reasons), tuple(agreeing), tuple(unmatched))


def _reasons(
    mine: Side,
    theirs: Side,
    around: frozenset[str],
    differing: list[tuple[Period, Period]],
    *,
    has_figures: bool,
) -> Iterator[Reason]:
    if not differing:
        return
    dates = [one.span for one in periods(mine.text)]
    said = [word for word in mine.words if not any(date.overlaps(word.span) for date in dates)]
    shared = coverage(said, theirs.stems, around)
    for period, rival in differing:
        same_event = shared >= SAME_EVENT and len(said) > 1 and _dates(theirs, rival, mine, period)
        figure = has_figures and not period.is_day
        if same_event and not figure:
            yield reason(ReasonCode.DATE_DIFFERS, mine, period.span, theirs, rival.span)
        elif shared >= SAME_STATEMENT:
            yield reason(ReasonCode.SCOPE_DIFFERS, mine, period.span, theirs, rival.span)


def _closest(mine: Side, period: Period, theirs: Side, rivals: list[Period]) -> Period:
    """The date nearest to the word that the claim dates."""
    dated = {word.stem for word in _dated(mine, period)}
    places = [word.span.start for word in theirs.words if word.stem in dated]
    return min(
        rivals,
        key=lambda one: min((abs(one.span.start - place) for place in places), default=0),
    )


def _dates(theirs: Side, rival: Period, mine: Side, period: Period) -> bool:
    """Whether the source's date stands near one of the words that the claim's date stands by."""
    dated = {word.stem for word in _dated(mine, period)}
    return any(word.stem in dated for word in _near(theirs, rival.span, WORDS_APART))


def _dated(side: Side, period: Period) -> list[Word]:
    """The words that are no names beside the date, two to either side: what happened then."""
    return _near(side, period.span, 2)


def _near(side: Side, span: Span, words: int) -> list[Word]:
    before = [word for word in side.words if word.span.end <= span.start and not word.is_name]
    after = [word for word in side.words if word.span.start >= span.end and not word.is_name]
    return [*before[-words:], *after[:words]]
