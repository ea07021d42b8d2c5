"""Putting and deleting articles in the catalogue: the only code that writes to its tables."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, Passage
from service.domain.indexing import Change
from service.domain.text import Span
from service.ports import Entry
from service.stores.context import texts_in_context
from service.stores.embedded.catalogue import state
from service.stores.embedded.place import Difference, Indexed, Place
from service.stores.embedded.quote_terms import insert_terms
from service.stores.embedded.quotes import dump_quote
from service.stores.embedded.times import UNDATED, to_microseconds
from service.stores.embedded.validity import Identity, begin, end, end_for_good, stands_from

_PLACE = (
    "a.id, a.revision, s.published, s.publisher, a.first_passage, a.passages, s.since"
    " FROM articles a JOIN standing s ON s.revision = a.revision"
)
_DIGEST_MODULUS = 2**256


def put(
    connection: sqlite3.Connection, entries: Sequence[Entry]
) -> tuple[list[Change], Difference]:
    """Within the caller's transaction: what each entry did, and how the index changes by it.

    Of several revisions of one article in one batch the last is searched, the others never stood.
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
    replaced = {name: found[0] for name in latest if (found := before[name])}
    since = {
        name: stands_from(replaced.get(name), entry.article, entry.recorded_at)
        for name, entry in latest.items()
    }
    added = _place_all(connection, latest, history, since)
    come: list[Identity] = [(name, entry.article.revision) for name, entry in latest.items()]
    for name, place in replaced.items():
        gone, stayed = end(connection, place, _until(since[name], latest[name]))
        _count_digest(connection, gone=gone, come=stayed)
        _remove_searchable(connection, place)
    for item in added:
        _insert_searchable(connection, item, latest[item.place.id])
    _count_digest(connection, gone=[], come=come)
    return changes, Difference(tuple(replaced.values()), tuple(added))


def delete(connection: sqlite3.Connection, article_id: str) -> Difference | None:
    """Within the caller's transaction: every trace of the article; None if there was none."""
    found = _find(connection, article_id)
    if found is None:
        return None
    place, _ = found
    gone = end_for_good(connection, place)
    _remove_searchable(connection, place)
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
    connection.execute("DELETE FROM revisions WHERE id = ?", (article_id,))
    _count_digest(connection, gone=gone, come=[])
    return Difference(removed=(place,))


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
        f"SELECT r.revision, {_PLACE} JOIN revisions r ON r.key = a.revision WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    return (Place(*row[1:]), row[0]) if row else None


def _until(since: int, entry: Entry) -> int:
    """Until when the revision stood that this one replaces: an undated one, which stands at no
    moment, ends it too."""
    return to_microseconds(entry.recorded_at) if since == UNDATED else since


def _insert_revision(connection: sqlite3.Connection, article: Article) -> int:
    published = article.published_at.isoformat() if article.published_at else None
    authors = json.dumps(article.authors, ensure_ascii=False)
    cursor = connection.execute(
        "INSERT INTO revisions (id, revision, text, title, publisher, authors, url, published_at,"
        " language, published_at_guessed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article.id, article.revision, article.text, article.title, article.publisher, authors,
         article.url, published, article.language, article.published_at_guessed),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _place_all(
    connection: sqlite3.Connection,
    latest: dict[str, Entry],
    history: dict[str, int],
    since: dict[str, int],
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
        place = Place(name, history[name], published, publisher, first, len(passages), since[name])
        spans = [passage.span for passage in passages]
        texts = texts_in_context(article.title, article.text, spans)
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


def _count_digest(
    connection: sqlite3.Connection, *, gone: Iterable[Identity], come: Iterable[Identity]
) -> None:
    """Keeps the sum of the hashes of all (id, revision), and of those replaced with when they
    stood, modulo 2^256: equal sets of articles give equal sums, in whatever order they came (an
    additive multiset hash, Clarke et al. 2003)."""
    row = connection.execute("SELECT value FROM facts WHERE name = 'digest'").fetchone()
    total = int(row[0], 16) if row else 0
    total += sum(map(_hash, come)) - sum(map(_hash, gone))
    state(connection, digest=f"{total % _DIGEST_MODULUS:064x}")


def _hash(identity: Identity) -> int:
    return int.from_bytes(hashlib.sha256(json.dumps(identity).encode()).digest())
