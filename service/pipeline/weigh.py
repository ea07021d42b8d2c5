"""Weighs the model's judgement of an excerpt against what exact comparison finds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.verdict import ReasonCode, Stance
from service.pipeline.compare.texts import Comparison, compare_texts
from service.pipeline.excerpt import Excerpt
from service.pipeline.judge import Judged

MODEL_WEIGHT, COVERAGE_WEIGHT, BIAS = 0.901, 0.917, -0.543
"""Fitted by `training/baseline`: the model's logit and the word coverage → logit of relevance."""
DECIDES = 0.55
"""Relevance from which a sentence may decide."""
ON_TOPIC = 0.3
"""Relevance below which a sentence is not even shown."""
ENOUGH_COVERED = 0.6
"""Coverage that a decision needs: what is not in the words is not borne out by them."""
ENOUGH_SAID = 0.6
"""The same for the words that are no names, in the sentence itself: names alone say nothing."""
LEDE_CHARS = 300
"""How much of an article's beginning sets the scene for all of it."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A judged excerpt with its stance, and why; `relevance` is in 0..1, rounded."""

    excerpt: Excerpt
    stance: Stance
    relevance: float
    comparison: Comparison


def weigh(claim: str, judged: Sequence[Judged]) -> tuple[Weighed, ...]:
    """The excerpts that are on topic, the most relevant first."""
    weighed = [_weigh(claim, one) for one in judged]
    on_topic = [one for one in weighed if one.relevance >= ON_TOPIC]
    return tuple(sorted(on_topic, key=lambda one: (-one.relevance, *_place(one))))


def _weigh(claim: str, judged: Judged) -> Weighed:
    excerpt = judged.excerpt
    sentence = excerpt.sentence.of(excerpt.article.text)
    comparison = compare_texts(claim, sentence, _context(excerpt))
    relevance = round(_relevance(judged, comparison.coverage), 4)
    return Weighed(excerpt, _stance(relevance, comparison), relevance, comparison)


def _stance(relevance: float, comparison: Comparison) -> Stance:
    decides = (
        relevance >= DECIDES
        and comparison.coverage >= ENOUGH_COVERED
        and comparison.predicate >= ENOUGH_SAID
    )
    if not decides:
        return Stance.MENTIONS
    codes = {reason.code for reason in comparison.reasons}
    if codes - {ReasonCode.SCOPE_DIFFERS}:
        return Stance.CONFLICTS
    return Stance.SUPPORTS if comparison.complete else Stance.MENTIONS


def _relevance(judged: Judged, coverage: float) -> float:
    alike = min(max(1 - judged.neutral, 1e-6), 1 - 1e-6)
    logit = MODEL_WEIGHT * math.log(alike / (1 - alike)) + COVERAGE_WEIGHT * coverage + BIAS
    return 1 / (1 + math.exp(-logit))


def _context(excerpt: Excerpt) -> str:
    """What a reader of the sentence knows already: headline, lede, passage, speaker."""
    article, attribution = excerpt.article, excerpt.attribution
    named = (attribution.resolved, attribution.speaker, attribution.organisation)
    return "\n".join(
        [
            article.title,
            article.text[:LEDE_CHARS],
            excerpt.passage.passage.span.of(article.text),
            *(part.text for part in named if part),
        ]
    )


def _place(weighed: Weighed) -> tuple[str, int]:
    return weighed.excerpt.article.id, weighed.excerpt.sentence.start
