"""Cuts what is shown of a sentence down to what decides, where the model agrees."""

from collections.abc import Sequence
from dataclasses import replace

from service.domain.quote import SpeechKind
from service.domain.text import Span
from service.domain.verdict import Stance
from service.domain.window import Window, head
from service.english.text.clauses import narrow
from service.pipeline.classify import Classified
from service.ports import StanceModel

AS_SURELY = 0.95
"""The share of the model's probability that must be left when it reads the shorter words alone."""
SUPPORTS, CONFLICTS = 0, 1
"""Where the model's rows have them."""


async def narrowed(
    claim: str, classified: Sequence[Classified], stance: StanceModel, *, most: int
) -> tuple[Classified, ...]:
    """The same, with shorter quotes. Of those that decide the surest `most` a side are read again,
    with title and speaker but nothing beside them; the others stay whole, and so do those of two
    sentences."""
    shorter = {
        place: span
        for side in (Stance.SUPPORTS, Stance.CONFLICTS)
        for place in [i for i, one in enumerate(classified) if one.stance is side][:most]
        if classified[place].quote == classified[place].excerpt.sentence
        and (span := _shorter(classified[place])) != classified[place].quote
    }
    windows = [_alone(classified[place], span) for place, span in shorter.items()]
    found = await stance.stances(claim, windows)
    agreed = {
        place: span
        for (place, span), rows in zip(shorter.items(), found, strict=True)
        if _still_decides(classified[place], rows[-1].tolist())
    }
    return tuple(
        replace(one, quote=agreed.get(place, _without_reporting(one)))
        for place, one in enumerate(classified)
    )


def _without_reporting(classified: Classified) -> Span:
    """A mention leaves out the words that report it, since the attribution carries them."""
    excerpt = classified.excerpt
    if classified.stance is Stance.MENTIONS and excerpt.reported and not classified.misattributed:
        needed = [
            one.source.span.shifted(excerpt.sentence.start) for one in classified.comparison.reasons
        ]
        if all(excerpt.reported.contains(span) for span in needed):
            return narrow(excerpt.article.text, excerpt.reported, [])
    return classified.quote


def _shorter(classified: Classified) -> Span:
    """The clauses with all that bears on the claim, that agrees and that differs; who says so and
    how is in the attribution. What stood between quotation marks is not cut, and a speaker not
    parted from the verb of saying."""
    excerpt = classified.excerpt
    text, said = excerpt.article.text, excerpt.attribution
    reporting = [part.span for part in (said.speaker, said.cue) if part]
    comparison = classified.comparison
    compared = [one.source for one in comparison.reasons]
    compared += [theirs for _, theirs in comparison.agreeing]
    bearing = [word for word in excerpt.bearing if not any(one.contains(word) for one in reporting)]
    needed = [*bearing, *(one.span.shifted(excerpt.sentence.start) for one in compared)]
    whole = excerpt.reported or excerpt.sentence
    if not all(whole.contains(span) for span in needed):
        whole = excerpt.sentence
    verbatim = whole is excerpt.reported and said.speech is SpeechKind.DIRECT
    quote = narrow(text, whole, [] if verbatim else needed)
    parted = len({quote.contains(span) for span in reporting}) > 1
    return excerpt.sentence if parted else quote


def _alone(classified: Classified, quote: Span) -> Window:
    article, said = classified.excerpt.article, classified.excerpt.attribution
    speaker = said.resolved or said.speaker
    title = head(article.title, article.published_at)
    words = " ".join(quote.of(article.text).split())
    return Window(f"{title} {speaker.text}:" if speaker else title, (words,))


def _still_decides(classified: Classified, row: Sequence[float]) -> bool:
    probabilities = classified.excerpt.probabilities
    supports = classified.stance is Stance.SUPPORTS
    before = probabilities.supports if supports else probabilities.conflicts
    return row[SUPPORTS if supports else CONFLICTS] >= AS_SURELY * before
