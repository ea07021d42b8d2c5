"""A revision as its key holds it: the article, its passages and its quotes, compressed."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from service.domain.article import Article, Passage
from service.domain.quote import Quote
from service.domain.text import Span
from service.ports import Entry
from service.stores.context import texts_in_context
from service.stores.quotes import dump_quote, load_quote

_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class Record:
    """One revision; quotes are in the order of its text. What a number stands for never changes,
    so a record that was read may be kept."""

    article: Article
    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]

    @property
    def contexts(self) -> tuple[str, ...]:
        """What each of its passages is found by in the word leg."""
        spans = [passage.span for passage in self.passages]
        return texts_in_context(self.article.title, self.article.text, spans)

    def touching(self, span: Span) -> tuple[Quote, ...]:
        """The quotes of which some is in the span."""
        return tuple(q for q in self.quotes if q.span.start < span.end and q.span.end > span.start)


def record_of(entry: Entry) -> Record:
    """What is kept of an entry, but for its vectors."""
    quotes = tuple(sorted(entry.quotes, key=lambda quote: quote.span))
    return Record(entry.article, entry.passages, quotes)


def dump_record(record: Record) -> bytes:
    """JSON, compressed: about half of an article's text."""
    article = record.article
    value = {
        "id": article.id,
        "text": article.text,
        "title": article.title,
        "publisher": article.publisher,
        "authors": article.authors,
        "url": article.url,
        "published_at": article.published_at and article.published_at.isoformat(),
        "guessed": article.published_at_guessed,
        "language": article.language,
        "extra": article.extra,
        "revision": article.revision,
        "passages": [_dump_passage(passage) for passage in record.passages],
        "quotes": [json.loads(dump_quote(quote)) for quote in record.quotes],
    }
    return zlib.compress(_line(value).encode("utf-8", "surrogatepass"), _LEVEL)


def load_record(value: bytes) -> Record:
    """The record that `dump_record` was given. Raises ValueError for anything else."""
    try:
        found = json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass"))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    published = found["published_at"]
    article = Article(
        id=found["id"],
        text=found["text"],
        title=found["title"],
        publisher=found["publisher"],
        authors=tuple(found["authors"]),
        url=found["url"],
        published_at=datetime.fromisoformat(published) if published else None,
        language=found["language"],
        extra=found["extra"],
        revision=found["revision"],
        published_at_guessed=found["guessed"],
    )
    passages = tuple(_load_passage(*row) for row in found["passages"])
    return Record(article, passages, tuple(load_quote(_line(quote)) for quote in found["quotes"]))


def _dump_passage(passage: Passage) -> list[Any]:
    return [passage.span.start, passage.span.end, _pairs(passage.sentences)]


def _load_passage(start: int, end: int, sentences: Sequence[Sequence[int]]) -> Passage:
    return Passage(Span(start, end), tuple(Span(*pair) for pair in sentences))


def _pairs(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
