"""What was replaced: when each revision stood, and what a question as of a day finds it by.

A revision that was replaced keeps its passages, with their vectors, and its quotes. They are in no
index: of all that was ever replaced, few stood at any one moment, and those few are scored one by
one. Of one without a date only its text and until when it was there is kept.
"""

import sqlite3

from service.domain.article import Article
from service.stores.digest import Stood
from service.stores.embedded.place import Place
from service.stores.embedded.quote_terms import delete_terms
from service.stores.times import FOREVER, UNDATED

Changed = tuple[list[Stood], list[Stood]]


def begin(connection: sqlite3.Connection, place: Place) -> None:
    """From now on this revision stands."""
    remember(connection, place, FOREVER)


def remember(connection: sqlite3.Connection, place: Place, until: int) -> None:
    """Puts down when this revision stood."""
    connection.execute(
        "INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?)",
        (place.revision, place.id, place.published, place.publisher, place.since, until),
    )


def overlaps(connection: sqlite3.Connection, article: Article, since: int, until: int) -> bool:
    """Whether another revision stood then, or this very one is there already."""
    row = connection.execute(
        "SELECT 1 FROM standing s JOIN revisions r ON r.key = s.revision WHERE s.id = ? AND"
        " ((s.since > ? AND s.since < ? AND s.until > ?)"
        " OR (r.revision = ? AND s.since = ? AND s.until = ?))",
        (article.id, UNDATED, until, since, article.revision, since, until),
    ).fetchone()
    return row is not None


def end(connection: sqlite3.Connection, place: Place, until: int) -> Changed:
    """From `until` on another revision stands than `place`, the current one, and than those before.

    Keeps what a question as of a moment before it needs. Gives what no longer counts, and what
    counts now, in the digest. Call it while the revision's passages are still there.
    """
    connection.execute(
        "INSERT INTO past_passages"
        ' SELECT p.revision, p.key - ?, p."start", p."end", p.sentences, v.vector'
        " FROM passages p JOIN vectors v ON v.key = p.key WHERE p.key >= ? AND p.key < ?",
        (place.first, place.first, place.end),
    )
    gone: list[Stood] = []
    come: list[Stood] = []
    for past, stood_until, revision in _standing_after(connection, place.id, until):
        gone.append((past.id, revision, past.since, stood_until))
        if past.since < until:
            come.append((past.id, revision, past.since, until))
            connection.execute(
                "UPDATE standing SET until = ? WHERE revision = ?", (until, past.revision)
            )
            if past.since == UNDATED:
                _forget_passages(connection, past)
        else:
            _forget(connection, past)
    return gone, come


def end_for_good(connection: sqlite3.Connection, article_id: str) -> list[Stood]:
    """Forgets every revision of an article that stands or stood; what these counted as."""
    gone: list[Stood] = []
    for past, stood_until, revision in _standing_after(connection, article_id, UNDATED):
        gone.append((past.id, revision, past.since, stood_until))
        _forget(connection, past)
    return gone


def _standing_after(
    connection: sqlite3.Connection, article_id: str, moment: int
) -> list[tuple[Place, int, str]]:
    """The revisions of an article that stand then or later: where, until when, and which."""
    rows = connection.execute(
        "SELECT s.id, s.revision, s.published, s.publisher, 0, 0, s.since, s.until, r.revision"
        " FROM standing s JOIN revisions r ON r.key = s.revision WHERE s.id = ? AND s.until > ?",
        (article_id, moment),
    ).fetchall()
    return [(Place(*row[:7]), row[7], row[8]) for row in rows]


def _forget(connection: sqlite3.Connection, place: Place) -> None:
    _forget_passages(connection, place)
    connection.execute("DELETE FROM standing WHERE revision = ?", (place.revision,))


def _forget_passages(connection: sqlite3.Connection, place: Place) -> None:
    delete_terms(connection, place)
    connection.execute("DELETE FROM quotes WHERE revision = ?", (place.revision,))
    connection.execute("DELETE FROM past_passages WHERE revision = ?", (place.revision,))
