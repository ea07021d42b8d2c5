"""What every store keeps, pages through and forgets. Part of the contract."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest

from service.domain.claim import Filters
from service.domain.errors import InvalidCursor, RevisionConflict
from service.domain.indexing import Change
from service.ports import ABSENT, Store
from tests.stores.archive import day, entry, unit, vector_of
from tests.stores.contract_questions import EVERYTHING, Opener, answers, ids


class Keeping:
    async def test_a_new_article_is_created_the_same_again_is_unchanged(self, store: Store) -> None:
        """Putting tells what it did, entry by entry, in order."""
        first, other = entry("a", "buxk dozk"), entry("b", "zekk")
        assert list(await store.put([first])) == [Change.CREATED]
        assert list(await store.put([first, other])) == [Change.UNCHANGED, Change.CREATED]
        assert list(await store.put([entry("a", "buxk gekk"), other])) == [
            Change.UPDATED,
            Change.UNCHANGED,
        ]

    async def test_of_one_article_twice_in_a_batch_the_last_is_searched(self, store: Store) -> None:
        """A batch is put in order, so the last revision in it is the current one."""
        changes = await store.put([entry("a", "buxk"), entry("a", "dozk"), entry("a", "dozk")])
        assert list(changes) == [Change.CREATED, Change.UPDATED, Change.UNCHANGED]
        assert await store.matching("buxk", EVERYTHING, limit=5) == []
        assert ids(await store.matching("dozk", EVERYTHING, limit=5)) == ["a:0"]
        assert (await store.coverage(EVERYTHING)).passages == 1

    async def test_a_change_is_made_only_to_the_revision_that_was_expected(
        self, store: Store
    ) -> None:
        """Whoever asks, of whatever replica; nothing of a refused batch is kept."""
        first, second = entry("a", "buxk"), entry("a", "dozk")
        await store.put([first], expected_revision=ABSENT)
        with pytest.raises(RevisionConflict, match="already, at revision sha256:"):
            await store.put([second], expected_revision=ABSENT)
        with pytest.raises(RevisionConflict):
            await store.put([second], expected_revision=second.article.revision)
        with pytest.raises(RevisionConflict):
            await store.put([entry("b", "gekk"), second], expected_revision=ABSENT)
        with pytest.raises(RevisionConflict):
            await store.delete("a", expected_revision=second.article.revision)
        with pytest.raises(RevisionConflict, match="no such article"):
            await store.delete("b", expected_revision=first.article.revision)
        assert await store.revisions(["a", "b"]) == {"a": first.article.revision}
        changes = await store.put([second], expected_revision=first.article.revision)
        assert list(changes) == [Change.UPDATED]
        assert await store.delete("a", expected_revision=second.article.revision)

    async def test_an_article_is_found_by_its_address(self, store: Store) -> None:
        """Exactly that address, as of a day the one that it had then."""
        given = [entry(name, "buxk", recorded_at=day(1)) for name in ("a", "b")]
        moved = replace(
            given[1], article=replace(given[1].article, url="https://new.example/b", revision=""),
            recorded_at=day(3),
        )  # fmt: skip
        await store.put([*given, moved])
        for url, filters, expected in (
            ("https://example.org/a", EVERYTHING, ["a"]),
            ("https://new.example/b", EVERYTHING, ["b"]),
            ("https://example.org/b", EVERYTHING, []),
            ("https://example.org/b", Filters(as_of=day(2)), ["b"]),
            ("https://example.org", EVERYTHING, []),
            ("", EVERYTHING, []),
        ):
            page = await store.articles(filters, url=url, limit=5)
            assert [article.id for article in page.articles] == expected, url

    async def test_a_store_that_answers_is_well(self, store: Store) -> None:
        """It says nothing."""
        await store.health()

    async def test_an_article_comes_back_equal(self, store: Store) -> None:
        """Every field, the zone of its date, the newsroom's own and its revision included."""
        zone = timezone(timedelta(hours=3))
        moment = datetime(2024, 5, 1, 8, tzinfo=zone)
        extra = {"desk": "é", "ids": [1, 2.5, None], "deep": {"a": True}}
        given = entry("é:1", "„Buxk“ 🙂 dozk\u200d", published_at=moment, extra=extra)
        await store.put([given])
        article = await store.article("é:1")
        assert article == given.article
        assert article is not None
        assert article.extra == extra
        assert article.revision == given.article.revision
        assert article.published_at == given.article.published_at
        assert await store.article("never") is None

    async def test_a_guessed_date_comes_back_as_one(self, store: Store) -> None:
        """And the same date, once it is stated, is another revision."""
        stated = entry("a", "buxk")
        guessed = replace(stated.article, published_at_guessed=True, revision="")
        assert list(await store.put([replace(stated, article=guessed)])) == [Change.CREATED]
        assert await store.article("a") == guessed
        assert list(await store.put([stated])) == [Change.UPDATED]
        assert await store.article("a") == stated.article

    async def test_quotes_come_back_equal_and_in_the_order_of_the_text(self, store: Store) -> None:
        """The whole attribution survives, and quotes are ordered by where they are."""
        given = entry("a", "buxk dozk", "gekk zivok")
        later = entry("x", "mekk", "gekk zivok").quotes[0]
        await store.put([given])
        assert await store.quotes("a") == given.quotes
        assert await store.quotes("never") == ()
        assert later not in await store.quotes("a")

    async def test_passages_come_with_their_article_and_the_quotes_that_touch_them(
        self, store: Store
    ) -> None:
        """In the order asked for; unknown, malformed and deleted ids are left out."""
        given = entry("a:b", "buxk dozk", "gekk zivok")
        await store.put([given, entry("c", "mekk")])
        asked = ["a:b:1", "nobody:0", "a:b:7", "a:b:-1", "a:b", "", "a:b:0", "a:b:²"]
        second, first = await store.passages(asked)
        assert (second.id, first.id) == ("a:b:1", "a:b:0")
        assert (second.passage, first.passage) == (given.passages[1], given.passages[0])
        assert first.article == second.article == given.article
        assert first.quotes == given.quotes
        assert second.quotes == ()
        await store.delete("a:b")
        assert list(await store.passages(["a:b:0", "c:0"])) == list(await store.passages(["c:0"]))

    async def test_an_article_without_passages_is_kept(self, store: Store) -> None:
        """A headline alone has nothing to search, but it is in the archive."""
        await store.put([entry("empty"), entry("a", "buxk"), entry("void")])
        assert ids(await store.nearest(unit(1), EVERYTHING, limit=5)) == ["a:0"]
        assert (await store.coverage(EVERYTHING)).articles == 3

    async def test_what_was_replaced_is_not_found(self, store: Store) -> None:
        """An update takes the older revision out of both legs, whatever its length was."""
        await store.put([entry("a", "buxk", "dozk", "gekk"), entry("b", "mekk")])
        await store.put([entry("a", "zivok")])
        for word in ("buxk", "dozk", "gekk"):
            assert list(await store.matching(word, EVERYTHING, limit=5)) == []
        assert sorted(ids(await store.nearest(unit(1), EVERYTHING, limit=9))) == ["a:0", "b:0"]
        assert ids(await store.matching("zivok", EVERYTHING, limit=5)) == ["a:0"]

    async def test_what_was_deleted_leaves_no_trace(self, store: Store) -> None:
        """Not by id, words, vector, page or count; deleting again finds nothing."""
        await store.put([entry("a", "buxk"), entry("a", "dozk"), entry("b", "dozk")])
        assert await store.delete("a") is True
        assert await store.delete("a") is False
        assert await store.article("a") is None
        assert await store.quotes("a") == ()
        assert await store.revisions(["a", "b"]) == {"b": entry("b", "dozk").article.revision}
        assert ids(await store.nearest(vector_of("dozk"), EVERYTHING, limit=5)) == ["b:0"]
        assert ids(await store.matching("dozk buxk", EVERYTHING, limit=5)) == ["b:0"]
        assert (await store.coverage(EVERYTHING)).articles == 1
        assert list(await store.put([entry("a", "dozk")])) == [Change.CREATED]

    async def test_pages_are_newest_first_and_undated_last(self, store: Store) -> None:
        """Each article once, by date, then by id; the last page has no cursor."""
        dates = [day(2), None, day(1), day(2), None, day(3)]
        await store.put([entry(f"a{i}", "buxk", published_at=date) for i, date in enumerate(dates)])
        seen, cursor = [], None
        for size in (2, 2, 2):
            page = await store.articles(EVERYTHING, limit=2, cursor=cursor)
            assert len(page.articles) == size
            seen += [article.id for article in page.articles]
            cursor = page.cursor
        assert seen == ["a5", "a0", "a3", "a2", "a1", "a4"]
        assert cursor is None

    async def test_pages_are_stable_under_changes(self, store: Store) -> None:
        """Newer articles that come in between, and the cursor's own article leaving, shift
        nothing."""
        await store.put([entry(f"a{i}", "buxk", published_at=day(i)) for i in range(6)])
        first = await store.articles(EVERYTHING, limit=3)
        await store.put([entry("new", "buxk", published_at=day(50))])
        await store.delete("a3")
        second = await store.articles(EVERYTHING, limit=3, cursor=first.cursor)
        assert [article.id for article in second.articles] == ["a2", "a1", "a0"]

    async def test_pages_of_a_filtered_archive(self, store: Store) -> None:
        """Filters and cursors go together."""
        await store.put(
            [entry(f"a{i}", "b", published_at=day(i), publisher=f"P{i % 2}") for i in range(8)]
        )
        filters = Filters(as_of=day(5), include_publishers=frozenset({"p1"}))
        first = await store.articles(filters, limit=2)
        rest = await store.articles(filters, limit=2, cursor=first.cursor)
        assert [article.id for article in (*first.articles, *rest.articles)] == ["a5", "a3", "a1"]

    @pytest.mark.parametrize("cursor", ["", "x", "%%%", "WzFd", "bnVsbA", "\u00e9", "W" * 10_000])
    async def test_a_cursor_from_elsewhere_is_refused(self, store: Store, cursor: str) -> None:
        """Junk is the caller's fault and says so."""
        await store.put([entry("a", "buxk")])
        with pytest.raises(InvalidCursor, match="without a cursor"):
            await store.articles(EVERYTHING, limit=2, cursor=cursor)

    async def test_the_snapshot_names_the_content_alone(self, store: Store) -> None:
        """Whatever the order of arrival and what came and went in between."""
        empty = await store.snapshot()
        await store.put([entry("a", "buxk"), entry("b", "dozk")])
        both = await store.snapshot()
        await store.put([entry("c", "gekk"), entry("a", "zivok")])
        changed = await store.snapshot()
        await store.delete("c")
        await store.put([entry("a", "buxk")])
        assert await store.snapshot() == both
        await store.delete("a")
        await store.delete("b")
        assert await store.snapshot() == empty
        await store.put([entry("b", "dozk")])
        await store.put([entry("a", "buxk")])
        assert await store.snapshot() == both
        assert len({empty, both, changed}) == 3

    async def test_the_version_names_the_moment(self, store: Store) -> None:
        """Another after each change, also where the content is as it was before."""
        empty = await store.version()
        assert await store.version() == empty
        await store.put([entry("a", "buxk")])
        with_it = await store.version()
        await store.put([entry("a", "buxk")])  # changes nothing
        assert await store.version() == with_it
        await store.delete("a")
        without = await store.version()
        await store.put([entry("a", "buxk")])
        assert len({empty, with_it, without, await store.version()}) == 4

    async def test_a_batch_is_put_whole_or_not_at_all(self, store: Store) -> None:
        """A bad vector in the last entry leaves nothing of the first."""
        good = entry("a", "buxk")
        bad = entry("b", "dozk", vectors=[np.full(16, np.nan, np.float32)])
        before = await store.snapshot()
        with pytest.raises(ValueError, match="finite"):
            await store.put([good, bad])
        assert await store.article("a") is None
        assert list(await store.matching("buxk", EVERYTHING, limit=5)) == []
        assert await store.snapshot() == before
        assert list(await store.put([good])) == [Change.CREATED]

    async def test_all_of_it_is_there_after_opening_again(self, opener: Opener) -> None:
        """Changes, then close, then open: every answer is the same."""
        store = await opener()
        await store.put(
            [entry(f"a{i}", "buxk dozk", "gekk", published_at=day(i)) for i in range(9)]
        )
        await store.put([entry("a4", "buxk")])
        await store.delete("a7")
        before = await answers(store)
        await store.close()
        store = await opener()
        assert await answers(store) == before
        await store.put([entry("z", "zivok")])
        assert ids(await store.matching("zivok", EVERYTHING, limit=5)) == ["z:0"]
        await store.close()
