"""Brings a store over whose articles were told apart by their headline alone.

There an article without an address was its publisher and its title, so that Tuesday's "Weather"
had replaced Monday's. Each becomes an article of its own again. What was never searched, as the
next one came in the same batch, has its text but no passages: it is put down as unread, and indexed
again when the service opens the store.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from service.domain.article import article_id, id_by_headline
from service.stores.digest import digest_of
from service.stores.times import FOREVER, UNDATED, to_microseconds

_REVISIONS = (
    "SELECT r.key, r.id, r.text, r.title, r.publisher, r.url, r.published_at, s.since, s.until,"
    " a.first_passage, a.passages FROM revisions r"
    " LEFT JOIN standing s ON s.revision = r.key LEFT JOIN articles a ON a.revision = r.key"
)


@dataclass(frozen=True, slots=True)
class _Revision:
    """One stored revision, and the id that it should have. `stood` is whether it ever did: only
    then are its passages there. `passages` begin at the key `first` where it is the current one."""

    key: int
    id: str
    target: str
    published: int
    publisher: str
    stood: bool
    since: int
    until: int
    first: int | None
    passages: int


def tell_apart(connection: sqlite3.Connection) -> None:
    """Within the caller's transaction. Nothing is changed where every id is as it should be."""
    taken = {name for (name,) in connection.execute("SELECT id FROM articles")}
    connection.execute("CREATE TEMP TABLE moved (old INTEGER PRIMARY KEY, key INTEGER, id TEXT)")
    for name in sorted({revision.id for revision in _misnamed(connection, taken)}):
        _tell_apart(connection, _of_article(connection, name, taken))
    if connection.execute("SELECT 1 FROM moved").fetchone():
        _move_terms(connection)
        _count_again(connection)
    connection.execute("DROP TABLE moved")


def _misnamed(connection: sqlite3.Connection, taken: set[str]) -> Iterator[_Revision]:
    """Without an address, or with a dot in front, which no id may have."""
    rows = connection.execute(f"{_REVISIONS} WHERE r.url IS NULL OR r.id LIKE '.%'")
    for row in rows:
        revision = _revision(row, taken)
        if revision.target != revision.id:
            yield revision


def _of_article(connection: sqlite3.Connection, name: str, taken: set[str]) -> list[_Revision]:
    rows = connection.execute(f"{_REVISIONS} WHERE r.id = ? ORDER BY r.key", (name,))
    return [_revision(row, taken) for row in rows]


def _revision(row: Sequence[object], taken: set[str]) -> _Revision:
    key, name, text, title, publisher, url, published_at, since, until, first, passages = row
    published = datetime.fromisoformat(str(published_at)) if published_at else None
    target = str(name)
    if not url and title and name == id_by_headline(publisher=str(publisher), title=str(title)):
        target = article_id(
            url=None,
            publisher=str(publisher),
            title=str(title),
            text=str(text),
            published_at=published,
        )
    elif target.startswith("."):
        target = f"_{target[1:]}"
    if target in taken:  # somebody gave that id to another article
        target = str(name)
    return _Revision(
        key=int(str(key)),
        id=str(name),
        target=target,
        published=to_microseconds(published),
        publisher=str(publisher).casefold(),
        stood=since is not None,
        since=UNDATED if since is None else int(str(since)),
        until=FOREVER if until is None else int(str(until)),
        first=None if first is None else int(str(first)),
        passages=0 if passages is None else int(str(passages)),
    )


def _tell_apart(connection: sqlite3.Connection, revisions: Sequence[_Revision]) -> None:
    """Gives every revision of one article to the article that it should be of."""
    groups: defaultdict[str, list[_Revision]] = defaultdict(list)
    for revision in revisions:
        groups[revision.target].append(revision)
    if len(groups) == 1:
        _rename(connection, revisions)
        return
    for target, group in groups.items():
        _make_article(connection, target, group)
    for revision in revisions:
        _remove(connection, revision)


def _rename(connection: sqlite3.Connection, revisions: Sequence[_Revision]) -> None:
    """The usual case: one article under another id. What is derived knows it by its keys."""
    old, new = revisions[0].id, revisions[0].target
    for table in ("revisions", "articles", "standing"):
        connection.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (new, old))  # noqa: S608
    connection.executemany(
        "INSERT INTO moved VALUES (?, ?, ?)",
        [(revision.key, revision.key, new) for revision in revisions],
    )


def _make_article(connection: sqlite3.Connection, target: str, group: Sequence[_Revision]) -> None:
    """An article of these revisions, the last one its current. They get new keys: what a key stands
    for never changes."""
    keys = {}
    columns = _other_columns(connection)
    for revision in group:
        cursor = connection.execute(
            f"INSERT INTO revisions (id, {columns}) SELECT ?, {columns} FROM revisions"  # noqa: S608
            " WHERE key = ?",
            (target, revision.key),
        )
        keys[revision.key] = cursor.lastrowid
        connection.execute(
            "INSERT INTO moved VALUES (?, ?, ?)", (revision.key, cursor.lastrowid, target)
        )
    *past, current = _in_time(group)
    for revision in past:
        _stand(connection, target, keys[revision.key], revision)
        connection.execute(
            'INSERT INTO past_passages SELECT ?, ordinal, start, "end", sentences, vector'  # noqa: S608
            f" FROM ({_passages(revision)})",
            (keys[revision.key], *_passage_values(revision)),
        )
    _stand(connection, target, keys[current.key], current)
    _make_current(connection, target, keys[current.key], current)
    for revision in (*past, current):
        connection.execute(
            'INSERT INTO quotes SELECT ?, ordinal, "start", "end", quote FROM quotes'
            " WHERE revision = ?",
            (keys[revision.key], revision.key),
        )


