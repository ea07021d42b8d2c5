"""Who tells that somebody said something: the chain of nested speech."""

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from service.domain.quote import Quote
from service.domain.text import Mention, Span


def with_reporters(quotes: Sequence[Quote]) -> Iterator[Quote]:
    """The quotes, ordered by their contents, each with those in whose reported words it is said to
    have been said."""
    spans = [quote.span for quote in quotes]
    reaches = list(accumulate((span.end for span in spans), max))
    for quote in quotes:
        said = quote.attribution
        speaker = said.resolved or said.speaker
        if said.cue is None or speaker is None:
            yield quote
            continue
        around = _around(said.cue.span, quotes, spans, reaches)
        tellers = map(_speaker, sorted(around, key=lambda outer: len(outer.span)))
        reported_by = tuple(who for who in tellers if who and who.text != speaker.text)
        yield replace(quote, attribution=replace(said, reported_by=reported_by))


def _around(
    cue: Span, quotes: Sequence[Quote], spans: Sequence[Span], reaches: Sequence[int]
) -> Iterator[Quote]:
    """The quotes that hold a cue. `reaches` is how far each and those before it go."""
    index = bisect.bisect_right(spans, cue.start, key=lambda span: span.start) - 1
    while index >= 0 and reaches[index] > cue.start:
        if any(piece.contains(cue) for piece in quotes[index].content):
            yield quotes[index]
        index -= 1


def _speaker(quote: Quote) -> Mention | None:
    return quote.attribution.resolved or quote.attribution.speaker
