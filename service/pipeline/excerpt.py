"""Takes from the passages found what bears on the claim: a sentence, and whose words it has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.article import Article, StoredPassage
from service.domain.quote import Attribution, Quote
from service.domain.retrieval import Ranked, Retrieved
from service.domain.text import Span
from service.pipeline.attribute import narration
from service.pipeline.claims import has_predicate
from service.pipeline.clauses import narrow
from service.pipeline.compare.words import content_words, stems
from service.pipeline.weekdays import Written, same_days

MOSTLY = 0.75
"""The share of a sentence's bearing words that a speaker's words must hold to be the evidence."""

MUCH = 0.5
"""The share of the claim's words from which a clause is judged beside its sentence."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence that was found, and what in it bears on the claim.

    `ranked` is how its passage was found. `clause` is the part of the sentence that holds what it
    has of the claim, the sentence itself where that is little. `bearing` are the sentence's words
    that the claim has too, and `shared` the share of the claim's words that they are, in 0..1.
    `reported` is the part that is reported speech and holds most of them, None in narration. Where
    speech is told of within speech, `attribution` is the innermost and `outer` are the others.
    `titled` says that the article's title has a word of the claim that the sentence lacks, and
    `days` are its days of the week that are dates of the claim. Spans are into the article.
    """

    passage: StoredPassage
    ranked: Ranked
    sentence: Span
    clause: Span
    reported: Span | None
    bearing: tuple[Span, ...]
    shared: float
    attribution: Attribution
    outer: tuple[Attribution, ...] = ()
    titled: bool = False
    days: tuple[Written, ...] = ()

    @property
    def article(self) -> Article:
        """The article it is from."""
        return self.passage.article

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.of(self.article.text)

    @property
    def readings(self) -> tuple[str, ...]:
        """The texts to judge: the sentence, and the clause of it that has most of the claim.

        A long sentence drowns its clause. Where they say only "he", the speaker stands in front,
        and where they say only "the bridge", the title that names it. "On Monday" is read as the
        date that it was.
        """
        texts = dict.fromkeys((self._dated(self.sentence), self._dated(self.clause)))
        who = self.attribution.resolved
        speaker = f"{who.text}: " if who and who.text not in self.text else ""
        title = f"{self.article.title}: " if self.titled else ""
        return tuple(f"{title}{speaker}{text}" for text in texts)

    def _dated(self, part: Span) -> str:
        text = part.of(self.article.text)
        for span, day in reversed(self.days):
            if part.contains(span):
                at = span.shifted(-part.start)
                text = text[: at.start] + day + text[at.end :]
        return text


def excerpts(claim: str, retrieved: Sequence[Retrieved]) -> tuple[Excerpt, ...]:
    """The sentences of the passages, each once, in the order of retrieval; headings left out."""
    wanted = stems(content_words(claim))
    return tuple(_excerpt(claim, wanted, *found) for found in _sentences(retrieved))


def _excerpt(claim: str, wanted: frozenset[str], found: Retrieved, sentence: Span) -> Excerpt:
    passage, text = found.stored, found.stored.article.text
    common = [word for word in content_words(sentence.of(text)) if word.stem in wanted]
    bearing = tuple(word.span.shifted(sentence.start) for word in common)
    shared = len(stems(common)) / len(wanted) if wanted else 0.0
    missing = wanted - stems(common)
    spoken = _spoken(passage.quotes, sentence, bearing)
    quote, reported = spoken[0] if spoken else (None, None)
    return Excerpt(
        passage=passage,
        ranked=found.ranked,
        sentence=sentence,
        clause=narrow(text, sentence, bearing) if shared >= MUCH else sentence,
        reported=reported,
        bearing=bearing,
        shared=shared,
        attribution=quote.attribution if quote else narration(text, sentence),
        outer=tuple(other.attribution for other, _ in spoken if other is not quote),
        days=tuple(_days(claim, found.stored.article, sentence)),
        titled=bool(missing & stems(content_words(found.stored.article.title))),
    )


def _days(claim: str, article: Article, sentence: Span) -> Iterator[Written]:
    if article.published_at is not None:
        day = article.published_at.date()
        for span, written in same_days(claim, sentence.of(article.text), day):
            yield span.shifted(sentence.start), written


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
    return bool(words) and sum(map(part.contains, words)) >= MOSTLY * len(words)
