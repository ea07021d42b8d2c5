"""Putting and deleting articles in the catalogue: the only code that writes to its tables."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, Passage
from service.domain.errors import RevisionConflict
from service.domain.indexing import Change
from service.domain.text import Span
from service.ports import ABSENT, Entry
from service.stores.context import texts_in_context
from service.stores.cosine import unit_rows
from service.stores.digest import EMPTY, Stood, change_digest
from service.stores.embedded.catalogue import state
from service.stores.embedded.history import begin, end, end_for_good, overlaps, remember
from service.stores.embedded.place import Difference, Indexed, Place
from service.stores.embedded.quote_terms import insert_terms
from service.stores.quotes import dump_quote
from service.stores.times import FOREVER, UNDATED, to_microseconds
from service.stores.validity import replaced_at, stands_from

_PLACE = (
    "a.id, a.revision, s.published, s.publisher, a.first_passage, a.passages, s.since"
    " FROM articles a JOIN standing s ON s.revision = a.revision"
)
_UNREAD = "EXISTS (SELECT 1 FROM unread u WHERE u.revision = a.revision)"


def put(
    connection: sqlite3.Connection, entries: Sequence[Entry], expected_revision: str | None = None
) -> tuple[list[Change], Difference]:
    """Within the caller's transaction: what each entry did, and how the index changes by it.

    Several revisions of one article come one after the other, as if each had been put alone.
    Raises RevisionConflict where an entry's article is at another revision than the expected one.
    """
    batch = _Batch(connection)
    done = []
    for entry in entries:
        current = _find(connection, entry.article.id)
        require_revision(current, expected_revision)
        done.append(batch.remember(entry) if entry.stood_until else batch.put(entry, current))
    batch.state()
    return done, batch.difference()


def delete(
    connection: sqlite3.Connection, article_id: str, expected_revision: str | None = None
) -> Difference | None:
    """Within the caller's transaction: every trace of the article; None if there was none.

    Raises RevisionConflict where it is at another revision than the expected one.
    """
    current = _find(connection, article_id)
    require_revision(current, expected_revision)
    gone = end_for_good(connection, article_id)
    if current:
        _remove_searchable(connection, current.place)
        connection.execute("DELETE FROM unread WHERE revision = ?", (current.place.revision,))
        connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
    elif not gone:
        return None
    connection.execute("DELETE FROM revisions WHERE id = ?", (article_id,))
    state(connection, digest=change_digest(_digest(connection), gone=gone))
    return Difference(removed=(current.place,) if current else ())


@dataclass(frozen=True, slots=True)
class _Current:
    """An article's current revision; `unread` is one whose passages are still to be found."""

    place: Place
    revision: str
    unread: bool


def require_revision(current: _Current | None, expected: str | None) -> None:
    """Raises RevisionConflict unless the article is as the caller expects it."""
    found = current.revision if current else ""
    if expected is not None and found != expected:
        raise RevisionConflict(found, wanted_none=expected == ABSENT)


