"""Verifies a quotation: are these words on record, and are they whose they are said to be?"""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from service.domain.article import Article, StoredQuote
from service.domain.claim import Filters, QuoteQuery
from service.domain.quotation import (
    ChangeKind,
    QuotationQuery,
    QuotationResult,
    VerifiedQuotation,
    WordChange,
)
from service.domain.quote import Attribution, Quote, SpeakerKind, SpeechKind
from service.domain.text import Mention, Span, mention
from service.english.speakers.identity import same_speaker
from service.english.speakers.phrases import speaker as read_speaker
from service.english.text.quotation_marks import quotations
from service.english.text.quoted_words import QuotedWord, quoted_words, without_marks
from service.pipeline.check import Checker
from service.pipeline.compare.wording import Differing, Wording, compare_wording
from service.pipeline.excluded import article_ids

PASSAGES = 24
SAID = 20
"""How many passages, and how many quotes that have all of the words, are compared."""
_BESIDE_CHARS = 120
_PAUSE_CHARS, _PAUSE_OF_ANYBODY_CHARS = 400, 100
"""Quotations further apart than this are not read as one: of one speaker, and where it is not known
that both are."""


@dataclass(frozen=True, slots=True)
class _Least:
    """The least that two wordings have in common: which share of the quotation's words, how many
    words, and how many of these are more than function words."""

    share: float
    agreeing: int
    telling: int

    def met_by(self, wording: Wording) -> bool:
        return (
            wording.share >= self.share
            and wording.matched >= self.agreeing
            and wording.telling >= self.telling
        )


ALTERED = (_Least(0.6, 5, 3), _Least(0.8, 5, 2))
"""One of these makes words of the same speaker an altered quotation. With fewer words or a smaller
share, nine short phrases of 1,668 were taken for others that happen to be built alike."""
ALTERED_BY_ANYBODY = (_Least(0.65, 9, 4), _Least(0.85, 6, 3))
"""The same where the speaker is open."""
OF_ANOTHER = _Least(0.9, 7, 4)
"""What makes somebody else's words the quotation's: everybody says "I don't know"."""
NEAREST = _Least(0.5, 3, 2)
"""What makes a quote the nearest to one that was not found."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words between quotation marks in an article, and who may have said them."""

    span: Span
    said: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place in the archive where a quotation may stand."""

    article: Article
    words: tuple[QuotedWord, ...]
    wording: Wording
    said: tuple[Attribution, ...]
    same: bool | None
    """Whether the speaker is the one asked for; None where that is open."""

    @property
    def exact(self) -> bool:
        return not self.wording.differing and self.wording.matched > 0


@dataclass(slots=True)
class _Read:
    """What retrieval found of one article."""

    article: Article
    quotes: list[Quote] = field(default_factory=list)
    near: list[Span] = field(default_factory=list)


def ascribed_to(name: str) -> Attribution | None:
    """Whom a name or a description means, None where there is none."""
    if not name:
        return None
    read = read_speaker(name, Span(0, len(name)))
    return Attribution(
        speaker=read.mention, role=read.role, organisation=read.organisation, kind=read.kind
    )


async def verify_asked(query: QuotationQuery, checker: Checker) -> VerifiedQuotation:
    """What the archive says of a quotation that somebody asks about."""
    return await verify(
        query.words,
        ascribed_to(query.speaker),
        checker,
        query.filters,
        excluded=await article_ids(query.excluded_articles, checker.store),
    )


async def verify(
    quotation: str,
    speaker: Attribution | None,
    checker: Checker,
    filters: Filters,
    *,
    excluded: Collection[str] = (),
) -> VerifiedQuotation:
    """What the archive says of the words of `quotation`, with or without marks around them, and of
    their speaker. Articles with an id in `excluded` are not read."""
    bare = without_marks(quotation, Span(0, len(quotation))).of(quotation)
    words = tuple(quoted_words(bare, Span(0, len(bare))))
    plain = " ".join(word.key for word in words if not word.editorial)
    if not plain:
        return VerifiedQuotation(bare, speaker, QuotationResult.NOT_FOUND)
    found = await checker.search(plain, filters, limit=PASSAGES, excluded=excluded)
    said = await checker.store.said(QuoteQuery(words=plain, filters=filters), limit=SAID)
    read: dict[str, _Read] = {}
    for passage in (each.stored for each in found):
        part = read.setdefault(passage.article.revision, _Read(passage.article))
        part.quotes += passage.quotes
        part.near.append(passage.passage.span)
    for stored in said.quotes:
        if stored.article.id not in excluded:
            part = read.setdefault(stored.article.revision, _Read(stored.article))
            part.quotes.append(stored.quote)
            part.near.append(stored.quote.span)
    return await asyncio.to_thread(_verified, bare, words, speaker, list(read.values()))


def _verified(
    quotation: str,
    words: Sequence[QuotedWord],
    speaker: Attribution | None,
    read: Sequence[_Read],
) -> VerifiedQuotation:
    candidates = [each for part in read for each in _candidates(words, speaker, part)]
    ranked = [
        (rank, candidate) for candidate in candidates if (rank := _rank(candidate)) is not None
    ]
    if not ranked:
        return VerifiedQuotation(quotation, speaker, QuotationResult.NOT_FOUND)
    (_, result), best = min(ranked, key=_order)
    return VerifiedQuotation(
        quotation=quotation,
        speaker=speaker,
        result=result,
        changes=tuple(_changes(quotation, best)) if result is not QuotationResult.EXACT else (),
        source=StoredQuote(_quote(best), best.article),
    )


def _order(ranked: tuple[tuple[int, QuotationResult], _Candidate]) -> tuple[int, float, str, int]:
    """The best result first, then the most alike, then any order that stays the same."""
    (rank, _), candidate = ranked
    wording = candidate.wording
    return rank, -wording.share, candidate.article.id, candidate.words[wording.first].span.start


def _rank(candidate: _Candidate) -> tuple[int, QuotationResult] | None:
    """What a candidate makes of the quotation, and its place among results: exact words of the
    speaker come first, then those of whoever may be the speaker."""
    wording, same = candidate.wording, candidate.same
    if candidate.exact and same is not False:
        return (0 if same else 1), QuotationResult.EXACT
    if same is True and any(least.met_by(wording) for least in ALTERED):
        return 2, QuotationResult.ALTERED
    if same is False and OF_ANOTHER.met_by(wording):
        return 3, QuotationResult.MISATTRIBUTED
    if same is None and any(least.met_by(wording) for least in ALTERED_BY_ANYBODY):
        return 4, QuotationResult.ALTERED
    return (5, QuotationResult.NOT_FOUND) if NEAREST.met_by(wording) else None


def _candidates(
    words: Sequence[QuotedWord], speaker: Attribution | None, read: _Read
) -> Iterator[_Candidate]:
    """One for each speaker's words in an article, near what retrieval found of it."""
    text = read.article.text
    for run in _runs(list(_pieces(read))):
        if not any(piece.span.overlaps(near) for piece in run for near in read.near):
            continue
        source = [word for piece in run for word in quoted_words(text, piece.span)]
        wording = compare_wording(words, source)
        if wording is None:
            continue
        place = Span(source[wording.first].span.start, source[wording.last].span.end)
        wording = _without_words_beside(words, wording, text, place)
        said = tuple(said for piece in run if piece.span.overlaps(place) for said in piece.said)
        yield _Candidate(read.article, tuple(source), wording, said, _is_same(speaker, said))


