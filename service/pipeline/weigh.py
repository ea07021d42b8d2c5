"""Weighs the model's judgement of both sides, and what exact comparison finds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.claim import Claim
from service.domain.quote import Attribution
from service.domain.text import Span, mention
from service.domain.verdict import Reason, ReasonCode, Stance, Status
from service.english.reading import Reading
from service.english.speakers.identity import same_speaker
from service.pipeline.assertion import Assertion
from service.pipeline.compare.comparison import NOTHING_COMPARED, Comparison, compare_texts
from service.pipeline.excerpt import Excerpt
from service.pipeline.misattribution import misattribution, said_by_the_same, with_the_speaker
from service.pipeline.status import status_of
from service.pipeline.weighing import Findings, Odds, Probabilities, Weighing

ON_TOPIC = 0.34
"""The share of the claim's words from which a sentence that decides nothing is worth showing."""
NEAR = 0.5
"""The cosine that is enough instead."""
LEDE_CHARS = 300
"""How much of an article's beginning sets the scene for all of it."""
WORTH_COMPARING = 0.05
"""The model's probability of a side from which it may come to decide."""

ALL_WORDS, SAME_WORDS = 0.9, 0.8
"""The share of the claim's words that a sentence with its surroundings, and the sentence alone,
must have to say the same in the claim's own words."""
LEAST_WORDS = 4
"""Fewer words in common say the same by chance: "closed" is in "reopened after it was closed"."""

SURELY_CONFLICTS = 0.6
"""The model's probability of a conflict from which the same words say something else to it."""
LIKELIER_THAN_NOT = 0.5