@dataclass(slots=True)
class _Batch:
    """What one call of `put` has changed so far."""

    connection: sqlite3.Connection
    dim: int = field(init=False)
    next_passage: int = field(init=False)
    gone: list[Stood] = field(default_factory=list)
    come: list[Stood] = field(default_factory=list)
    removed: list[Place] = field(default_factory=list)
    added: dict[str, Indexed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dim = _dim(self.connection)
        self.next_passage = _fact(self.connection, "next_passage") or 0

    def put(self, entry: Entry, current: _Current | None) -> Change:
        """Makes the entry the current revision of its article."""
        article, before = entry.article, current.place if current else None
        if current and current.revision == article.revision and not current.unread:
            return Change.UNCHANGED
        since = _since(entry, current)
        place = self._placed(entry, since)
        if before:
            self._end(before, before.since if current and current.unread else
                      replaced_at(since, entry.recorded_at))  # fmt: skip
        vectors = _rounded(entry, self.dim)
        _insert_searchable(self.connection, place, vectors, entry)
        texts = texts_in_context(article.title, article.text, [p.span for p in entry.passages])
        self.added[article.id] = Indexed(place, texts, vectors)
        self.next_passage = place.end
        self.come.append((article.id, article.revision, since, FOREVER))
        return Change.UPDATED if before else Change.CREATED

    def remember(self, entry: Entry) -> Change:
        """Takes in a revision that has been replaced. Time that another revision has stays its
        own: then nothing is changed."""
        since, until = to_microseconds(entry.stood_from), to_microseconds(entry.stood_until)
        if overlaps(self.connection, entry.article, since, until):
            return Change.UNCHANGED
        place = self._placed(entry, since)
        vectors = _rounded(entry, self.dim)
        remember(self.connection, place, until)
        if since != UNDATED:
            _insert_past(self.connection, place, vectors, entry)
            _insert_quotes(self.connection, place, entry)
        self.come.append((place.id, entry.article.revision, since, until))
        return Change.UPDATED

    def state(self) -> None:
        """Writes down what is counted over all articles."""
        digest = change_digest(_digest(self.connection), gone=self.gone, come=self.come)
        state(self.connection, digest=digest, next_passage=self.next_passage)

    def difference(self) -> Difference:
        """How the index changes."""
        return Difference(tuple(self.removed), tuple(self.added.values()))

    def _placed(self, entry: Entry, since: int) -> Place:
        article, passages = entry.article, entry.passages
        return Place(
            id=article.id,
            revision=_insert_revision(self.connection, article),
            published=to_microseconds(article.published_at),
            publisher=article.publisher.casefold(),
            first=self.next_passage,
            passages=len(passages),
            since=since,
        )

    def _end(self, place: Place, until: int) -> None:
        gone, stayed = end(self.connection, place, until)
        self.gone += gone
        self.come += stayed
        _remove_searchable(self.connection, place)
        self.connection.execute("DELETE FROM unread WHERE revision = ?", (place.revision,))
        if self.added.pop(place.id, None) is None:  # else the index has never had it
            self.removed.append(place)


def places(connection: sqlite3.Connection) -> Iterator[Place]:
    """Every current revision, in the order of its passages' keys."""
    rows = connection.execute(f"SELECT {_PLACE} ORDER BY a.first_passage, a.passages")
    return (Place(*row) for row in rows)


def indexed_from(connection: sqlite3.Connection, first: int) -> Iterator[Indexed]:
    """What the derived indexes should hold of the passages with key `first` and after."""
    rows = connection.execute(
        f"SELECT {_PLACE} WHERE a.first_passage >= ? ORDER BY a.first_passage, a.passages",
        (first,),
    )
    for row in rows:
        place = Place(*row)
        yield Indexed(place, _texts(connection, place), stored_vectors(connection, place))


def stored_vectors(connection: sqlite3.Connection, place: Place) -> NDArray[np.float16]:
    """The vectors of a revision's passages, shape (passages, dim)."""
    rows = connection.execute(
        "SELECT vector FROM vectors WHERE key >= ? AND key < ? ORDER BY key",
        (place.first, place.end),
    )
    blob = b"".join(vector for (vector,) in rows)
    return np.frombuffer(blob, "<f2").reshape(place.passages, _dim(connection))


def _rounded(entry: Entry, dim: int) -> NDArray[np.float16]:
    """As they are stored."""
    return unit_rows(entry.vectors, dim, count=len(entry.passages)).astype("<f2")


def _since(entry: Entry, current: _Current | None) -> int:
    """From when the entry's revision stands. One that was there, but unread, has its time."""
    if current and current.unread and current.revision == entry.article.revision:
        return current.place.since
    replaced = (current.place.published, current.place.since) if current else None
    return stands_from(
        entry.article,
        recorded_at=entry.recorded_at,
        replaced=replaced,
        stated=entry.stood_from,
    )


def _find(connection: sqlite3.Connection, article_id: str) -> _Current | None:
    row = connection.execute(
        f"SELECT r.revision, {_UNREAD}, {_PLACE} JOIN revisions r ON r.key = a.revision"
        " WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    return _Current(Place(*row[2:]), row[0], bool(row[1])) if row else None


def _insert_revision(connection: sqlite3.Connection, article: Article) -> int:
    published = article.published_at.isoformat() if article.published_at else None
    authors = json.dumps(article.authors, ensure_ascii=False)
    extra = json.dumps(article.extra, ensure_ascii=False) if article.extra else ""
    cursor = connection.execute(
        "INSERT INTO revisions (id, revision, text, title, publisher, authors, url, published_at,"
        " language, extra, published_at_guessed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article.id, article.revision, article.text, article.title, article.publisher, authors,
         article.url, published, article.language, extra, article.published_at_guessed),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _dim(connection: sqlite3.Connection) -> int:
    dim: int = _fact(connection, "dim")
    return dim


def _digest(connection: sqlite3.Connection) -> str:
    digest: str = _fact(connection, "digest") or EMPTY
    return digest


def _fact(connection: sqlite3.Connection, name: str) -> Any:  # noqa: ANN401 - a text or a number
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def _insert_searchable(
    connection: sqlite3.Connection, place: Place, vectors: NDArray[np.float16], entry: Entry
) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)",
        (place.id, place.revision, place.first, place.passages),
    )
    begin(connection, place)
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        (
            (place.first + i, place.revision, passage.span.start, passage.span.end, _spans(passage))
            for i, passage in enumerate(entry.passages)
        ),
    )
    connection.executemany(
        "INSERT INTO vectors VALUES (?, ?)",
        ((place.first + i, row.tobytes()) for i, row in enumerate(vectors)),
    )
    _insert_quotes(connection, place, entry)


