"""Cuts a draft into statements, each as a claim that can be checked alone, with the quotations in
it."""

import asyncio
import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

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

T = TypeVar("T")

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
class _Sentence:
    """A sentence of a draft as its reader reads it; spans are into `text`."""

    text: str
    span: Span
    quotes: Sequence[Quote]
    """The quotes that have a part of it."""
    quotations: Sequence[Quotation]
    """What between quotation marks stands in it, or in part."""


async def read_statements(draft: Draft, tagger: Tagger | None) -> tuple[Statement, ...]:
    """The statements of a draft that are to be checked, or that quote something, in order."""
    read = await asyncio.to_thread(prose, draft)
    sentences = (await asyncio.to_thread(segment, read.words)).sentences
    quotes = await attribute(read.words, sentences, tagger)
    return await asyncio.to_thread(lambda: tuple(_statements(read, sentences, quotes)))


def _statements(
    read: Extract, sentences: Sequence[Span], quotes: Sequence[Quote]
) -> Iterator[Statement]:
    text = read.words
    names = Names(text, sentences)
    quotes_in = _by_sentence(sentences, quotes, _extent)
    quotations_in = _by_sentence(sentences, quotations(text), _between_marks)
    for index, span in enumerate(sentences):
        sentence = _Sentence(text, span, quotes_in[index], quotations_in[index])
        in_full = names.in_full(index, sentence.quotes)
        for clause in _clauses(sentence):
            claim = _claim(sentence, clause, in_full)
            quoted = tuple(_quoted(read, sentence, clause))
            if quoted or claim:
                yield Statement(read.origin(clause), _tidy(clause.of(text)), claim, quoted)


def _by_sentence(
    sentences: Sequence[Span], parts: Iterable[T], extent: Callable[[T], Span]
) -> list[list[T]]:
    """For each sentence the parts of the text that it shares a character with, in order."""
    shared: list[list[T]] = [[] for _ in sentences]
    for part in parts:
        span = extent(part)
        first = bisect.bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
        last = bisect.bisect_left(sentences, span.end, key=lambda sentence: sentence.start)
        for index in range(first, last):
            shared[index].append(part)
    return shared


def _extent(quote: Quote) -> Span:
    """From the first word of a quote, its speaker or its cue to the last."""
    said = quote.attribution
    named = [part.span for part in (said.speaker, said.cue) if part is not None]
    parts = [*quote.content, *named]
    return Span(min(part.start for part in parts), max(part.end for part in parts))


def _between_marks(quotation: Quotation) -> Span:
    return Span(quotation.pieces[0].start, quotation.pieces[-1].end)


def _clauses(sentence: _Sentence) -> Sequence[Span]:
    """The sentence, or its clauses; what reports or quotes somebody is not cut."""
    if sentence.quotes or sentence.quotations:
        return [sentence.span]
    clauses = list(clauses_alone(words_of(sentence.text, sentence.span), sentence.text))
    return clauses if len(clauses) > 1 else [sentence.span]


def _claim(sentence: _Sentence, clause: Span, in_full: Sequence[InFull]) -> str | None:
    """What is to be checked of the words at `clause`, None if nothing is."""
    speaker = _speaker_elsewhere(sentence)
    if speaker is not None:
        said = _tidy(without_marks(sentence.text, clause).of(sentence.text))
        return _worth_a_check(f"{speaker} said: “{said}”") if states_something(said) else None
    claim = _tidy(_replaced(sentence.text, clause, in_full))
    if claim != _tidy(sentence.span.of(sentence.text)):
        claim = claim[:1].upper() + claim[1:]
    if clause != sentence.span and not claim.endswith((".", "!", "…")):
        claim += "."
    return _worth_a_check(claim) if states_something(claim) else None


def _worth_a_check(claim: str) -> str | None:
    return claim if len(claim) <= MAX_STATEMENT_CHARS else None


def _speaker_elsewhere(sentence: _Sentence) -> str | None:
    """Who says the words, where they are all a quotation and another sentence names the speaker."""
    bare = without_marks(sentence.text, sentence.span)
    for quote in sentence.quotes:
        said = quote.attribution
        speaker = said.resolved or said.speaker
        if said.speaker is None or speaker is None or said.speech is not SpeechKind.DIRECT:
            continue
        if sentence.span.overlaps(said.speaker.span) or speaker.text.lower() in PRONOUNS:
            continue
        if len(bare) and any(piece.contains(bare) for piece in quote.content):
            return _tidy(speaker.text)
    return None


def _quoted(read: Extract, sentence: _Sentence, clause: Span) -> Iterator[Quoted]:
    """The quotations that begin here and are worth verifying."""
    text = sentence.text
    for quotation in sentence.quotations:
        if not clause.start <= quotation.pieces[0].start < clause.end:
            continue
        bare = without_marks(text, Span(quotation.inner[0].start, quotation.inner[-1].end))
        words = sum(token.is_word for token in words_of(text, bare))
        said = _said_by(sentence.quotes, bare)
        if words >= (LEAST_WORDS if said else LEAST_WORDS_OF_NOBODY) and not _is_title(text, bare):
            yield Quoted(read.origin(bare), _tidy(bare.of(text)), said)


def _is_title(text: str, span: Span) -> bool:
    """Whether the words are the name of something: a book, a ship, a battalion."""
    return Token(span.of(text), "", span.start, span.end, 0).is_title


def _said_by(quotes: Sequence[Quote], words: Span) -> Attribution | None:
    for quote in quotes:
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
