"""Putting and deleting articles in the catalogue: the only code that writes to its tables."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, Passage
from service.domain.indexing import Change
from service.ports import Entry
from service.stores.embedded.catalogue import state
from service.stores.embedded.place import Difference, Indexed, Place
from service.stores.embedded.quote_terms import delete_terms, insert_terms
from service.stores.embedded.quotes import dump_quote
from service.stores.embedded.times import to_microseconds

_PLACE = "id, revision, published, publisher, first_passage, passages"
_DIGEST_MODULUS = 2**256


def put(
    connection: sqlite3.Connection, entries: Sequence[Entry]
) -> tuple[list[Change], Difference]:
    """Within the caller's transaction: what each entry did, and how the index changes by it.

    Of several revisions of one article in one batch the last is searched, the others are history.
    """
    before = {entry.article.id: _find(connection, entry.article.id) for entry in entries}
    current = {name: found[1] for name, found in before.items() if found}
    history: dict[str, int] = {}
    latest: dict[str, Entry] = {}
    changes = []
    for entry in entries:
        change = _compare(current.get(entry.article.id), entry.article)
        if change is not Change.UNCHANGED:
            current[entry.article.id] = entry.article.revision
            history[entry.article.id] = _insert_revision(connection, entry.article)
            latest[entry.article.id] = entry
        changes.append(change)
    removed = [found for name in latest if (found := before[name])]
    added = _place_all(connection, latest, history)
    for place, _ in removed:
        _remove_searchable(connection, place)
    for item in added:
        _insert_searchable(connection, item, latest[item.place.id])
    _count_digest(
        connection,
        gone=[(place.id, revision) for place, revision in removed],
        come=[(name, entry.article.revision) for name, entry in latest.items()],
    )
    return changes, Difference(tuple(place for place, _ in removed), tuple(added))


def delete(connection: sqlite3.Connection, article_id: str) -> Difference | None:
    """Within the caller's transaction: every trace of the article; None if there was none."""
    found = _find(connection, article_id)
    if found is None:
        return None
    place, revision = found
    _remove_searchable(connection, place)
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
    connection.execute("DELETE FROM revisions WHERE id = ?", (article_id,))
    _count_digest(connection, gone=[(article_id, revision)], come=[])
    return Difference(removed=(place,))


def places(connection: sqlite3.Connection) -> Iterator[Place]:
    """Every current revision, in the order of its passages' keys."""
    rows = connection.execute(f"SELECT {_PLACE} FROM articles ORDER BY first_passage, passages")  # noqa: S608
    return (Place(*row) for row in rows)


def indexed_from(connection: sqlite3.Connection, first: int) -> Iterator[Indexed]:
    """What the derived indexes should hold of the passages with key `first` and after."""
    rows = connection.execute(
        f"SELECT {_PLACE} FROM articles WHERE first_passage >= ? ORDER BY first_passage, passages",  # noqa: S608
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


def unit_rows(vectors: NDArray[np.float32], dim: int) -> NDArray[np.float16]:
    """Rows of norm 1, rounded as they are stored. Raises ValueError for another shape, or for
    values that are not finite."""
    if vectors.ndim != 2 or vectors.shape[1] != dim or not np.isfinite(vectors).all():
        raise ValueError(f"vectors of shape (n, {dim}) and finite, not {vectors.shape}")
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(norms, norms, 1)).astype("<f2")


def _compare(stored: str | None, article: Article) -> Change:
    if stored is None:
        return Change.CREATED
    return Change.UNCHANGED if stored == article.revision else Change.UPDATED


