"""Finds what of a judged sentence bears on the claim, and whose words the sentence is."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.article import Article, StoredPassage
from service.domain.quote import Attribution, Quote
from service.domain.retrieval import Ranked
from service.domain.text import Span
from service.english.reading import Reading
from service.english.speech.signatures import is_post
from service.english.text.words import stems
from service.pipeline.attribute import narration
from service.pipeline.classifier import Probabilities
from service.pipeline.judge import Judged

REPORTED_SHARE = 0.75
"""The share of the bearing words of a sentence from which a quote holds them: they are then the
speaker's words."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence that was judged, and what in it bears on the claim. Spans are into the article's
    text."""

    passage: StoredPassage
    ranked: Ranked
    """How its passage was found, or the passage beside which it was read."""
    sentence: Span
    reading: Reading
    probabilities: Probabilities
    """What the stance model says of it."""
    reported: Span | None
    """The reported speech that holds most of the bearing words; None in narration."""
    bearing: tuple[Span, ...]
    """The words of the sentence that the claim has too."""
    shared: float
    """The share of the claim's words that the sentence has, in 0..1."""
    in_order: bool
    """Whether the bearing words stand in the claim's order."""
    attribution: Attribution
    """Whose words they are; where speech reports speech, the innermost speaker's."""
    outer: tuple[Attribution, ...] = ()
    """Who reports that speech, the nearest first."""

    @property
    def article(self) -> Article:
        """The article it is from."""
        return self.passage.article

    @property
    def text(self) -> str:
        """The sentence."""
        return self.reading.text

    @property
    def is_post(self) -> bool:
        """Whether it is from an embedded post: words of the post's author, not of the outlet."""
        return is_post(self.article.text, self.sentence)

    @property
    def found(self) -> bool:
        """Whether retrieval found its passage, and not just one beside it."""
        return self.ranked.passage_id == self.passage.id


def excerpts(claim: Reading, judged: Sequence[Judged]) -> tuple[Excerpt, ...]:
    """One for each sentence, in order."""
    wanted = tuple(word.stem for word in claim.words)
    return tuple(_excerpt(wanted, each) for each in judged)


def _excerpt(claimed: Sequence[str], judged: Judged) -> Excerpt:
    wanted = frozenset(claimed)
    passage, sentence = judged.read.passage, judged.sentence
    text = passage.article.text
    reading = Reading(sentence.of(text))
    common = [word for word in reading.words if word.stem in wanted]
    bearing = tuple(word.span.shifted(sentence.start) for word in common)
    spoken = _speech_around(passage.quotes, sentence, bearing)
    quote, reported = spoken[0] if spoken else (None, None)
    return Excerpt(
        passage=passage,
        ranked=judged.read.ranked,
        sentence=sentence,
        reading=reading,
        probabilities=judged.probabilities,
        reported=reported,
        bearing=bearing,
        shared=len(stems(common)) / len(wanted) if wanted else 0.0,
        in_order=_in_order(claimed, [word.stem for word in common]),
        attribution=quote.attribution if quote else narration(text, sentence),
        outer=tuple(around.attribution for around, _ in spoken if around is not quote),
    )


def _in_order(claimed: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the claim's words that were found stand in the claim's order."""
    left = iter(found)
    return all(word in left for word in claimed if word in set(found))


def _speech_around(
    quotes: Sequence[Quote], sentence: Span, bearing: Sequence[Span]
) -> list[tuple[Quote, Span]]:
    """The quotes that hold most of the bearing words, each with that part; innermost first."""
    holding = [
        (quote, part)
        for quote in quotes
        for part in _parts(quote, sentence)
        if _holds(quote, part, bearing)
    ]
    return sorted(holding, key=lambda found: len(found[1]))


def _parts(quote: Quote, sentence: Span) -> Sequence[Span]:
    """What of a quote is in the sentence: each piece, and all pieces with what interrupts them."""
    pieces = [part for piece in quote.content if (part := _part_inside(piece, sentence))]
    if len(pieces) < 2:
        return pieces
    return [*pieces, Span(pieces[0].start, pieces[-1].end)]


def _part_inside(piece: Span, sentence: Span) -> Span | None:
    start, end = max(piece.start, sentence.start), min(piece.end, sentence.end)
    return Span(start, end) if start < end else None


def _holds(quote: Quote, part: Span, bearing: Sequence[Span]) -> bool:
    """Whether most of the bearing words lie in `part`; those of speaker and cue do not count."""
    said = quote.attribution
    reporting = [mention.span for mention in (said.speaker, said.cue) if mention]
    words = [word for word in bearing if not any(span.contains(word) for span in reporting)]
    return bool(words) and sum(map(part.contains, words)) >= REPORTED_SHARE * len(words)
