"""Makes a quote two sentences long, where the neighbour of what decides takes the same side."""

from collections.abc import Sequence
from dataclasses import replace

from service.domain.text import Span
from service.domain.verdict import Stance
from service.english.speakers.identity import same_speaker
from service.pipeline.classify import Classified
from service.pipeline.excerpt import Excerpt

TAKES_PART = 0.3
"""The model's probability of the same side from which a neighbouring sentence joins the quote.

Readers judged 330 quotes. In 43 the deciding words stood in a neighbouring sentence, and in 17 of
these the sentence after the quote reached this probability; of the 234 good quotes 14 had such a
neighbour."""


def with_neighbours(
    classified: Sequence[Classified], excerpts: Sequence[Excerpt]
) -> tuple[Classified, ...]:
    """The same, in the same order; `excerpts` are all sentences that were read."""
    return tuple(_with_neighbour(each, excerpts) for each in classified)


def _with_neighbour(classified: Classified, excerpts: Sequence[Excerpt]) -> Classified:
    """The same, with a quote of two sentences where the sentence before or after one that decides
    takes the same side. Three would be a paragraph, so two are the most."""
    if classified.stance is Stance.MENTIONS:
        return classified

    def takes_part(neighbour: Excerpt) -> float:
        likely = neighbour.probabilities
        return likely.supports if classified.stance is Stance.SUPPORTS else likely.conflicts

    own = classified.excerpt
    neighbours = [
        excerpt
        for excerpt in excerpts
        if takes_part(excerpt) >= TAKES_PART
        and (_adjoin(excerpt, own) or _adjoin(own, excerpt))
        and _may_be_one_quote(own, excerpt)
    ]
    if not neighbours:
        return classified
    quote, beside = classified.quote, max(neighbours, key=takes_part).sentence
    both = Span(min(quote.start, beside.start), max(quote.end, beside.end))
    return replace(classified, quote=both)


def _adjoin(before: Excerpt, after: Excerpt) -> bool:
    if before.article.id != after.article.id or before.sentence.end > after.sentence.start:
        return False
    return not before.article.text[before.sentence.end : after.sentence.start].strip()


def _may_be_one_quote(decides: Excerpt, neighbour: Excerpt) -> bool:
    """Whether both can be shown as one quote: one of a speaker holds no words of somebody else."""
    if decides.attribution.speaker is None:
        return True
    return any(
        same_speaker(decides.attribution, quote.attribution) is True
        for quote in neighbour.passage.quotes
        if any(piece.overlaps(neighbour.sentence) for piece in quote.content)
    )