_DIFFERS = frozenset(
    {ReasonCode.NUMBER_DIFFERS, ReasonCode.DATE_DIFFERS, ReasonCode.ENTITY_DIFFERS}
)
_OF_A_CONFLICT = _DIFFERS | {ReasonCode.NEGATION}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A judged excerpt with its stance, and why; `confidence`, in 0..1, is that of the stance.

    `another_scope` says that its figures may count something else than the claim's, `misattributed`
    that it was somebody else who said so; its source span is into the article.
    `quote` is what of the sentence is shown, into the article as well.
    """

    claim: str
    excerpt: Excerpt
    stance: Stance
    confidence: float
    comparison: Comparison
    status: Status
    quote: Span
    another_scope: bool = False
    misattributed: Reason | None = None


def weigh(
    claim: Claim, assertion: Assertion, excerpts: Sequence[Excerpt], weighing: Weighing
) -> tuple[Weighed, ...]:
    """The excerpts that are on topic: those that decide, the surest first, then the others.

    That X said something is decided by what X said alone.
    """
    claimed = Reading(claim.text)
    asserted = claimed if assertion.text == claim.text else Reading(assertion.text)
    around = _surroundings(excerpts)
    compared = [
        _as_written(claim.text, _compared(asserted, excerpt, near))
        for excerpt, near in zip(excerpts, around, strict=True)
    ]
    exact = [
        findings(one, comparison, claimed.statuses)
        for one, comparison in zip(excerpts, compared, strict=True)
    ]
    odds = [
        weighing.odds(one.probabilities, found) for one, found in zip(excerpts, exact, strict=True)
    ]
    same = any(found.same for found in exact)
    disputed = _apart(excerpts, odds) and weighing.disputes(_most(odds), same=same)
    probabilities = [
        weighing.probabilities(one, _held_against(excerpt, excerpts, odds), disputed=disputed)
        for excerpt, one in zip(excerpts, odds, strict=True)
    ]
    weighed = [
        _weigh(
            claim,
            assertion,
            claimed,
            excerpt,
            comparison,
            decide(
                likely,
                weighing,
                claim,
                ends=_ends_older(excerpt, excerpts, odds),
            ),
        )
        for excerpt, comparison, likely in zip(excerpts, compared, probabilities, strict=True)
    ]
    kept = [one for one in weighed if one.stance is not Stance.MENTIONS or _on_topic(one.excerpt)]
    return tuple(sorted(kept, key=_certainty))


def findings(excerpt: Excerpt, comparison: Comparison, claimed: frozenset[Status]) -> Findings:
    """What exact comparison found of one sentence; `claimed` is what the claim itself says, so that
    an accusation is the same as an accusation alone."""
    says_all = (
        comparison.complete
        and not comparison.reasons
        and comparison.coverage >= ALL_WORDS
        and comparison.predicate >= SAME_WORDS
        and len(excerpt.bearing) >= LEAST_WORDS
        # Of two cranes in one sentence each has a figure of its own.
        and len(excerpt.reading.quantities) <= len(comparison.agreeing)
    )
    return Findings(
        differs=any(reason.code in _DIFFERS for reason in comparison.reasons),
        same=says_all
        and excerpt.in_order
        and status_of(excerpt) in {Status.ASSERTED, *claimed}
        and excerpt.probabilities.conflicts < SURELY_CONFLICTS,
    )


def decide(
    likely: Probabilities, weighing: Weighing, claim: Claim, *, ends: bool = False
) -> tuple[Stance, float]:
    """The stance that `likely` is enough for, and its probability; what `ends` an older state
    need only be likelier than not."""
    least = claim.min_confidence
    conflicts_from = min(weighing.conflicts_from, LIKELIER_THAN_NOT if ends else 1.0)
    if likely.supports >= max(likely.conflicts, weighing.supports_from, least):
        return Stance.SUPPORTS, likely.supports
    if likely.conflicts >= max(likely.supports, conflicts_from, least, claim.min_conflict):
        return Stance.CONFLICTS, likely.conflicts
    return Stance.MENTIONS, likely.neutral


def _compared(claim: Reading, excerpt: Excerpt, around: Sequence[Reading]) -> Comparison:
    """The sentence against the claim, in the light of what surrounds it; where the model has no
    doubt that it decides nothing, nothing is compared."""
    side = max(excerpt.probabilities.supports, excerpt.probabilities.conflicts)
    if side < WORTH_COMPARING and excerpt.shared < SAME_WORDS:
        return NOTHING_COMPARED
    return compare_texts(claim, excerpt.reading, around)


def _most(odds: Sequence[Odds]) -> Odds:
    """The strongest of each side, among those that are rather for it than against it."""
    return Odds(
        max((one.supports for one in odds if one.supports >= one.conflicts), default=0.0),
        max((one.conflicts for one in odds if one.conflicts > one.supports), default=0.0),
    )


def _held_against(excerpt: Excerpt, excerpts: Sequence[Excerpt], odds: Sequence[Odds]) -> Odds:
    """The strongest odds of all; a report that something has ended is not outweighed by older
    ones, which could not know."""
    if not excerpt.reading.ends_something:
        return _most(odds)
    known = [
        one for other, one in zip(excerpts, odds, strict=True) if not _is_older(other, excerpt)
    ]
    return _most(known)


def _ends_older(excerpt: Excerpt, excerpts: Sequence[Excerpt], odds: Sequence[Odds]) -> bool:
    """Whether a sentence says that something has ended which the strongest support, an older
    report, says is so."""
    if not excerpt.reading.ends_something:
        return False
    supporting, most = max(zip(excerpts, odds, strict=True), key=lambda one: one[1].supports)
    return most.supports > most.conflicts and _is_older(supporting, excerpt)


def _is_older(one: Excerpt, other: Excerpt) -> bool:
    mine, theirs = one.article.stated_at, other.article.stated_at
    return mine is not None and theirs is not None and mine < theirs


def _apart(excerpts: Sequence[Excerpt], odds: Sequence[Odds]) -> bool:
    """Whether the strongest of both sides stand in different articles, or are said by different
    speakers."""
    if not excerpts:
        return False
    both = list(zip(excerpts, odds, strict=True))
    supporting, _ = max(both, key=lambda one: one[1].supports)
    conflicting, _ = max(both, key=lambda one: one[1].conflicts)
    if supporting.article.id != conflicting.article.id:
        return True
    return same_speaker(supporting.attribution, conflicting.attribution) is False


def _weigh(
    claim: Claim,
    assertion: Assertion,
    claimed: Reading,
    excerpt: Excerpt,
    comparison: Comparison,
    decided: tuple[Stance, float],
) -> Weighed:
    stance, probability = decided
    misattributed = None
    if stance is Stance.SUPPORTS and excerpt.reading.is_no_report and not claimed.is_no_report:
        stance, probability = Stance.MENTIONS, 1 - probability
    said_by = assertion.said_by
    if stance is not Stance.MENTIONS and excerpt.is_post and not said_by:
        stance, probability = Stance.MENTIONS, 1 - probability
    same = said_by_the_same(said_by, excerpt) if said_by else True
    if (
        stance is not Stance.MENTIONS
        and said_by
        and (same is False or (same is None and assertion.by_an_outlet))
    ):
        misattributed = misattribution(said_by, excerpt)
        stance, probability = Stance.MENTIONS, 1 - probability
    return Weighed(
        claim=claim.text,
        excerpt=excerpt,
        stance=stance,
        confidence=round(probability, 4),
        comparison=_explaining(stance, comparison),
        status=_status(excerpt, stance, claimed.statuses),
        quote=with_the_speaker(excerpt.sentence, misattributed),
        another_scope=any(one.code is ReasonCode.SCOPE_DIFFERS for one in comparison.reasons),
        misattributed=misattributed,
    )


def _status(excerpt: Excerpt, stance: Stance, claimed: frozenset[Status]) -> Status:
    """What decides asserts something, unless it decides a claim of its own kind: that somebody is
    accused, or plans to."""
    status = status_of(excerpt)
    return status if stance is Stance.MENTIONS or status in claimed else Status.ASSERTED


def _explaining(stance: Stance, comparison: Comparison) -> Comparison:
    """With the reasons that a quote of this stance can have: what differs makes a conflict, and
    another scope none."""
    allowed = {
        Stance.SUPPORTS: frozenset[ReasonCode](),
        Stance.CONFLICTS: _OF_A_CONFLICT,
        Stance.MENTIONS: frozenset({ReasonCode.SCOPE_DIFFERS}),
    }[stance]
    kept = tuple(reason for reason in comparison.reasons if reason.code in allowed)
    return replace(comparison, reasons=kept)


def _as_written(claim: str, comparison: Comparison) -> Comparison:
    """With the claim's own words again, where some of them had been blanked out."""
    reasons = (replace(one, claim=mention(claim, one.claim.span)) for one in comparison.reasons)
    agreeing = ((mention(claim, mine.span), their) for mine, their in comparison.agreeing)
    return replace(comparison, reasons=tuple(reasons), agreeing=tuple(agreeing))