def _find(connection: sqlite3.Connection, article_id: str) -> tuple[Place, str] | None:
    row = connection.execute(
        "SELECT a.id, a.revision, a.published, a.publisher, a.first_passage, a.passages, r.revision"
        " FROM articles a JOIN revisions r ON r.key = a.revision WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    return (Place(*row[:-1]), row[-1]) if row else None


def _insert_revision(connection: sqlite3.Connection, article: Article) -> int:
    published = article.published_at.isoformat() if article.published_at else None
    authors = json.dumps(article.authors, ensure_ascii=False)
    cursor = connection.execute(
        "INSERT INTO revisions (id, revision, text, title, publisher, authors, url, published_at,"
        " language) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article.id, article.revision, article.text, article.title, article.publisher, authors,
         article.url, published, article.language),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _place_all(
    connection: sqlite3.Connection, latest: dict[str, Entry], history: dict[str, int]
) -> list[Indexed]:
    dim = _dim(connection)
    row = connection.execute("SELECT value FROM facts WHERE name = 'next_passage'").fetchone()
    first = row[0] if row else 0
    added = []
    for name, entry in latest.items():
        article, passages = entry.article, entry.passages
        if len(entry.vectors) != len(passages):
            raise ValueError(f"{len(passages)} passages, {len(entry.vectors)} vectors")
        published = to_microseconds(article.published_at)
        publisher = article.publisher.casefold()
        place = Place(name, history[name], published, publisher, first, len(passages))
        texts = tuple(passage.span.of(article.text) for passage in passages)
        added.append(Indexed(place, texts, unit_rows(entry.vectors, dim)))
        first = place.end
    state(connection, next_passage=first)
    return added


def _dim(connection: sqlite3.Connection) -> int:
    row: tuple[int] = connection.execute("SELECT value FROM facts WHERE name = 'dim'").fetchone()
    return row[0]


def _insert_searchable(connection: sqlite3.Connection, item: Indexed, entry: Entry) -> None:
    place = item.place
    connection.execute(
        "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?)",
        (place.id, place.revision, place.published, place.publisher, place.first, place.passages),
    )
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        (
            (place.first + i, place.revision, passage.span.start, passage.span.end, _spans(passage))
            for i, passage in enumerate(entry.passages)
        ),
    )
    connection.executemany(
        "INSERT INTO vectors VALUES (?, ?)",
        ((place.first + i, row.tobytes()) for i, row in enumerate(item.vectors)),
    )
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
    delete_terms(connection, place)
    keys = (place.first, place.end)
    connection.execute("DELETE FROM passages WHERE key >= ? AND key < ?", keys)
    connection.execute("DELETE FROM vectors WHERE key >= ? AND key < ?", keys)
    connection.execute("DELETE FROM quotes WHERE revision = ?", (place.revision,))
    connection.execute("INSERT INTO removals VALUES (?)", (place.revision,))


def _texts(connection: sqlite3.Connection, place: Place) -> tuple[str, ...]:
    (text,) = connection.execute(
        "SELECT text FROM revisions WHERE key = ?", (place.revision,)
    ).fetchone()
    spans = connection.execute(
        'SELECT "start", "end" FROM passages WHERE key >= ? AND key < ? ORDER BY key',
        (place.first, place.end),
    )
    return tuple(text[start:end] for start, end in spans)


def _spans(passage: Passage) -> str:
    return json.dumps([(span.start, span.end) for span in passage.sentences], separators=(",", ":"))


def _count_digest(
    connection: sqlite3.Connection, *, gone: list[tuple[str, str]], come: list[tuple[str, str]]
) -> None:
    """Keeps the sum of the hashes of all (id, revision), modulo 2^256: equal sets of articles give
    equal sums, in whatever order they came (an additive multiset hash, Clarke et al. 2003)."""
    row = connection.execute("SELECT value FROM facts WHERE name = 'digest'").fetchone()
    total = int(row[0], 16) if row else 0
    total += sum(map(_hash, come)) - sum(map(_hash, gone))
    state(connection, digest=f"{total % _DIGEST_MODULUS:064x}")


def _hash(identity: tuple[str, str]) -> int:
    return int.from_bytes(hashlib.sha256(json.dumps(identity).encode()).digest())
