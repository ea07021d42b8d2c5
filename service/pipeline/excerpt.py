"""Takes from the passages found what bears on the claim: a sentence, and whose words it has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.article import Article, StoredPassage
from service.domain.quote import Attribution, Quote
from service.domain.retrieval import Ranked, Retrieved
from service.domain.text import Span
from service.pipeline.attribute import narration
from service.pipeline.claims import has_predicate
from service.pipeline.compare.words import content_words, stems

MOSTLY = 0.75
"""The share of a sentence's bearing words that a speaker's words must hold to be the evidence."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence that was found, and what in it bears on the claim.

    `ranked` is how its passage was found. `bearing` are the sentence's words that the claim has
    too, and `shared` the share of the claim's words that they are, in 0..1. `reported` is the part
    that is reported speech and holds most of them, None in narration. Spans are into the article.
    """

    passage: StoredPassage
    ranked: Ranked
    sentence: Span
    reported: Span | None
    bearing: tuple[Span, ...]
    shared: float
    attribution: Attribution

    @property
    def article(self) -> Article:
        """The article it is from."""
        return self.passage.article

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.of(self.article.text)

    @property
    def reading(self) -> str:
        """The sentence as it is judged: with its speaker in front where it says only "he"."""
        who = self.attribution.resolved
        return self.text if who is None or who.text in self.text else f"{who.text}: {self.text}"


def excerpts(claim: str, retrieved: Sequence[Retrieved]) -> tuple[Excerpt, ...]:
    """The sentences of the passages, each once, in the order of retrieval; headings left out."""
    wanted = stems(content_words(claim))
    return tuple(_excerpt(wanted, *found) for found in _sentences(retrieved))


def _excerpt(wanted: frozenset[str], found: Retrieved, sentence: Span) -> Excerpt:
    passage, text = found.stored, found.stored.article.text
    common = [word for word in content_words(sentence.of(text)) if word.stem in wanted]
    bearing = tuple(word.span.shifted(sentence.start) for word in common)
    quote, reported = _spoken(passage.quotes, sentence, bearing) or (None, None)
    return Excerpt(
        passage=passage,
        ranked=found.ranked,
        sentence=sentence,
        reported=reported,
        bearing=bearing,
        shared=len(stems(common)) / len(wanted) if wanted else 0.0,
        attribution=quote.attribution if quote else narration(text, sentence),
    )


def _sentences(retrieved: Sequence[Retrieved]) -> Iterator[tuple[Retrieved, Span]]:
    seen: set[tuple[str, Span]] = set()
    for found in retrieved:
        article = found.stored.article
        for span in found.stored.passage.sentences:
            if (article.id, span) not in seen and has_predicate(span.of(article.text)):
                seen.add((article.id, span))
                yield found, span


def _spoken(
    quotes: Sequence[Quote], sentence: Span, bearing: Sequence[Span]
) -> tuple[Quote, Span] | None:
    """The innermost reported speech that holds most of the bearing words, and where."""
    holding = [
        (quote, part)
        for quote in quotes
        for part in _parts(quote, sentence)
        if _holds(quote, part, bearing)
    ]
    return min(holding, key=lambda found: len(found[1])) if holding else None


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
    return bool(words) and sum(map(part.contains, words)) >= MOSTLY * len(words)
