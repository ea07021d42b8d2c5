"""The SQLite file: brought up to date, left clean, and read where a page begins."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from service.domain.claim import Filters, QuoteQuery
from service.domain.errors import StoreFailed
from service.stores.embedded import migrations
from service.stores.embedded.migrations import MIGRATIONS, Migration
from tests.stores.archive import day, entry
from tests.stores.contract_questions import opened, told


def as_first_released(folder: Path) -> None:
    """Writes the archive again in the shape of the first step, without what came later."""
    archive = folder / "archive.sqlite"
    archive.rename(folder / "newer.sqlite")
    with contextlib.closing(sqlite3.connect(archive)) as connection:
        connection.executescript(
            f"""
            CREATE TABLE migrations (name TEXT PRIMARY KEY);
            INSERT INTO migrations VALUES ('{MIGRATIONS[0].name}');
            {MIGRATIONS[0].script}
            PRAGMA application_id = {0x4F6E7263};
            ATTACH '{folder / "newer.sqlite"}' AS newer;
            INSERT INTO facts SELECT * FROM newer.facts;
            INSERT INTO revisions
                SELECT key, id, revision, text, title, publisher, authors, url, published_at,
                       language
                FROM newer.revisions;
            INSERT INTO articles
                SELECT a.id, a.revision, s.published, s.publisher, first_passage, passages
                FROM newer.articles a JOIN newer.standing s ON s.revision = a.revision;
            INSERT INTO passages SELECT * FROM newer.passages;
            INSERT INTO vectors SELECT * FROM newer.vectors;
            INSERT INTO quotes SELECT q.* FROM newer.quotes q JOIN articles USING (revision);
            """
        )
    (folder / "newer.sqlite").unlink()


def rows_of(folder: Path, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything in these tables."""
    with contextlib.closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


async def test_an_older_store_goes_on_as_if_it_had_always_been_so(filled: Path) -> None:
    """A folder of the first release answers alike, quotes by speaker and word included, and has
    the same terms and times."""
    before = await told(filled)
    new = rows_of(filled, "quote_terms", "standing")
    as_first_released(filled)
    assert await told(filled) == before
    assert rows_of(filled, "quote_terms", "standing") == new
    assert all(new.values())


async def test_a_store_with_names_as_they_were_printed_gets_one_spelling(filled: Path) -> None:
    """The terms are those that it would have now."""
    new = rows_of(filled, "quote_terms")
    with contextlib.closing(sqlite3.connect(filled / "archive.sqlite")) as connection, connection:
        connection.execute("DELETE FROM migrations WHERE name = ?", [MIGRATIONS[3].name])
        changed = connection.execute(
            "UPDATE quote_terms SET term = replace(term, 'x', 'xx') WHERE term LIKE 's:%x%'"
        ).rowcount
    assert changed
    assert rows_of(filled, "quote_terms") != new
    await told(filled)
    assert rows_of(filled, "quote_terms") == new


async def test_a_step_that_fails_changes_nothing(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shape is as before, and the next opening takes the step again."""
    await told(filled)

    def broken(_: sqlite3.Connection) -> None:
        raise OSError(28, "No space left on device")

    step = Migration("0999_last", "CREATE TABLE late (x);", broken)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
        with pytest.raises(StoreFailed):
            await opened(filled)
    with sqlite3.connect(filled / "archive.sqlite") as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'late'").fetchall()
    connection.close()
    await told(filled)


async def test_nothing_outlives_its_article(filled: Path) -> None:
    """Deleted articles leave no row behind, in whatever table, with a past or without."""
    store = await opened(filled)
    for moment in (day(3), day(5)):
        await store.put(
            [entry(f"a{i}", f"zivok {moment:%d}", recorded_at=moment) for i in range(10)]
        )
    tables = ("quote_terms", "standing", "past_passages", "quotes", "passages", "vectors",
              "articles", "revisions")  # fmt: skip
    assert all(rows_of(filled, *tables).values())
    for i in range(20):
        await store.delete(f"a{i}")
    assert not any(rows_of(filled, *tables).values())
    await store.close()


@pytest.mark.parametrize("filters", [Filters(), Filters(as_of=day(9))], ids=["now", "then"])
async def test_a_page_is_read_where_it_begins(filled: Path, filters: Filters) -> None:
    """Neither articles nor quotes are sorted as a whole, or scanned from the newest on."""
    store = await opened(filled)
    reader = store._catalogue.reader
    asked: list[str] = []
    cursor = store._archive.page(filters, 2, None).cursor
    queries = [QuoteQuery(words=words, filters=filters) for words in ("", "buxk", "buxk dozk")]
    cursors = [store._archive.said(query, 2, None).cursor for query in queries]
    reader.set_trace_callback(asked.append)
    store._archive.page(filters, 2, cursor)
    for query, following in zip(queries, cursors, strict=True):
        store._archive.said(query, 2, following)
    reader.set_trace_callback(None)
    plans = {
        sql: [row[3] for row in reader.execute(f"EXPLAIN QUERY PLAN {sql}")]
        for sql in asked
        if "ORDER BY" in sql and "LIMIT" in sql
    }
    assert len(plans) == 4
    for sql, plan in plans.items():
        assert plan[0].startswith("SEARCH"), (sql, plan)
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan, (sql, plan)
    await store.close()
