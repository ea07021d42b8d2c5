"""Which quotes are whose, and about what: a row in the catalogue for each term of each quote.

Rows are in the order of the pages, so a page is read from where the last one ended, however much
was said.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from service.domain.claim import QuoteQuery
from service.domain.quote import Quote
from service.domain.spelling import spelt
from service.stores.cursor import read_quote_cursor, write_quote_cursor
from service.stores.embedded.conditions import Condition, passing, together
from service.stores.embedded.place import Place
from service.stores.quotes import load_quote
from service.stores.terms import quote_terms, terms_asked

_COUNTED: Final = 1_000
"""Rows of a term that are counted to find the rarest; beyond it the order hardly matters."""
_Row = tuple[str, int, str, int, int]


def insert_terms(
    connection: sqlite3.Connection, place: Place, text: str, quotes: Iterable[Quote]
) -> None:
    """Takes in a revision's quotes, which are in the order of its text."""
    connection.executemany(
        "INSERT INTO quote_terms VALUES (?, ?, ?, ?, ?)", _rows(place, text, quotes)
    )


def delete_terms(connection: sqlite3.Connection, place: Place) -> None:
    """Takes out what `insert_terms` took in. The rows are worked out again: an index by revision
    would be as big as the table. Call it while the revision's text and quotes are still there."""
    connection.executemany(
        "DELETE FROM quote_terms WHERE term = ? AND published = ? AND id = ? AND ordinal = ?"
        " AND revision = ?",
        _rows(place, *_stored(connection, place)),
    )


def insert_all_terms(connection: sqlite3.Connection) -> None:
    """Fills the table from the quotes that are there: for a store from before it."""
    rows = connection.execute(
        "SELECT id, revision, published, publisher, first_passage, passages, published"
        " FROM articles"
    )
    for row in rows.fetchall():
        place = Place(*row)
        insert_terms(connection, place, *_stored(connection, place))


def insert_names_alone(connection: sqlite3.Connection) -> None:
    """Adds what alone stands for each speaker: for a store from before it was kept."""
    known = connection.execute("SELECT DISTINCT id, revision, published FROM quote_terms")
    for article_id, revision, published in known.fetchall():
        place = Place(article_id, revision, published, "", first=0, passages=0, since=published)
        names = [r for r in _rows(place, *_stored(connection, place)) if r[0].startswith("n:")]
        connection.executemany("INSERT OR IGNORE INTO quote_terms VALUES (?, ?, ?, ?, ?)", names)


def respell_names(connection: sqlite3.Connection) -> None:
    """Brings the names to one spelling: for a store from before they were."""
    connection.create_function("spelt", 1, spelt, deterministic=True)
    connection.execute(
        "UPDATE OR REPLACE quote_terms SET term = spelt(term)"
        " WHERE term < 'w:' AND term <> spelt(term)"
    )


def find_quotes(
    connection: sqlite3.Connection, query: QuoteQuery, limit: int, cursor: str | None
) -> tuple[list[tuple[int, str]], str | None]:
    """A page of quotes, each as its revision's key and its JSON, and the next page's cursor.

    Raises InvalidCursor.
    """
    terms = _rarest_first(connection, terms_asked(query))
    conditions = [*_holding(terms), *passing(query.filters), *_after(cursor, by_term=bool(terms))]
    where, values = together(conditions)
    rows = connection.execute(
        f"{_BY_TERM if terms else _BY_DATE} WHERE {where} ORDER BY 1 DESC, 2, 3 LIMIT ?",
        [*values, limit + 1],
    ).fetchall()
    following = write_quote_cursor(*rows[limit - 1][:3]) if len(rows) > limit else None
    return [row[3:] for row in rows[:limit]], following


# CROSS JOIN keeps SQLite from beginning elsewhere than at the rows that are in order.
_BY_TERM: Final = (
    "SELECT t.published, t.id, t.ordinal, t.revision, q.quote FROM quote_terms t"
    " CROSS JOIN standing s ON s.revision = t.revision"
    " CROSS JOIN quotes q ON q.revision = t.revision AND q.ordinal = t.ordinal"
)
_BY_DATE: Final = (
    "SELECT s.published, s.id, q.ordinal, s.revision, q.quote FROM standing s"
    " CROSS JOIN quotes q ON q.revision = s.revision"
)
_ALSO: Final = (
    "EXISTS (SELECT 1 FROM quote_terms x WHERE x.term = ? AND x.published = t.published"
    " AND x.id = t.id AND x.ordinal = t.ordinal AND x.revision = t.revision)"
)


def _holding(terms: Sequence[str]) -> Iterator[Condition]:
    if terms:
        yield "t.term = ?", [terms[0]]
    for term in terms[1:]:
        yield _ALSO, [term]


def _after(cursor: str | None, *, by_term: bool) -> Iterator[Condition]:
    if cursor is None:
        return
    published, article_id, ordinal = read_quote_cursor(cursor)
    row = ("t.published", "t.id", "t.ordinal") if by_term else ("s.published", "s.id", "q.ordinal")
    yield f"{row[0]} <= ?", [published]
    yield (
        f"{row[0]} < ? OR {row[1]} > ? OR ({row[1]} = ? AND {row[2]} > ?)",
        [published, article_id, article_id, ordinal],
    )


def _rarest_first(connection: sqlite3.Connection, terms: Iterable[str]) -> list[str]:
    def count(term: str) -> int:
        (number,) = connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM quote_terms WHERE term = ? LIMIT ?)",
            (term, _COUNTED),
        ).fetchone()
        return int(number)

    return sorted(terms, key=lambda term: (count(term), term))


def _rows(place: Place, text: str, quotes: Iterable[Quote]) -> Iterator[_Row]:
    for ordinal, quote in enumerate(quotes):
        for term in sorted(quote_terms(text, quote)):
            yield term, place.published, place.id, ordinal, place.revision


def _stored(connection: sqlite3.Connection, place: Place) -> tuple[str, list[Any]]:
    (text,) = connection.execute(
        "SELECT text FROM revisions WHERE key = ?", (place.revision,)
    ).fetchone()
    lines = connection.execute(
        "SELECT quote FROM quotes WHERE revision = ? ORDER BY ordinal", (place.revision,)
    )
    return text, [load_quote(line) for (line,) in lines]