def _insert_past(
    connection: sqlite3.Connection, place: Place, vectors: NDArray[np.float16], entry: Entry
) -> None:
    connection.executemany(
        "INSERT INTO past_passages VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                place.revision,
                i,
                passage.span.start,
                passage.span.end,
                _spans(passage),
                row.tobytes(),
            )
            for i, (passage, row) in enumerate(zip(entry.passages, vectors, strict=True))
        ),
    )


def _insert_quotes(connection: sqlite3.Connection, place: Place, entry: Entry) -> None:
    quotes = sorted(entry.quotes, key=lambda quote: quote.span)
    connection.executemany(
        "INSERT INTO quotes VALUES (?, ?, ?, ?, ?)",
        (
            (place.revision, i, quote.span.start, quote.span.end, dump_quote(quote))
            for i, quote in enumerate(quotes)
        ),
    )
    insert_terms(connection, place, entry.article.text, quotes)


def _remove_searchable(connection: sqlite3.Connection, place: Place) -> None:
    keys = (place.first, place.end)
    connection.execute("DELETE FROM passages WHERE key >= ? AND key < ?", keys)
    connection.execute("DELETE FROM vectors WHERE key >= ? AND key < ?", keys)
    connection.execute("INSERT INTO removals VALUES (?)", (place.revision,))


def _texts(connection: sqlite3.Connection, place: Place) -> tuple[str, ...]:
    title, text = connection.execute(
        "SELECT title, text FROM revisions WHERE key = ?", (place.revision,)
    ).fetchone()
    spans = connection.execute(
        'SELECT "start", "end" FROM passages WHERE key >= ? AND key < ? ORDER BY key',
        (place.first, place.end),
    )
    return texts_in_context(title, text, [Span(*span) for span in spans])


def _spans(passage: Passage) -> str:
    return json.dumps([(span.start, span.end) for span in passage.sentences], separators=(",", ":"))
