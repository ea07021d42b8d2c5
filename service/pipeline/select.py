"""Picks the evidence to show: narrowed to its clause, no quote twice, both sides capped alike,
newest first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Span, mention
from service.domain.verdict import Evidence, Reason, Stance
from service.pipeline.clauses import narrow
from service.pipeline.excerpt import MUCH
from service.pipeline.origins import with_origins
from service.pipeline.supersede import with_successors
from service.pipeline.weigh import Weighed


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
    """By date; undated ones last, equal ones in the order they were in."""

    def age(one: Evidence) -> tuple[bool, float]:
        published = one.article.published_at
        return published is None, -published.timestamp() if published else 0.0

    return tuple(sorted(side, key=age))


def _evidence(weighed: Weighed) -> Evidence:
    excerpt = weighed.excerpt
    span = _quote(weighed)
    return Evidence(
        stance=weighed.stance,
        confidence=weighed.confidence,
        article=excerpt.article,
        span=span,
        attribution=excerpt.attribution,
        reasons=tuple(_reasons(weighed, span)),
    )


def _quote(weighed: Weighed) -> Span:
    """The clauses with all that bears on the claim and all that differs.

    Reported speech leaves out the words that report it, since the attribution carries them, unless
    one of them differs. What carries no judgement, or carries it in other words than the claim's,
    is not cut down further.
    """
    excerpt = weighed.excerpt
    differing = [span for _, span in _differences(weighed)]
    whole = excerpt.reported or excerpt.sentence
    if not all(whole.contains(span) for span in differing):
        whole = _around([excerpt.sentence, *differing])
    in_its_words = weighed.stance is not Stance.MENTIONS and excerpt.shared >= MUCH
    needed = [*excerpt.bearing, *differing] if in_its_words else [whole]
    return narrow(excerpt.article.text, whole, needed)


def _around(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _reasons(weighed: Weighed, quote: Span) -> Iterator[Reason]:
    """The reasons with their source spans moved from the sentence to the quote."""
    words = quote.of(weighed.excerpt.article.text)
    for reason, span in _differences(weighed):
        if quote.contains(span):
            yield Reason(reason.code, reason.claim, mention(words, span.shifted(-quote.start)))


def _differences(weighed: Weighed) -> Iterator[tuple[Reason, Span]]:
    """Each reason, and where in the article its source words stand."""
    for reason in weighed.comparison.reasons:
        yield reason, reason.source.span.shifted(weighed.excerpt.sentence.start)
    if weighed.misattributed:
        yield weighed.misattributed, weighed.misattributed.source.span


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
    for one in evidence:
        if one.stance is stance:
            turns.append((seen[one.origin], one))
            seen[one.origin] += 1
    return tuple(one for _, one in sorted(turns, key=lambda turn: turn[0]))[:limit]
