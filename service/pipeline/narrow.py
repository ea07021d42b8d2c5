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
"""The share of its first probability that the model must give the shorter words alone."""
SUPPORTS, CONFLICTS = 0, 1
"""The columns of the model's rows."""


async def narrowed(
    claim: str, classified: Sequence[Classified], stance: StanceModel, *, most: int
) -> tuple[Classified, ...]:
    """The same, with shorter quotes.

    Of the quotes that decide, the surest `most` on each side are read again, with title and speaker
    but without their neighbours. All others stay whole, and so does a quote of two sentences.
    """
    shorter = {
        place: span
        for side in (Stance.SUPPORTS, Stance.CONFLICTS)
        for place in [i for i, each in enumerate(classified) if each.stance is side][:most]
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
        replace(each, quote=agreed.get(place, _without_reporting(each)))
        for place, each in enumerate(classified)
    )


def _without_reporting(classified: Classified) -> Span:
    """What is shown of a mention, without the words that report it: the attribution has them."""
    excerpt = classified.excerpt
    if classified.stance is Stance.MENTIONS and excerpt.reported and not classified.misattributed:
        needed = [
            reason.source.span.shifted(excerpt.sentence.start)
            for reason in classified.comparison.reasons
        ]
        if all(excerpt.reported.contains(span) for span in needed):
            return narrow(excerpt.article.text, excerpt.reported, [])
    return classified.quote


def _shorter(classified: Classified) -> Span:
    """The clauses with all words that bear on the claim, agree with it or differ from it. Speaker
    and cue may be left out, since the attribution has them, but only both. Direct speech is not
    cut."""
    excerpt = classified.excerpt
    text, said = excerpt.article.text, excerpt.attribution
    reporting = [part.span for part in (said.speaker, said.cue) if part]
    comparison = classified.comparison
    compared = [reason.source for reason in comparison.reasons]
    compared += [stated for _, stated in comparison.agreeing]
    bearing = [
        word for word in excerpt.bearing if not any(span.contains(word) for span in reporting)
    ]
    needed = [*bearing, *(words.span.shifted(excerpt.sentence.start) for words in compared)]
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
    title = head(article.title, article.stated_at)
    words = " ".join(quote.of(article.text).split())
    return Window(f"{title} {speaker.text}:" if speaker else title, (words,))


def _still_decides(classified: Classified, row: Sequence[float]) -> bool:
    probabilities = classified.excerpt.probabilities
    supports = classified.stance is Stance.SUPPORTS
    before = probabilities.supports if supports else probabilities.conflicts
    return row[SUPPORTS if supports else CONFLICTS] >= AS_SURELY * before