def _other_columns(connection: sqlite3.Connection) -> str:
    """Those of a revision but for its key and its id: later steps may add some."""
    names = [row[1] for row in connection.execute("PRAGMA table_info(revisions)")]
    return ", ".join(name for name in names if name not in {"key", "id"})


def _in_time(group: Sequence[_Revision]) -> list[_Revision]:
    """Those that stood and the last, in order, each until the next: now that no other article's
    come between."""
    first, *_ = chain = [revision for revision in group if revision.stood or revision is group[-1]]
    if not group[-1].stood and len(chain) > 1:  # it came when the one before had to go
        dated = chain[-1].published != UNDATED
        chain[-1] = replace(chain[-1], since=chain[-2].until if dated else UNDATED)
    chain[0] = replace(first, since=first.published)
    return [
        *(
            replace(revision, until=after.since if after.since != UNDATED else revision.until)
            for revision, after in pairwise(chain)
        ),
        replace(chain[-1], until=FOREVER),
    ]


def _stand(
    connection: sqlite3.Connection, target: str, key: int | None, revision: _Revision
) -> None:
    connection.execute(
        "INSERT INTO standing (revision, id, published, publisher, since, until)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (key, target, revision.published, revision.publisher, revision.since, revision.until),
    )


def _make_current(
    connection: sqlite3.Connection, target: str, key: int | None, revision: _Revision
) -> None:
    row = connection.execute("SELECT value FROM facts WHERE name = 'next_passage'").fetchone()
    first = row[0] if row else 0
    rows = connection.execute(_passages(revision), _passage_values(revision)).fetchall()
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        [(first + ordinal, key, *span) for ordinal, *span, _ in rows],
    )
    connection.executemany(
        "INSERT INTO vectors VALUES (?, ?)", [(first + row[0], row[-1]) for row in rows]
    )
    connection.execute("INSERT INTO articles VALUES (?, ?, ?, ?)", (target, key, first, len(rows)))
    connection.execute(
        "INSERT OR REPLACE INTO facts VALUES ('next_passage', ?)", (first + len(rows),)
    )
    if not revision.stood:
        connection.execute("INSERT INTO unread VALUES (?)", (key,))


def _passages(revision: _Revision) -> str:
    """Asks for ordinal, start, end, sentences and vector of each of its passages."""
    if revision.first is None:
        return (
            'SELECT ordinal, "start", "end", sentences, vector FROM past_passages'
            " WHERE revision = ? ORDER BY ordinal"
        )
    return (
        'SELECT p.key - ? AS ordinal, p."start", p."end", p.sentences, v.vector FROM passages p'
        " JOIN vectors v ON v.key = p.key WHERE p.key >= ? AND p.key < ? ORDER BY p.key"
    )


def _passage_values(revision: _Revision) -> tuple[int, ...]:
    if revision.first is None:
        return (revision.key,)
    return revision.first, revision.first, revision.first + revision.passages


def _remove(connection: sqlite3.Connection, revision: _Revision) -> None:
    if revision.first is not None:
        keys = (revision.first, revision.first + revision.passages)
        connection.execute("DELETE FROM passages WHERE key >= ? AND key < ?", keys)
        connection.execute("DELETE FROM vectors WHERE key >= ? AND key < ?", keys)
        connection.execute("DELETE FROM articles WHERE revision = ?", (revision.key,))
        connection.execute("INSERT INTO removals VALUES (?)", (revision.key,))
    for table in ("past_passages", "quotes", "standing"):
        connection.execute(f"DELETE FROM {table} WHERE revision = ?", (revision.key,))  # noqa: S608
    connection.execute("DELETE FROM revisions WHERE key = ?", (revision.key,))


def _move_terms(connection: sqlite3.Connection) -> None:
    """In one pass: the table has no index by revision."""
    connection.execute(
        "CREATE TEMP TABLE terms AS SELECT term, published, m.id, ordinal, m.key"
        " FROM quote_terms t JOIN moved m ON m.old = t.revision"
    )
    connection.execute("DELETE FROM quote_terms WHERE revision IN (SELECT old FROM moved)")
    connection.execute("INSERT INTO quote_terms SELECT * FROM terms")
    connection.execute("DROP TABLE terms")


def _count_again(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT s.id, r.revision, s.since, s.until FROM standing s"
        " JOIN revisions r ON r.key = s.revision"
    )
    connection.execute("INSERT OR REPLACE INTO facts VALUES ('digest', ?)", (digest_of(rows),))