def _on_topic(excerpt: Excerpt) -> bool:
    near = excerpt.found and (excerpt.ranked.cosine or 0.0) >= NEAR
    return excerpt.shared >= ON_TOPIC or near


def _certainty(weighed: Weighed) -> tuple[float, str, int]:
    decides = weighed.stance is not Stance.MENTIONS
    excerpt = weighed.excerpt
    sure = weighed.confidence if decides else excerpt.ranked.score + excerpt.shared - 2
    return -sure, excerpt.article.id, excerpt.sentence.start


def _surroundings(excerpts: Sequence[Excerpt]) -> list[tuple[Reading, ...]]:
    """For each what a reader of the sentence knows already: headline, lede, passage, speaker. What
    surrounds several sentences is read once."""
    ledes: dict[str, Reading] = {}
    passages: dict[str, Reading] = {}
    for excerpt in excerpts:
        article, passage = excerpt.article, excerpt.passage
        ledes.setdefault(article.id, Reading(f"{article.title}\n{article.text[:LEDE_CHARS]}"))
        passages.setdefault(passage.id, Reading(passage.passage.span.of(article.text)))
    return [
        (
            ledes[excerpt.article.id],
            passages[excerpt.passage.id],
            *map(Reading, _speakers(excerpt.attribution)),
        )
        for excerpt in excerpts
    ]


def _speakers(said: Attribution) -> list[str]:
    return [part.text for part in (said.resolved, said.speaker, said.organisation) if part]
