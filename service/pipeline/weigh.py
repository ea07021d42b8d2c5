"""Weighs the model's judgement, what exact comparison finds, and how a sentence was found."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.claim import Claim
from service.domain.quote import Attribution
from service.domain.text import mention
from service.domain.verdict import Reason, ReasonCode, Stance
from service.pipeline.assertion import Assertion
from service.pipeline.compare.speakers import named_in, same_speaker
from service.pipeline.compare.texts import Comparison, compare_texts
from service.pipeline.excerpt import Excerpt
from service.pipeline.judge import Judged
from service.pipeline.weighing import Features, Opinion, Weighing

ON_TOPIC = 0.34
"""The share of the claim's words from which a sentence that decides nothing is worth showing."""
NEAR = 0.5
"""The cosine that is enough instead."""
LEDE_CHARS = 300
"""How much of an article's beginning sets the scene for all of it."""
SUREST = 8.0
"""Where a logit ends: beyond it the model's certainty means nothing."""

_DIFFERS = frozenset(
    {ReasonCode.NUMBER_DIFFERS, ReasonCode.DATE_DIFFERS, ReasonCode.ENTITY_DIFFERS}
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A judged excerpt with its stance, and why; `confidence`, in 0..1, is that of the stance.

    `misattributed` says that it was somebody else who said so; its source span is into the article.
    """

    excerpt: Excerpt
    stance: Stance
    confidence: float
    comparison: Comparison
    misattributed: Reason | None = None


def weigh(
    claim: Claim, assertion: Assertion, judged: Sequence[Judged], weighing: Weighing
) -> tuple[Weighed, ...]:
    """The excerpts that are on topic: those that decide, the surest first, then the others.

    That X said something is decided by what X said alone.
    """
    weighed = [_weigh(claim, assertion, one, weighing) for one in judged]
    kept = [one for one in weighed if one.stance is not Stance.MENTIONS or _on_topic(one.excerpt)]
    return tuple(sorted(kept, key=_certainty))


def features(model: Opinion, comparison: Comparison, retrieved: float) -> Features:
    """What the weighing weighs: shares are in 0..1, findings 0 or 1; `model` is what the stance
    model says, `retrieved` the fused score of the passage."""
    codes = {reason.code for reason in comparison.reasons}
    return {
        "model_supports": _logit(model.supports, model.neutral),
        "model_conflicts": _logit(model.conflicts, model.neutral),
        "coverage": comparison.coverage,
        "predicate": comparison.predicate,
        "complete": float(comparison.complete),
        "differs": float(bool(codes & _DIFFERS)),
        "negation": float(ReasonCode.NEGATION in codes),
        "scope": float(ReasonCode.SCOPE_DIFFERS in codes),
        "retrieved": retrieved,
    }


def decide(opinion: Opinion, weighing: Weighing, least: float = 0.0) -> tuple[Stance, float]:
    """The stance that `opinion` is enough for, and its probability, at least `least` to decide."""
    if opinion.supports >= max(opinion.conflicts, weighing.supports_from, least):
        return Stance.SUPPORTS, opinion.supports
    if opinion.conflicts >= max(weighing.conflicts_from, least):
        return Stance.CONFLICTS, opinion.conflicts
    return Stance.MENTIONS, opinion.neutral


def compared(claim: str, excerpt: Excerpt) -> Comparison:
    """The sentence against the claim, in the light of what surrounds it."""
    return compare_texts(claim, excerpt.text, _context(excerpt))


def _weigh(claim: Claim, assertion: Assertion, judged: Judged, weighing: Weighing) -> Weighed:
    excerpt = judged.excerpt
    comparison = _as_written(claim.text, compared(assertion.text, excerpt))
    opinion = weighing.opinion(features(judged.opinion, comparison, excerpt.ranked.score))
    stance, probability = decide(opinion, weighing, claim.min_confidence)
    if stance is not Stance.MENTIONS and assertion.said_by is not None:
        same = _same_speaker(assertion.said_by, excerpt)
        if not same:
            reason = None if same is None else _misattributed(assertion.said_by, excerpt)
            neutral = round(opinion.neutral, 4)
            return Weighed(excerpt, Stance.MENTIONS, neutral, comparison, reason)
    return Weighed(excerpt, stance, round(probability, 4), comparison)


def _same_speaker(claimed: Attribution, excerpt: Excerpt) -> bool | None:
    if excerpt.attribution.speaker is None:
        told_by = (excerpt.text, excerpt.article.publisher)
        return True if any(named_in(claimed, one) for one in told_by) else None
    chain = (excerpt.attribution, *excerpt.outer)
    told = {same_speaker(claimed, said) for said in chain}
    return True if True in told else None if None in told else False


def _misattributed(claimed: Attribution, excerpt: Excerpt) -> Reason | None:
    mine, theirs = claimed.speaker, excerpt.attribution.speaker
    return Reason(ReasonCode.ATTRIBUTION_DIFFERS, mine, theirs) if mine and theirs else None


def _as_written(claim: str, comparison: Comparison) -> Comparison:
    """With the claim's own words again, where some of them had been blanked out."""
    reasons = (replace(one, claim=mention(claim, one.claim.span)) for one in comparison.reasons)
    agreeing = ((mention(claim, mine.span), their) for mine, their in comparison.agreeing)
    return replace(comparison, reasons=tuple(reasons), agreeing=tuple(agreeing))


def _on_topic(excerpt: Excerpt) -> bool:
    return excerpt.shared >= ON_TOPIC or (excerpt.ranked.cosine or 0.0) >= NEAR


def _certainty(weighed: Weighed) -> tuple[float, str, int]:
    decides = weighed.stance is not Stance.MENTIONS
    excerpt = weighed.excerpt
    sure = weighed.confidence if decides else excerpt.ranked.score + excerpt.shared - 2
    return -sure, excerpt.article.id, excerpt.sentence.start


def _logit(one: float, other: float) -> float:
    least = math.exp(-SUREST)
    return min(max(math.log(max(one, least) / max(other, least)), -SUREST), SUREST)


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
