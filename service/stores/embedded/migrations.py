"""The shape of the SQLite file, as named steps that are applied once, in order.

A step that has been released is never edited: a change of shape is a new step at the end.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from service.domain.errors import StoreFailed
from service.stores.embedded.identities import tell_apart
from service.stores.embedded.quote_terms import insert_all_terms, insert_names_alone, respell_names

_FIRST: Final = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

-- Every revision of every article, the current one too. A key is never used again.
CREATE TABLE revisions (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    revision TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    authors TEXT NOT NULL,
    url TEXT,
    published_at TEXT,
    language TEXT NOT NULL
);
CREATE INDEX revisions_id ON revisions (id);

-- The current revision of each article, and where its passages are: keys
-- first_passage to first_passage + passages - 1. `published` is in microseconds of UTC.
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revisions (key),
    published INTEGER NOT NULL,
    publisher TEXT NOT NULL,
    first_passage INTEGER NOT NULL,
    passages INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX articles_published ON articles (published DESC, id);
CREATE INDEX articles_first_passage ON articles (first_passage);

CREATE TABLE passages (
    key INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revisions (key),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL
);

-- float16, little endian, of norm 1; apart from the passages, so that reading those stays quick.
CREATE TABLE vectors (key INTEGER PRIMARY KEY, vector BLOB NOT NULL);

CREATE TABLE quotes (
    revision INTEGER NOT NULL REFERENCES revisions (key),
    ordinal INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (revision, ordinal)
) WITHOUT ROWID;

-- Revisions that left the index since both derived indexes were last known to be in step.
CREATE TABLE removals (revision INTEGER PRIMARY KEY);
"""

_QUOTE_TERMS: Final = """
-- Every quote under each of its terms, in the order of pages. See quote_terms.py.
CREATE TABLE quote_terms (
    term TEXT NOT NULL,
    published INTEGER NOT NULL,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (term, published DESC, id, ordinal, revision)
) WITHOUT ROWID;
"""


_STANDING: Final = """
-- When each revision stood that can be asked for: from `since` until before `until`, which for
-- current ones is the largest integer. In microseconds of UTC, as `published`. See validity.py.
CREATE TABLE standing (
    revision INTEGER PRIMARY KEY REFERENCES revisions (key),
    id TEXT NOT NULL,
    published INTEGER NOT NULL,
    publisher TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
);
INSERT INTO standing
    SELECT revision, id, published, publisher, published, 9223372036854775807 FROM articles;
CREATE INDEX standing_published ON standing (published DESC, id);
CREATE INDEX standing_until ON standing (until, since);
CREATE INDEX standing_id ON standing (id);

DROP INDEX articles_published;
ALTER TABLE articles DROP COLUMN published;
ALTER TABLE articles DROP COLUMN publisher;

-- The passages of revisions that were replaced, with their vectors.
CREATE TABLE past_passages (
    revision INTEGER NOT NULL REFERENCES revisions (key),
    ordinal INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (revision, ordinal)
) WITHOUT ROWID;
"""

_UNREAD: Final = """
-- Current revisions of which only the text is there: they are to be indexed again.
CREATE TABLE unread (revision INTEGER PRIMARY KEY REFERENCES revisions (key));
"""

_ADDRESSES: Final = """
CREATE INDEX revisions_url ON revisions (url) WHERE url IS NOT NULL;
"""

_EXTRA: Final = """
-- The newsroom's own fields, an object of JSON; empty where there are none.
ALTER TABLE revisions ADD COLUMN extra TEXT NOT NULL DEFAULT '';
"""

_GUESSED: Final = """
ALTER TABLE revisions ADD COLUMN published_at_guessed INTEGER NOT NULL DEFAULT 0;
"""


def _nothing(_: sqlite3.Connection) -> None:
    """For a step that needs no more than its SQL."""


@dataclass(frozen=True, slots=True)
class Migration:
    """A named step: `script` changes the shape, then `fill` what SQL alone cannot."""

    name: str
    script: str
    fill: Callable[[sqlite3.Connection], None] = _nothing


MIGRATIONS: Final = (
    Migration("0001_articles_passages_vectors_quotes", _FIRST),
    Migration("0002_quote_terms", _QUOTE_TERMS, insert_all_terms),
    Migration("0003_standing", _STANDING),
    Migration("0004_one_spelling", "", respell_names),
    Migration("0005_day_in_identity", _UNREAD, tell_apart),
    Migration("0006_addresses", _ADDRESSES),
    Migration("0007_who_is_asked_for", "", insert_names_alone),
    Migration("0008_extra", _EXTRA),
    Migration("0009_guessed_dates", _GUESSED),
)


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the file to the shape this version knows. Raises StoreFailed for a newer shape."""
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
    applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    if unknown := applied - {step.name for step in MIGRATIONS}:
        raise StoreFailed(
            f"The store was written by a newer version of Onrecord ({', '.join(sorted(unknown))}). "
            "Install that version, or index into another folder."
        )
    for step in MIGRATIONS:
        if step.name not in applied:
            _apply(connection, step)


def _apply(connection: sqlite3.Connection, step: Migration) -> None:
    """All of a step or nothing of it."""
    try:
        connection.executescript(f"BEGIN; {step.script}")
        step.fill(connection)
        connection.execute("INSERT INTO migrations VALUES (?)", (step.name,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