def _without_words_beside(
    words: Sequence[QuotedWord], wording: Wording, text: str, place: Span
) -> Wording:
    """The wording without a difference at either end that the article has right there, outside its
    marks: there “will not be boots on the ground”."""
    first, last = words[0].span.start, words[-1].span.end
    before = quoted_words(text, Span(max(0, place.start - _BESIDE_CHARS), place.start))
    after = quoted_words(text, Span(place.end, min(len(text), place.end + _BESIDE_CHARS)))
    read = [word.key for word in before], [word.key for word in after]

    def is_beside(differing: Differing) -> bool:
        keys = [word.key for word in words if differing.quoted.contains(word.span)]
        if len(differing.source) or not keys:
            return False
        opens, closes = differing.quoted.start == first, differing.quoted.end == last
        return (opens and read[0][-len(keys) :] == keys) or (
            closes and read[1][: len(keys)] == keys
        )

    kept = tuple(each for each in wording.differing if not is_beside(each))
    return replace(wording, differing=kept)


def _pieces(read: _Read) -> Iterator[_Piece]:
    """What stands between quotation marks, in the order of the text."""
    for quotation in quotations(read.article.text):
        for inner in quotation.inner:
            said = {
                quote.attribution: None
                for quote in read.quotes
                if any(content.overlaps(inner) for content in quote.content)
            }
            yield _Piece(inner, tuple(said))


def _runs(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Quotations that follow each other and may be one person's: “We will not,” he said, “pay.”"""
    run: list[_Piece] = []
    for piece in pieces:
        if run and not _continues(run[-1], piece):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _continues(before: _Piece, after: _Piece) -> bool:
    known = before.said and after.said
    pause_chars = after.span.start - before.span.end
    if pause_chars > (_PAUSE_CHARS if known else _PAUSE_OF_ANYBODY_CHARS):
        return False
    return all(same_speaker(one, other) is not False for one in before.said for other in after.said)


def _is_same(asked: Attribution | None, said: Sequence[Attribution]) -> bool | None:
    """Whether one of them is who was asked for; None where nobody was, or it is open."""
    if asked is None or not said:
        return None
    told = {same_speaker(asked, each) for each in said}
    return True if True in told else None if None in told else False


def _quote(candidate: _Candidate) -> Quote:
    """The words on record, as a quote of the article."""
    wording, words = candidate.wording, candidate.words
    place = Span(words[wording.first].span.start, words[wording.last].span.end)
    known = max(candidate.said, key=_is_known, default=None)
    said = known or Attribution(kind=SpeakerKind.UNATTRIBUTED, speech=SpeechKind.DIRECT)
    return Quote((place,), said)


def _is_known(said: Attribution) -> tuple[bool, bool]:
    return said.speaker is not None, said.resolved is not None


def _changes(quotation: str, candidate: _Candidate) -> Iterator[WordChange]:
    text, words = candidate.article.text, candidate.words
    for differing in candidate.wording.differing:
        source = _mention(text, words, differing.source)
        quoted = mention(quotation, differing.quoted)
        if not quoted.text:
            kind = ChangeKind.LEFT_OUT
        else:
            kind = ChangeKind.REPLACED if source.text else ChangeKind.ADDED
        yield WordChange(kind, quoted, source)


def _mention(text: str, words: Sequence[QuotedWord], indices: Span) -> Mention:
    """The words at these indices; an empty mention stands after the word before."""
    if len(indices):
        span = Span(words[indices.start].span.start, words[indices.end - 1].span.end)
        return mention(text, span)
    at = words[indices.start - 1].span.end if indices.start else words[0].span.start
    return mention(text, Span(at, at))
