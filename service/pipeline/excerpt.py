"""Takes from a sentence that was judged what bears on the claim, and whose words it has."""

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
from service.pipeline.judge import Judged
from service.pipeline.weighing import Probabilities

REPORTED_SHARE = 0.75
"""The share of a sentence's bearing words that a speaker's words must hold to be the evidence."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence that was judged, and what in it bears on the claim.

    `ranked` is how its passage was found, or the one that it was read beside. `bearing` are the
    sentence's words that the claim has too, and `shared` the share of the claim's words that they
    are, in 0..1; `in_order` says that they stand in the claim's order. `reported` is the part that
    is reported speech and holds most of them, None in narration. Where speech is told of within
    speech, `attribution` is the innermost and `outer` are the others. Spans are into the article.
    """

    passage: StoredPassage
    ranked: Ranked
    sentence: Span
    reading: Reading
    probabilities: Probabilities
    reported: Span | None
    bearing: tuple[Span, ...]
    shared: float
    in_order: bool
    attribution: Attribution
    outer: tuple[Attribution, ...] = ()

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
        """Whether it is from an embedded post: words of whoever wrote it, not of the outlet."""
        return is_post(self.article.text, self.sentence)

    @property
    def found(self) -> bool:
        """Whether retrieval found its passage, and not just one beside it."""
        return self.ranked.passage_id == self.passage.id


def excerpts(claim: Reading, judged: Sequence[Judged]) -> tuple[Excerpt, ...]:
    """One for each sentence, in order."""
    wanted = tuple(word.stem for word in claim.words)
    return tuple(_excerpt(wanted, one) for one in judged)


def _excerpt(claimed: Sequence[str], judged: Judged) -> Excerpt:
    wanted = frozenset(claimed)
    passage, sentence = judged.read.passage, judged.sentence
    text = passage.article.text
    reading = Reading(sentence.of(text))
    common = [word for word in reading.words if word.stem in wanted]
    bearing = tuple(word.span.shifted(sentence.start) for word in common)
    spoken = _spoken(passage.quotes, sentence, bearing)
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
        outer=tuple(other.attribution for other, _ in spoken if other is not quote),
    )


def _in_order(claimed: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the claim's words that were found can be read off in the claim's order."""
    left = iter(found)
    return all(word in left for word in claimed if word in set(found))


def _spoken(
    quotes: Sequence[Quote], sentence: Span, bearing: Sequence[Span]
) -> list[tuple[Quote, Span]]:
    """The reported speech that holds most of the bearing words, and where; innermost first."""
    holding = [
        (quote, part)
        for quote in quotes
        for part in _parts(quote, sentence)
        if _holds(quote, part, bearing)
    ]
    return sorted(holding, key=lambda found: len(found[1]))


def _parts(quote: Quote, sentence: Span) -> Sequence[Span]:
    """What of the quote lies in the sentence: each piece, and all of them with what interrupts."""
    pieces = [part for piece in quote.content if (part := _shared(piece, sentence))]
    if len(pieces) < 2:
        return pieces
    return [*pieces, Span(pieces[0].start, pieces[-1].end)]


def _shared(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _holds(quote: Quote, part: Span, bearing: Sequence[Span]) -> bool:
    """Whether most of the words lie in `part`; the words that report it are no matter."""
    said = quote.attribution
    reporting = [mention.span for mention in (said.speaker, said.cue) if mention]
    words = [word for word in bearing if not any(span.contains(word) for span in reporting)]
    return bool(words) and sum(map(part.contains, words)) >= REPORTED_SHARE * len(words)
