"""Cuts what is shown of a sentence down to what decides, where the model agrees."""

from collections.abc import Sequence
from dataclasses import replace

from service.domain.text import Span
from service.domain.verdict import Stance
from service.domain.window import Window, head
from service.english.text.clauses import narrow
from service.pipeline.weigh import Weighed
from service.ports import StanceModel

AS_SURELY = 0.95
"""The share of the model's probability that must be left when it reads the shorter words alone."""
SUPPORTS, CONFLICTS = 0, 1
"""Where the model's rows have them."""


async def narrowed(
    claim: str, weighed: Sequence[Weighed], stance: StanceModel, *, most: int
) -> tuple[Weighed, ...]:
    """The same, with shorter quotes. Of those that decide the surest `most` a side are read again,
    with title and speaker but nothing beside them; the others stay whole."""
    shorter = {
        place: span
        for side in (Stance.SUPPORTS, Stance.CONFLICTS)
        for place in [i for i, one in enumerate(weighed) if one.stance is side][:most]
        if (span := _shorter(weighed[place])) != weighed[place].quote
    }
    windows = [_alone(weighed[place], span) for place, span in shorter.items()]
    found = await stance.stances(claim, windows)
    agreed = {
        place: span
        for (place, span), rows in zip(shorter.items(), found, strict=True)
        if _still_decides(weighed[place], rows[-1].tolist())
    }
    return tuple(
        replace(one, quote=agreed.get(place, _without_reporting(one)))
        for place, one in enumerate(weighed)
    )


def _without_reporting(weighed: Weighed) -> Span:
    """A mention leaves out the words that report it, since the attribution carries them."""
    excerpt = weighed.excerpt
    if weighed.stance is Stance.MENTIONS and excerpt.reported and not weighed.misattributed:
        needed = [
            one.source.span.shifted(excerpt.sentence.start) for one in weighed.comparison.reasons
        ]
        if all(excerpt.reported.contains(span) for span in needed):
            return narrow(excerpt.article.text, excerpt.reported, [])
    return weighed.quote


def _shorter(weighed: Weighed) -> Span:
    """The clauses with all that bears on the claim, that agrees and that differs; who says so and
    how is in the attribution."""
    excerpt = weighed.excerpt
    said = excerpt.attribution
    reporting = [part.span for part in (said.speaker, said.cue) if part]
    comparison = weighed.comparison
    compared = [one.source for one in comparison.reasons]
    compared += [theirs for _, theirs in comparison.agreeing]
    bearing = [word for word in excerpt.bearing if not any(one.contains(word) for one in reporting)]
    needed = [*bearing, *(one.span.shifted(excerpt.sentence.start) for one in compared)]
    whole = excerpt.reported or excerpt.sentence
    if not all(whole.contains(span) for span in needed):
        whole = excerpt.sentence
    return narrow(excerpt.article.text, whole, needed)


def _alone(weighed: Weighed, quote: Span) -> Window:
    article, said = weighed.excerpt.article, weighed.excerpt.attribution
    speaker = said.resolved or said.speaker
    title = head(article.title, article.stated_at)
    words = " ".join(quote.of(article.text).split())
    return Window(f"{title} {speaker.text}:" if speaker else title, (words,))


def _still_decides(weighed: Weighed, row: Sequence[float]) -> bool:
    probabilities = weighed.excerpt.probabilities
    supports = weighed.stance is Stance.SUPPORTS
    before = probabilities.supports if supports else probabilities.conflicts
    return row[SUPPORTS if supports else CONFLICTS] >= AS_SURELY * before
