"""Picks the evidence to show: no quote twice, both sides capped alike, newest first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Span, mention
from service.domain.verdict import Evidence, Reason, ReasonCode, Stance
from service.pipeline.origins import with_origins
from service.pipeline.supersede import with_successors
from service.pipeline.weigh import Weighed

FURTHER_FROM = 0.92
"""The confidence from which a quote is shown beside its side's surest. Of 100 quotes that two
readers read, three of the four such quotes above it held, and seven of the nineteen below; of the
surest of their side sixty-one of seventy-seven."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The evidence, by what it does to the claim: both sides newest first, mentions best first."""

    supporting: tuple[Evidence, ...]
    conflicting: tuple[Evidence, ...]
    mentions: tuple[Evidence, ...]


def select(weighed: Sequence[Weighed], limit: int) -> Sides:
    """At most `limit` quotes a side out of `weighed`, which is ordered by certainty.

    Origins are told apart before the cap, and the first quote of each origin goes before the
    second of any: a side shows as many independent origins as it can, and of these the newest
    first.
    """
    kept = list(_distinct(weighed))
    evidence = with_origins([found for _, found in kept])
    evidence = with_successors([one for one, _ in kept], evidence)
    return Sides(
        supporting=_newest_first(_side(evidence, Stance.SUPPORTS, limit)),
        conflicting=_newest_first(_side(evidence, Stance.CONFLICTS, limit)),
        mentions=_side(evidence, Stance.MENTIONS, limit),
    )


def _newest_first(side: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """By stated date; undated ones last, equal ones in the order they were in."""

    def age(one: Evidence) -> tuple[bool, float]:
        published = one.article.stated_at
        return published is None, -published.timestamp() if published else 0.0

    return tuple(sorted(side, key=age))


def _evidence(weighed: Weighed) -> Evidence:
    excerpt = weighed.excerpt
    return Evidence(
        stance=weighed.stance,
        confidence=weighed.confidence,
        article=excerpt.article,
        span=weighed.quote,
        attribution=excerpt.attribution,
        reasons=tuple(_reasons(weighed)),
        status=weighed.status,
    )


def _reasons(weighed: Weighed) -> Iterator[Reason]:
    """The reasons with their source spans moved from the sentence to the quote; a conflict without
    one is one of meaning, and its words are all there are."""
    quote, excerpt = weighed.quote, weighed.excerpt
    words = quote.of(excerpt.article.text)
    found = [
        (reason, reason.source.span.shifted(excerpt.sentence.start))
        for reason in weighed.comparison.reasons
    ]
    if weighed.misattributed:
        found.append((weighed.misattributed, weighed.misattributed.source.span))
    inside = [(reason, span) for reason, span in found if quote.contains(span)]
    for reason, span in inside:
        yield Reason(reason.code, reason.claim, mention(words, span.shifted(-quote.start)))
    if weighed.stance is Stance.CONFLICTS and not inside:
        claim = weighed.claim
        whole = mention(claim, Span(0, len(claim)))
        yield Reason(ReasonCode.MEANING_DIFFERS, whole, mention(words, Span(0, len(words))))


def _distinct(weighed: Sequence[Weighed]) -> Iterator[tuple[Weighed, Evidence]]:
    """Each with its quote, without those that overlap a better one of the same article."""
    taken: list[Evidence] = []
    for one in weighed:
        found = _evidence(one)
        if not any(
            found.article.id == other.article.id and found.span.overlaps(other.span)
            for other in taken
        ):
            taken.append(found)
            yield one, found


def _side(evidence: Sequence[Evidence], stance: Stance, limit: int) -> tuple[Evidence, ...]:
    seen: Counter[str] = Counter()
    turns: list[tuple[int, Evidence]] = []
    surest = max((one.confidence for one in evidence if one.stance is stance), default=0.0)
    for one in evidence:
        sure = stance is Stance.MENTIONS or one.confidence >= min(surest, FURTHER_FROM)
        if one.stance is stance and (sure or one.superseded_by):
            turns.append((seen[one.origin], one))
            seen[one.origin] += 1
    return tuple(one for _, one in sorted(turns, key=lambda turn: turn[0]))[:limit]
