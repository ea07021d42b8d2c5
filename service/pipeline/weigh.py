"""Weighs the model's judgement of a sentence against what exact comparison finds in it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.quote import Attribution, Quote
from service.domain.text import Span
from service.domain.verdict import ReasonCode, Stance
from service.pipeline.attribute import narration
from service.pipeline.compare.texts import Comparison, compare_texts
from service.pipeline.compare.words import content_words, stems
from service.pipeline.judge import Judged

MODEL_WEIGHT, COVERAGE_WEIGHT, BIAS = 1.0, 4.0, -2.0
"""Fitted by `training/baseline`: the model's logit and the word coverage → logit of relevance."""
DECIDES = 0.5
"""Relevance from which a sentence may decide."""
ON_TOPIC = 0.1
"""Relevance below which a sentence is not even shown."""
ENOUGH_COVERED = 0.6
"""Coverage that support needs: what is not in the words is not supported by them."""
LEDE_CHARS = 300
"""How much of an article's beginning sets the scene for all of it."""
MOSTLY = 0.75
"""The share of a sentence's bearing words that a speaker's words must hold to be the evidence."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A judged sentence with its stance, and why.

    `bearing` are the sentence's words that the claim has too, `reported` the part of it that is
    reported speech and holds them, None in narration. Spans are into the article.
    """

    judged: Judged
    attribution: Attribution
    reported: Span | None
    bearing: tuple[Span, ...]
    stance: Stance
    relevance: float
    comparison: Comparison


def weigh(claim: str, judged: Sequence[Judged]) -> tuple[Weighed, ...]:
    """The sentences that are on topic, the most relevant first."""
    weighed = [_weigh(claim, one) for one in judged]
    on_topic = [one for one in weighed if one.relevance >= ON_TOPIC]
    return tuple(sorted(on_topic, key=lambda one: (-one.relevance, *_place(one))))


def _weigh(claim: str, judged: Judged) -> Weighed:
    bearing = _bearing(claim, judged)
    quote = _quote_of(judged, bearing)
    text = judged.passage.article.text
    attribution = quote.attribution if quote else narration(text, judged.span)
    comparison = compare_texts(claim, judged.text, _context(judged, attribution))
    relevance = round(_relevance(judged, comparison.coverage), 4)
    return Weighed(
        judged=judged,
        attribution=attribution,
        reported=_within(quote, judged.span) if quote else None,
        bearing=bearing,
        stance=_stance(relevance, comparison),
        relevance=relevance,
        comparison=comparison,
    )


def _bearing(claim: str, judged: Judged) -> tuple[Span, ...]:
    wanted = stems(content_words(claim))
    return tuple(
        word.span.shifted(judged.span.start)
        for word in content_words(judged.text)
        if word.stem in wanted
    )


def _quote_of(judged: Judged, bearing: Sequence[Span]) -> Quote | None:
    """The innermost reported speech that holds most of the bearing words, if any does."""
    holding = [
        (len(part), quote)
        for quote in judged.passage.quotes
        if (part := _within(quote, judged.span))
        and bearing
        and sum(part.contains(word) for word in bearing) >= MOSTLY * len(bearing)
    ]
    return min(holding, key=lambda found: found[0])[1] if holding else None


def _within(quote: Quote, sentence: Span) -> Span | None:
    """The part of a quote's content that lies in the sentence."""
    start, end = max(quote.span.start, sentence.start), min(quote.span.end, sentence.end)
    return Span(start, end) if start < end else None


def _stance(relevance: float, comparison: Comparison) -> Stance:
    if relevance < DECIDES or comparison.coverage < ENOUGH_COVERED:
        return Stance.MENTIONS
    codes = {reason.code for reason in comparison.reasons}
    if codes - {ReasonCode.SCOPE_DIFFERS}:
        return Stance.CONFLICTS
    return Stance.SUPPORTS if comparison.complete else Stance.MENTIONS


def _relevance(judged: Judged, coverage: float) -> float:
    alike = min(max(1 - judged.neutral, 1e-6), 1 - 1e-6)
    logit = MODEL_WEIGHT * math.log(alike / (1 - alike)) + COVERAGE_WEIGHT * coverage + BIAS
    return 1 / (1 + math.exp(-logit))


def _context(judged: Judged, attribution: Attribution) -> str:
    """What a reader of the sentence knows already: headline, lede, passage, speaker."""
    article, passage = judged.passage.article, judged.passage.passage
    named = (attribution.resolved, attribution.speaker, attribution.organisation)
    return "\n".join(
        [
            article.title,
            article.text[:LEDE_CHARS],
            passage.span.of(article.text),
            *(part.text for part in named if part),
        ]
    )


def _place(weighed: Weighed) -> tuple[str, int]:
    return weighed.judged.passage.article.id, weighed.judged.span.start
