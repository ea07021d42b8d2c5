"""Gives each excerpt a stance, from the model's judgement and from exact comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.claim import Claim
from service.domain.quote import Attribution
from service.domain.text import Span, mention
from service.domain.verdict import Reason, ReasonCode, Stance, Status
from service.english.reading import Reading
from service.english.speakers.identity import same_speaker
from service.pipeline.assertion import Assertion
from service.pipeline.classifier import Classifier, Findings, Odds, Probabilities
from service.pipeline.compare.comparison import NOTHING_COMPARED, Comparison, compare_texts
from service.pipeline.excerpt import Excerpt
from service.pipeline.misattribution import misattribution, said_by_the_same, with_the_speaker
from service.pipeline.status import status_of

ON_TOPIC = 0.34
"""The share of the claim's words from which a sentence that decides nothing is shown."""
NEAR = 0.5
"""The cosine between claim and passage from which it is shown too."""
LEDE_CHARS = 300
"""How much of an article's beginning is compared with the claim beside each of its sentences."""
WORTH_COMPARING = 0.05
"""The model's probability of a side from which a sentence is compared with the claim."""

ALL_WORDS, SAME_WORDS = 0.9, 0.8
"""The shares of the claim's words from which a sentence says the same in the claim's own words: the
first with its surroundings, the second of the sentence alone, without names."""
NEARLY_ALL = 0.85
"""The share of the claim's words, as in the first, from which another figure, date or name
explains a conflict: with fewer the figure is often another month's."""
LEAST_WORDS = 4
"""The fewest words in common that count: "closed" is also in "reopened after it was closed"."""

SEES_SUPPORT = 0.2
"""The model's probability of support below which the same words express a fear or a doubt. Hedged
speech ("reportedly") is exempt: the model sees no support in it, and it is a side all the same."""
SURELY_CONFLICTS = 0.6
"""The model's probability of a conflict from which the same words are not taken for support."""
LIKELIER_THAN_NOT = 0.5

_DIFFERS = frozenset(
    {ReasonCode.NUMBER_DIFFERS, ReasonCode.DATE_DIFFERS, ReasonCode.ENTITY_DIFFERS}
)
_OF_A_CONFLICT = _DIFFERS | {ReasonCode.NEGATION}


@dataclass(frozen=True, slots=True)
class Classified:
    """A judged excerpt with its stance, and why."""

    claim: str
    excerpt: Excerpt
    stance: Stance
    confidence: float
    """The probability of the stance, in 0..1."""
    comparison: Comparison
    status: Status
    quote: Span
    """What is shown, as a span of the article's text."""
    another_scope: bool = False
    """Whether its figures may count something else than the claim's."""
    misattributed: Reason | None = None
    """Set where somebody else said so; its source span is into the article's text."""


def classify(
    claim: Claim, assertion: Assertion, excerpts: Sequence[Excerpt], classifier: Classifier
) -> tuple[Classified, ...]:
    """The excerpts that are on topic: those that decide, the surest first, then the others.

    A claim that X said something is decided only by what X said.
    """
    claimed = Reading(claim.text)
    asserted = claimed if assertion.text == claim.text else Reading(assertion.text)
    all_surroundings = _surroundings(excerpts)
    compared = [
        _as_written(claim.text, _compared(asserted, excerpt, surroundings))
        for excerpt, surroundings in zip(excerpts, all_surroundings, strict=True)
    ]
    found_exactly = [
        findings(excerpt, comparison, claimed.statuses)
        for excerpt, comparison in zip(excerpts, compared, strict=True)
    ]
    odds = [
        classifier.odds(excerpt.probabilities, found)
        for excerpt, found in zip(excerpts, found_exactly, strict=True)
    ]
    same = any(found.same for found in found_exactly)
    disputed = _from_two_sources(excerpts, odds) and classifier.disputes(
        _strongest(odds), same=same
    )
    probabilities = [
        classifier.probabilities(
            own, _strongest_against(excerpt, excerpts, odds), disputed=disputed
        )
        for excerpt, own in zip(excerpts, odds, strict=True)
    ]
    decided = [
        decide(
            likely,
            classifier,
            claim,
            ends=_ends_older(excerpt, excerpts, odds),
            explained=_explains(comparison),
        )
        for excerpt, comparison, likely in zip(excerpts, compared, probabilities, strict=True)
    ]
    classified = [
        _classified(claim, assertion, claimed, excerpt, comparison, stance)
        for excerpt, comparison, stance in zip(excerpts, compared, decided, strict=True)
        if _is_worth_showing(stance[0], excerpt)
    ]
    # What is misattributed or no report has become a mention since.
    kept = [each for each in classified if _is_worth_showing(each.stance, each.excerpt)]
    return tuple(sorted(kept, key=_certainty))


