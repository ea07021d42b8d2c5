"""Reading articles, passages and quotes back from the catalogue."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from service.domain.article import Article, Passage, StoredPassage, StoredQuote, StoredRevision
from service.domain.claim import Filters, QuoteQuery
from service.domain.quote import Quote
from service.domain.text import Span
from service.ports import ArticlePage, QuotePage
from service.stores.cursor import read_cursor, write_cursor
from service.stores.embedded.catalogue import Catalogue
from service.stores.embedded.conditions import marks, passing, together
from service.stores.embedded.past_revisions import past_passage
from service.stores.embedded.quote_terms import find_quotes
from service.stores.quotes import load_quote
from service.stores.times import FOREVER, from_microseconds

_ARTICLE: Final = (
    "r.id, text, title, r.publisher, authors, url, published_at, language, extra, r.revision,"
    " published_at_guessed"
)
_CURRENT: Final = "articles a JOIN revisions r ON r.key = a.revision"
_STANDING: Final = "standing s JOIN revisions r ON r.key = s.revision"
_RECENT_ARTICLES: Final = 512
_MOST_VARIABLES: Final = 500


class Archive:
    """Safe to use from several threads. What a revision's key stands for never changes, so
    articles that were read lately are kept."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._revision = lru_cache(_RECENT_ARTICLES)(self._read_revision)

    def article(self, article_id: str) -> Article | None:
        """The current revision."""
        row = self._catalogue.reader.execute(
            f"SELECT {_ARTICLE} FROM {_CURRENT} WHERE a.id = ?",  # noqa: S608 - our words
            (article_id,),
        ).fetchone()
        return _article(row) if row else None

    def history(self, article_id: str) -> list[StoredRevision]:
        """Every revision that stands or stood, newest first."""
        rows = self._catalogue.reader.execute(
            f"SELECT s.since, s.until, {_ARTICLE} FROM {_STANDING} WHERE s.id = ?"  # noqa: S608
            " ORDER BY s.until DESC, s.since DESC",
            (article_id,),
        ).fetchall()
        return [
            StoredRevision(
                _article(row),
                from_microseconds(since),
                None if until == FOREVER else from_microseconds(until),
            )
            for since, until, *row in rows
        ]

    def unread(self, limit: int) -> list[Article]:
        """Those of which only the text is there."""
        rows = self._catalogue.reader.execute(
            f"SELECT {_ARTICLE} FROM unread u JOIN revisions r ON r.key = u.revision"  # noqa: S608
            " ORDER BY u.revision LIMIT ?",
            (limit,),
        ).fetchall()
        return [_article(row) for row in rows]

    def revisions(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The current revision of each id that is known and was read."""
        known: dict[str, str] = {}
        for part in range(0, len(article_ids), _MOST_VARIABLES):
            some = article_ids[part : part + _MOST_VARIABLES]
            known.update(
                self._catalogue.reader.execute(
                    f"SELECT a.id, r.revision FROM {_CURRENT} WHERE a.id IN ({marks(some)})"  # noqa: S608
                    " AND a.revision NOT IN (SELECT revision FROM unread)",
                    some,
                )
            )
        return known

    def quotes(self, article_id: str) -> tuple[Quote, ...]:
        """The quotes of the current revision, in the order of its text."""
        rows = self._catalogue.reader.execute(
            "SELECT quote FROM articles a JOIN quotes q ON q.revision = a.revision"
            " WHERE a.id = ? ORDER BY ordinal",
            (article_id,),
        )
        return tuple(load_quote(line) for (line,) in rows)

    def page(
        self, filters: Filters, url: str | None, limit: int, cursor: str | None
    ) -> ArticlePage:
        """Newest first, undated last, equal ones by id. Raises InvalidCursor."""
        conditions = passing(filters)
        if url is not None:
            conditions.append(("s.revision IN (SELECT key FROM revisions WHERE url = ?)", [url]))
        if cursor is not None:
            published, article_id = read_cursor(cursor)
            after = "s.published <= ? AND (s.published < ? OR s.id > ?)"
            conditions.append((after, [published, published, article_id]))
        where, values = together(conditions)
        rows = self._catalogue.reader.execute(
            f"SELECT s.published, {_ARTICLE} FROM {_STANDING} WHERE {where}"  # noqa: S608 - our words
            " ORDER BY s.published DESC, s.id LIMIT ?",
            [*values, limit + 1],
        ).fetchall()
        shown = tuple(_article(row[1:]) for row in rows[:limit])
        more = len(rows) > limit
        return ArticlePage(shown, write_cursor(rows[limit - 1][0], shown[-1].id) if more else None)

    def said(self, query: QuoteQuery, limit: int, cursor: str | None) -> QuotePage:
        """Newest first, undated last, equal ones by id and place. Raises InvalidCursor."""
        rows, following = find_quotes(self._catalogue.reader, query, limit, cursor)
        found = [(load_quote(line), self._revision(revision)) for revision, line in rows]
        quotes = tuple(StoredQuote(quote, article) for quote, article in found if article)
        return QuotePage(quotes, following)

    def past_passages(self, passage_ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Those of the ids that are of revisions which have been replaced."""
        found: dict[str, StoredPassage] = {}
        for passage_id in passage_ids:
            past = past_passage(self._catalogue.reader, passage_id)
            article = self._revision(past[0]) if past else None
            if past and article:
                quotes = self._touching(past[0], past[1].span)
                found[passage_id] = StoredPassage(passage_id, past[1], article, quotes)
        return found

    def passages(self, keys: Mapping[str, int]) -> dict[str, StoredPassage]:
        """The passages of these ids, by their keys; those that are gone are left out."""
        rows = self._catalogue.reader.execute(
            f'SELECT key, revision, "start", "end", sentences FROM passages'  # noqa: S608
            f" WHERE key IN ({marks(keys)})",
            tuple(keys.values()),
        ).fetchall()
        by_key = {row[0]: row[1:] for row in rows}
        return {
            passage_id: StoredPassage(passage_id, *parts)
            for passage_id, key in keys.items()
            if key in by_key and (parts := self._parts(*by_key[key]))
        }

    def forget(self) -> None:
        """Lets go of the articles that were read lately."""
        self._revision.cache_clear()

    def _parts(
        self, revision: int, start: int, end: int, sentences: str
    ) -> tuple[Passage, Article, tuple[Quote, ...]] | None:
        article = self._revision(revision)
        if article is None:  # deleted since its passage was read
            return None
        spans = tuple(Span(first, last) for first, last in json.loads(sentences))
        whole = Span(start, end)
        return Passage(whole, spans), article, self._touching(revision, whole)

    def _touching(self, revision: int, span: Span) -> tuple[Quote, ...]:
        touching = self._catalogue.reader.execute(
            'SELECT quote FROM quotes WHERE revision = ? AND "start" < ? AND "end" > ?'
            " ORDER BY ordinal",
            (revision, span.end, span.start),
        )
        return tuple(load_quote(line) for (line,) in touching)

    def _read_revision(self, revision: int) -> Article | None:
        row = self._catalogue.reader.execute(
            f"SELECT {_ARTICLE} FROM revisions r WHERE key = ?",  # noqa: S608 - our words
            (revision,),
        ).fetchone()
        return _article(row) if row else None


def _article(row: Sequence[Any]) -> Article:
    """An article as it was stored. Its revision is read and not computed again, which for ten
    long articles takes as long as finding them."""
    (article_id, text, title, publisher, authors, url, published_at, language, extra, revision,
     guessed) = row  # fmt: skip
    return Article(
        id=article_id,
        text=text,
        title=title,
        publisher=publisher,
        authors=tuple(json.loads(authors)),
        url=url,
        published_at=datetime.fromisoformat(published_at) if published_at else None,
        language=language,
        extra=json.loads(extra) if extra else {},
        revision=revision,
        published_at_guessed=bool(guessed),
    )
