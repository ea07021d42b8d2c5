"""Which revision of an article stood when, so that a question as of a day gets that day's text.

A revision that was replaced keeps its passages, with their vectors, and its quotes. They are in no
index: of all that was ever replaced, few stood at any one moment, and those few are scored one by
one.
"""

import sqlite3
from datetime import datetime

from service.domain.article import Article
from service.stores.embedded.place import Place
from service.stores.embedded.quote_terms import delete_terms
from service.stores.embedded.times import FOREVER, UNDATED, to_microseconds

Identity = tuple[str | int, ...]
"""What a revision counts as in the digest of the content."""

Changed = tuple[list[Identity], list[Identity]]


def stands_from(before: Place | None, article: Article, recorded_at: datetime | None) -> int:
    """From when a revision stands that replaces `before`, in microseconds of UTC.

    A correction that states a newer date stands from that date. One that does not stands from when
    it was taken in: nobody can have read it here sooner.
    """
    published = to_microseconds(article.published_at)
    if before is None or recorded_at is None or published == UNDATED:
        return published
    if published > before.published != UNDATED and not article.published_at_guessed:
        return published
    return max(published, to_microseconds(recorded_at))


def begin(connection: sqlite3.Connection, place: Place) -> None:
    """From now on this revision stands."""
    connection.execute(
        "INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?)",
        (place.revision, place.id, place.published, place.publisher, place.since, FOREVER),
    )


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
    gone: list[Identity] = []
    come: list[Identity] = []
    for past, stood_until, revision in _standing_after(connection, place.id, until):
        gone.append(_identity(past, revision, stood_until))
        if past.since != UNDATED and past.since < until:
            come.append(_identity(past, revision, until))
            connection.execute(
                "UPDATE standing SET until = ? WHERE revision = ?", (until, past.revision)
            )
        else:
            _forget(connection, past)
    return gone, come


def end_for_good(connection: sqlite3.Connection, place: Place) -> list[Identity]:
    """Forgets a current revision and all that it replaced; what these counted as."""
    gone: list[Identity] = []
    for past, stood_until, revision in _standing_after(connection, place.id, UNDATED):
        gone.append(_identity(past, revision, stood_until))
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


def _identity(place: Place, revision: str, until: int) -> Identity:
    if until == FOREVER:
        return place.id, revision
    return place.id, revision, place.since, until


def _forget(connection: sqlite3.Connection, place: Place) -> None:
    delete_terms(connection, place)
    connection.execute("DELETE FROM quotes WHERE revision = ?", (place.revision,))
    connection.execute("DELETE FROM past_passages WHERE revision = ?", (place.revision,))
    connection.execute("DELETE FROM standing WHERE revision = ?", (place.revision,))