def _is_worth_showing(stance: Stance, excerpt: Excerpt) -> bool:
    return stance is not Stance.MENTIONS or _on_topic(excerpt)


def findings(excerpt: Excerpt, comparison: Comparison, claimed: frozenset[Status]) -> Findings:
    """What exact comparison found of one sentence. `claimed` is the statuses of the claim, so that
    an accusation is the same only as an accusation."""
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
        and (excerpt.probabilities.supports >= SEES_SUPPORT or bool(excerpt.attribution.hedges))
        and excerpt.probabilities.conflicts < SURELY_CONFLICTS,
    )


def decide(
    likely: Probabilities,
    classifier: Classifier,
    claim: Claim,
    *,
    ends: bool = False,
    explained: bool = False,
) -> tuple[Stance, float]:
    """The stance that `likely` is enough for, and its probability. For a report that `ends` an
    older state, a conflict only has to be likelier than not; one that another figure, date
    or name `explained` need not be as sure as the claim asks."""
    least = claim.min_confidence
    conflicts_from = min(classifier.conflicts_from, LIKELIER_THAN_NOT if ends else 1.0)
    if not explained:
        conflicts_from = max(conflicts_from, claim.min_conflict)
    if likely.supports >= max(likely.conflicts, classifier.supports_from, least):
        return Stance.SUPPORTS, likely.supports
    if likely.conflicts >= max(likely.supports, conflicts_from, least):
        return Stance.CONFLICTS, likely.conflicts
    return Stance.MENTIONS, likely.neutral


def _explains(comparison: Comparison) -> bool:
    """Whether the sentence says nearly all of the claim, with another figure, date or name."""
    differs = any(reason.code in _DIFFERS for reason in comparison.reasons)
    return differs and comparison.coverage >= NEARLY_ALL


def _compared(claim: Reading, excerpt: Excerpt, surroundings: Sequence[Reading]) -> Comparison:
    """The sentence compared with the claim, with the help of its surroundings. Where the model is
    sure that the sentence decides nothing, nothing is compared."""
    side = max(excerpt.probabilities.supports, excerpt.probabilities.conflicts)
    if side < WORTH_COMPARING and excerpt.shared < SAME_WORDS:
        return NOTHING_COMPARED
    return compare_texts(claim, excerpt.reading, surroundings)


def _strongest(odds: Sequence[Odds]) -> Odds:
    """The strongest odds of each side, among sentences that lean to that side."""
    return Odds(
        max((each.supports for each in odds if each.supports >= each.conflicts), default=0.0),
        max((each.conflicts for each in odds if each.conflicts > each.supports), default=0.0),
    )


def _strongest_against(excerpt: Excerpt, excerpts: Sequence[Excerpt], odds: Sequence[Odds]) -> Odds:
    """The strongest odds of each side among all excerpts. For a report that something has ended,
    older reports are left out: they could not know."""
    if not excerpt.reading.ends_something:
        return _strongest(odds)
    known = [
        each
        for candidate, each in zip(excerpts, odds, strict=True)
        if not _is_older(candidate, excerpt)
    ]
    return _strongest(known)


