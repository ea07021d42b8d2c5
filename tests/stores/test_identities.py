"""A store from before the day was part of an article's identity is brought over, and loses
nothing."""

import contextlib
import logging
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.domain.article import Article, article_id
from service.domain.claim import Filters
from service.ports import Entry
from service.stores.embedded import EmbeddedStore, identities
from tests.stores.archive import WORDS, day, entry, vector_of
from tests.stores.contract_questions import EVERYTHING, answers, opened, told

OLDER = Path(__file__).parent / "older_store.sql"
"""Made with the version that its first line names: `past()` was put into it, each batch for itself,
under the ids of that version."""


def by_headline(*texts: str, title: str, published: datetime | None, recorded: datetime) -> Entry:
    """An article without an address, under the id that it gets now."""
    given = entry("", *texts, title=title, published_at=published, recorded_at=recorded)
    article = replace(given.article, url=None, revision="")
    name = article_id(
        url=None,
        publisher=article.publisher,
        title=article.title,
        text=article.text,
        published_at=article.published_at,
    )
    return renamed(replace(given, article=article), name)


def renamed(given: Entry, name: str) -> Entry:
    return replace(given, article=replace(given.article, id=name))


def weather(number: int, *texts: str, recorded: datetime) -> Entry:
    return by_headline(*texts, title="Weather", published=day(number), recorded=recorded)


def past() -> list[list[Entry]]:
    """What the older store was given: of one headline several days, a correction, two days in one
    batch; undated ones; others that were never mixed up."""
    return [
        [weather(0, "buxk monday", "dozk", recorded=day(0))],
        [weather(1, "gekk tuesday", recorded=day(1))],
        [weather(1, "gekk tuesday again", recorded=day(1) + timedelta(hours=6))],
        [
            weather(2, "mekk wednesday", recorded=day(4)),
            weather(3, "zivok thursday", recorded=day(4)),
        ],
        [by_headline("bivok one", title="Notes", published=None, recorded=day(1))],
        [by_headline("bivok two", title="Notes", published=None, recorded=day(2))],
        [by_headline("dux dam", title="Dam", published=day(2), recorded=day(2))],
        [by_headline("dux dam burst", title="Dam", published=day(2), recorded=day(3))],
        [by_headline("goz untitled", title="", published=day(2), recorded=day(2))],
        [entry("a", "zek one", title="Weather", published_at=day(1), recorded_at=day(1))],
        [entry("a", "zek two", title="Weather", published_at=day(1), recorded_at=day(2))],
        [renamed(entry(".hidden", "muxk", published_at=day(1), recorded_at=day(1)), "_hidden")],
    ]


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The folder of an older store, without what is derived."""
    folder = tmp_path / "older"
    folder.mkdir()
    with contextlib.closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        connection.executescript(OLDER.read_text(encoding="utf-8"))
    return folder


async def articles(store: EmbeddedStore, filters: Filters = EVERYTHING) -> set[Article]:
    return set((await store.articles(filters, limit=50)).articles)


async def index_unread(store: EmbeddedStore) -> list[str]:
    """What the service does when it opens the store: their texts."""
    unread = await store.unread(limit=9)
    given = {item.article: item for batch in past() for item in batch}
    await store.put([replace(given[article], recorded_at=day(99)) for article in unread])
    return [article.text for article in unread]


async def test_articles_that_shared_a_headline_are_all_there_again(older: Path) -> None:
    """Each day's, and each undated text, in lists, counts and both legs; what was only kept as
    text is searched once it has been indexed again."""
    store = await opened(older)
    given = [item for batch in past() for item in batch]
    expected = {item.article.id: item.article for item in given}
    assert await articles(store) == set(expected.values())
    assert (await store.coverage(Filters())).articles == len(expected) == 10
    assert len(await store.matching("monday", Filters(), limit=9)) == 2
    assert await store.matching("wednesday", Filters(), limit=9) == []
    assert await index_unread(store) == ["bivok one", "mekk wednesday"]
    assert await store.unread(limit=9) == []
    assert len(await store.matching("wednesday", Filters(), limit=9)) == 1
    assert (await store.consistency()).agrees
    await store.close()


async def test_a_store_that_was_brought_over_is_as_one_that_never_had_to_be(
    older: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With the same history: every answer, every list as of each day, the snapshot. The second
    opening changes nothing."""
    fresh = await opened(tmp_path / "fresh")
    for batch in past():
        await fresh.put(batch)
    store = await opened(older)
    await index_unread(store)
    assert await all_answers(store) == await all_answers(fresh)
    await fresh.close()
    await store.close()
    caplog.set_level(logging.WARNING)
    assert await told(older) == await told(tmp_path / "fresh")
    assert not caplog.text


async def all_answers(store: EmbeddedStore) -> list[object]:
    asked: list[object] = [*await answers(store)]
    for filters in (Filters(), *(Filters(as_of=day(number)) for number in range(6))):
        page = await store.articles(filters, limit=50)
        asked += [page, await store.coverage(filters)]
        asked += [await store.history(article.id) for article in page.articles]
        for word in (*WORDS, "monday", "tuesday", "again", "wednesday", "one", "two", "burst"):
            asked.append(await store.matching(word, filters, limit=9))
            asked.append(await store.nearest(vector_of(word), filters, limit=30))
    return asked


async def test_a_revision_that_was_corrected_keeps_its_time(older: Path) -> None:
    """Tuesday's first text stood for six hours, and Monday's stands ever since."""
    store = await opened(older)
    monday, tuesday, again = (batch[0].article for batch in past()[:3])
    assert monday in await articles(store, Filters(as_of=day(4)))
    assert tuesday in await articles(store, Filters(as_of=day(1) + timedelta(hours=5)))
    assert again in await articles(store, Filters(as_of=day(1) + timedelta(hours=6)))
    await store.close()


async def test_an_article_is_not_moved_onto_another(older: Path) -> None:
    """Somebody gave the id that it should have to another article: it stays where it is."""
    dam = past()[6][0].article.id
    with contextlib.closing(sqlite3.connect(older / "archive.sqlite")) as connection, connection:
        for table in ("revisions", "standing", "articles"):
            connection.execute(f"UPDATE {table} SET id = ? WHERE id = 'a'", [dam])
    store = await opened(older)
    texts = {article.text for article in await articles(store)}
    assert {"zek two", "dux dam burst"} <= texts
    assert len(texts) == 10
    await store.close()


async def test_a_crash_while_it_is_brought_over_leaves_it_as_it_was(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next opening does it all."""

    def broken(_: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(identities, "_count_again", broken)
        with pytest.raises(KeyboardInterrupt):
            await opened(older)
    store = await opened(older)
    assert len(await articles(store)) == 10
    assert (await store.consistency()).agrees
    await store.close()
