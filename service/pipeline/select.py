"""Picks the evidence to show: narrowed to its clause, no quote twice, both sides capped alike."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Mention, Span, mention
from service.domain.verdict import Evidence, Reason, Stance
from service.pipeline.narrow import narrow
from service.pipeline.origins import with_origins
from service.pipeline.weigh import Weighed


@dataclass(frozen=True, slots=True)
class Sides:
    """The evidence, by what it does to the claim; best first."""

    supporting: tuple[Evidence, ...]
    conflicting: tuple[Evidence, ...]
    mentions: tuple[Evidence, ...]


def select(weighed: Sequence[Weighed], limit: int) -> Sides:
    """At most `limit` quotes a side out of `weighed`, which is ordered by relevance.

    Origins are told apart before the cap, and the first quote of each origin goes before the
    second of any: a side shows as many independent origins as it can.
    """
    evidence = with_origins(list(_distinct(_evidence(one) for one in weighed)))
    return Sides(
        supporting=_side(evidence, Stance.SUPPORTS, limit),
        conflicting=_side(evidence, Stance.CONFLICTS, limit),
        mentions=_side(evidence, Stance.MENTIONS, limit),
    )


def _evidence(weighed: Weighed) -> Evidence:
    article = weighed.judged.passage.article
    span = narrow(weighed)
    return Evidence(
        stance=weighed.stance,
        confidence=weighed.relevance,
        article=article,
        span=span,
        attribution=weighed.attribution,
        reasons=tuple(_reasons(weighed, article.text, span)),
    )


def _reasons(weighed: Weighed, text: str, quote: Span) -> Iterator[Reason]:
    """The reasons with their source spans moved from the sentence to the quote."""
    for reason in weighed.comparison.reasons:
        at = reason.source.span.shifted(weighed.judged.span.start)
        if quote.contains(at):
            source: Mention = mention(quote.of(text), at.shifted(-quote.start))
            yield Reason(reason.code, reason.claim, source)


def _distinct(evidence: Iterator[Evidence]) -> Iterator[Evidence]:
    """Without quotes that overlap a better one of the same article."""
    taken: list[Evidence] = []
    for one in evidence:
        if not any(
            one.article.id == other.article.id and one.span.overlaps(other.span) for other in taken
        ):
            taken.append(one)
            yield one


def _side(evidence: Sequence[Evidence], stance: Stance, limit: int) -> tuple[Evidence, ...]:
    seen: Counter[str] = Counter()
    turns: list[tuple[int, Evidence]] = []
    for one in evidence:
        if one.stance is stance:
            turns.append((seen[one.origin], one))
            seen[one.origin] += 1
    return tuple(one for _, one in sorted(turns, key=lambda turn: turn[0]))[:limit]