def _ends_older(excerpt: Excerpt, excerpts: Sequence[Excerpt], odds: Sequence[Odds]) -> bool:
    """Whether a sentence says that something has ended, and the strongest support is an older
    report, which says that it is still so."""
    if not excerpt.reading.ends_something:
        return False
    supporting, most = max(zip(excerpts, odds, strict=True), key=lambda pair: pair[1].supports)
    return most.supports > most.conflicts and _is_older(supporting, excerpt)


def _is_older(excerpt: Excerpt, reference: Excerpt) -> bool:
    date, reference_date = excerpt.article.stated_at, reference.article.stated_at
    return date is not None and reference_date is not None and date < reference_date


def _from_two_sources(excerpts: Sequence[Excerpt], odds: Sequence[Odds]) -> bool:
    """Whether the strongest sentences of the two sides stand in different articles, or were said by
    different speakers."""
    if not excerpts:
        return False
    both = list(zip(excerpts, odds, strict=True))
    supporting, _ = max(both, key=lambda pair: pair[1].supports)
    conflicting, _ = max(both, key=lambda pair: pair[1].conflicts)
    if supporting.article.id != conflicting.article.id:
        return True
    return same_speaker(supporting.attribution, conflicting.attribution) is False


def _classified(
    claim: Claim,
    assertion: Assertion,
    claimed: Reading,
    excerpt: Excerpt,
    comparison: Comparison,
    decided: tuple[Stance, float],
) -> Classified:
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
    return Classified(
        claim=claim.text,
        excerpt=excerpt,
        stance=stance,
        confidence=round(probability, 4),
        comparison=_with_reasons_of(stance, comparison),
        status=_status(excerpt, stance, claimed.statuses),
        quote=with_the_speaker(excerpt.sentence, misattributed),
        another_scope=any(reason.code is ReasonCode.SCOPE_DIFFERS for reason in comparison.reasons),
        misattributed=misattributed,
    )


def _status(excerpt: Excerpt, stance: Stance, claimed: frozenset[Status]) -> Status:
    """What decides counts as asserted, unless the claim has the same status: that somebody is
    accused, or plans something."""
    status = status_of(excerpt)
    return status if stance is Stance.MENTIONS or status in claimed else Status.ASSERTED


def _with_reasons_of(stance: Stance, comparison: Comparison) -> Comparison:
    """The comparison with the reasons that a quote of this stance can have: a difference explains
    a conflict, another scope explains why there is none."""
    allowed = {
        Stance.SUPPORTS: frozenset[ReasonCode](),
        Stance.CONFLICTS: _OF_A_CONFLICT,
        Stance.MENTIONS: frozenset({ReasonCode.SCOPE_DIFFERS}),
    }[stance]
    kept = tuple(reason for reason in comparison.reasons if reason.code in allowed)
    return replace(comparison, reasons=kept)


def _as_written(claim: str, comparison: Comparison) -> Comparison:
    """The comparison with the claim's words as written, where an assertion had some blanked out."""
    reasons = (
        replace(reason, claim=mention(claim, reason.claim.span)) for reason in comparison.reasons
    )
    agreeing = ((mention(claim, claimed.span), stated) for claimed, stated in comparison.agreeing)
    return replace(comparison, reasons=tuple(reasons), agreeing=tuple(agreeing))


def _on_topic(excerpt: Excerpt) -> bool:
    near = excerpt.found and (excerpt.ranked.cosine or 0.0) >= NEAR
    return excerpt.shared >= ON_TOPIC or near


def _certainty(classified: Classified) -> tuple[float, str, int]:
    decides = classified.stance is not Stance.MENTIONS
    excerpt = classified.excerpt
    sure = classified.confidence if decides else excerpt.ranked.score + excerpt.shared - 2
    return -sure, excerpt.article.id, excerpt.sentence.start


def _surroundings(excerpts: Sequence[Excerpt]) -> list[tuple[Reading, ...]]:
    """For each excerpt the texts that a reader of it knows already: headline and lede, passage,
    speaker. A text that surrounds several sentences is read once."""
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
