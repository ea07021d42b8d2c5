"""Cuts a draft into statements, each as a claim that can be checked alone, with the quotations in
it."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.draft import Draft
from service.domain.quote import Attribution, Quote, SpeechKind
from service.domain.text import Extract, Span, normalise
from service.english.lexicon import PRONOUNS
from service.english.speakers.standing_alone import InFull, Names
from service.english.speech.compounds import clauses_alone
from service.english.text.quotation_marks import Quotation, quotations
from service.english.text.quoted_words import without_marks
from service.english.text.segment import segment
from service.english.text.tokens import Token, words_of
from service.pipeline.attribute import attribute
from service.pipeline.claims import states_something
from service.pipeline.markup import prose
from service.ports import Tagger

MAX_STATEMENT_CHARS = 2_000
"""A claim's longest; a longer sentence is no sentence."""
LEAST_WORDS = 3
"""The fewest words of a quotation that is verified."""
LEAST_WORDS_OF_NOBODY = 5
"""The same where nobody is said to have said them: shorter ones are names and irony."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks."""

    span: Span
    """Into the draft as it was handed in, without the marks."""
    words: str
    speaker: Attribution | None
    """Whose words they are said to be; None where nobody is named."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or a clause of a draft."""

    span: Span
    """Into the draft as it was handed in: the author's own words."""
    words: str
    """The same without markup."""
    claim: str | None
    """What is checked: the words with names for what stands for them; None where nothing is."""
    quoted: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A draft as its reader reads it; spans are into `prose.words`."""

    prose: Extract
    sentences: Sequence[Span]
    quotes: Sequence[Quote]
    quotations: Sequence[Quotation]

    @property
    def words(self) -> str:
        return self.prose.words


async def read_statements(draft: Draft, tagger: Tagger | None) -> tuple[Statement, ...]:
    """The statements of a draft that are to be checked, or that quote something, in order."""
    read = await asyncio.to_thread(prose, draft)
    sentences = (await asyncio.to_thread(segment, read.words)).sentences
    quotes = await attribute(read.words, sentences, tagger)
    return await asyncio.to_thread(
        lambda: tuple(_statements(_Read(read, sentences, quotes, quotations(read.words))))
    )


def _statements(read: _Read) -> Iterator[Statement]:
    names = Names(read.words, read.sentences, read.quotes)
    for index, sentence in enumerate(read.sentences):
        in_full = names.in_full(index)
        for clause in _clauses(read, sentence):
            words = _tidy(clause.of(read.words))
            claim = _claim(read, clause, in_full, is_whole=clause == sentence)
            quoted = tuple(_quoted(read, clause))
            if quoted or claim:
                yield Statement(read.prose.origin(clause), words, claim, quoted)


def _clauses(read: _Read, sentence: Span) -> Iterator[Span]:
    """The sentence, or its clauses; what reports or quotes somebody is not cut."""
    if any(_touches(quote, sentence) for quote in read.quotes):
        yield sentence
        return
    pieces = [piece for quotation in read.quotations for piece in quotation.pieces]
    if any(piece.overlaps(sentence) for piece in pieces):
        yield sentence
        return
    clauses = list(clauses_alone(words_of(read.words, sentence), read.words))
    # The full stop after the last token belongs to the sentence.
    yield from clauses if len(clauses) > 1 else [sentence]


def _touches(quote: Quote, sentence: Span) -> bool:
    cue = quote.attribution.cue
    parts = [*quote.content, *([cue.span] if cue else [])]
    return any(part.overlaps(sentence) for part in parts)


def _claim(read: _Read, clause: Span, in_full: Sequence[InFull], *, is_whole: bool) -> str | None:
    """What is to be checked of the words at `clause`, None if nothing is."""
    speaker = _speaker_elsewhere(read, clause)
    if speaker is not None:
        bare = without_marks(read.words, clause)
        said = _tidy(bare.of(read.words))
        claim = f"{speaker} said: “{said}”"
        return claim if states_something(said) and len(claim) <= MAX_STATEMENT_CHARS else None
    claim = _tidy(_replaced(read.words, clause, in_full))
    if not is_whole or claim != _tidy(clause.of(read.words)):
        claim = claim[:1].upper() + claim[1:]
    if not is_whole:
        claim += "" if claim.endswith((".", "!", "…")) else "."
    return claim if states_something(claim) and len(claim) <= MAX_STATEMENT_CHARS else None


def _speaker_elsewhere(read: _Read, clause: Span) -> str | None:
    """Who says the words, where they are all a quotation and another sentence names the speaker."""
    bare = without_marks(read.words, clause)
    for quote in read.quotes:
        said = quote.attribution
        speaker = said.resolved or said.speaker
        if speaker is None or said.speech is not SpeechKind.DIRECT:
            continue
        if clause.overlaps((said.speaker or speaker).span) or speaker.text.lower() in PRONOUNS:
            continue
        if len(bare) and any(piece.contains(bare) for piece in quote.content):
            return _tidy(speaker.text)
    return None


def _quoted(read: _Read, clause: Span) -> Iterator[Quoted]:
    """The quotations that begin here and are worth verifying."""
    for quotation in read.quotations:
        span = Span(quotation.inner[0].start, quotation.inner[-1].end)
        if not clause.start <= quotation.pieces[0].start < clause.end:
            continue
        bare = without_marks(read.words, span)
        words = sum(token.is_word for token in words_of(read.words, bare))
        said = _said_by(read, bare)
        least = LEAST_WORDS if said else LEAST_WORDS_OF_NOBODY
        if words >= least and not _is_title(read.words, bare):
            yield Quoted(read.prose.origin(bare), _tidy(bare.of(read.words)), said)


def _is_title(text: str, span: Span) -> bool:
    """Whether the words are the name of something: a book, a ship, a battalion."""
    return Token(span.of(text), "", span.start, span.end, 0).is_title


def _said_by(read: _Read, words: Span) -> Attribution | None:
    for quote in read.quotes:
        if any(piece.overlaps(words) for piece in quote.content) and quote.attribution.speaker:
            return quote.attribution
    return None


def _replaced(text: str, span: Span, in_full: Sequence[InFull]) -> str:
    """The words at `span` with names in full."""
    parts: list[str] = []
    at = span.start
    for each in in_full:
        if span.contains(each.span):
            parts += text[at : each.span.start], each.words
            at = each.span.end
    return "".join([*parts, text[at : span.end]])


def _tidy(words: str) -> str:
    return " ".join(normalise(words).split())
