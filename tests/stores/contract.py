"""The suite that every store passes: subclass StoreContract and give it the fixture `opener`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from service.domain.claim import Filters
from service.domain.errors import InvalidCursor
from service.domain.indexing import Change
from service.ports import Store
from tests.stores.archive import BruteForce, day, entry, unit, vector_of

Opener = Callable[[], Awaitable[Store]]
"""Opens the same storage again each time; the first time it is empty."""

EVERYTHING = Filters()


def only(*publishers: str) -> Filters:
    return Filters(include_publishers=frozenset(publishers))


def ids(hits: object) -> list[str]:
    assert isinstance(hits, (list, tuple))
    return [hit.passage_id for hit in hits]


class StoreContract:
    """`opener` must be a fixture of the subclass."""

    @pytest.fixture
    async def store(self, opener: Opener) -> AsyncIterator[Store]:
        store = await opener()
        yield store
        await store.close()

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

    async def test_an_article_comes_back_equal(self, store: Store) -> None:
        """Every field, the zone of its date and its revision included."""
        zone = timezone(timedelta(hours=3))
        given = entry(
            "é:1", "„Buxk“ 🙂 dozk\u200d", published_at=datetime(2024, 5, 1, 8, tzinfo=zone)
        )
        await store.put([given])
        article = await store.article("é:1")
        assert article == given.article
        assert article is not None
        assert article.revision == given.article.revision
        assert article.published_at == given.article.published_at
        assert await store.article("never") is None

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

    async def test_nearest_gives_known_cosines_in_order(self, store: Store) -> None:
        """3-4-5 triangles: cosines 1, 0.8, 0.6, 0 and -1 from highest to lowest."""
        rows = [unit(0, 1), unit(-1), unit(0.6, 0.8), unit(1), unit(0.8, 0.6)]
        await store.put([entry("a", *"bdgzm", vectors=rows)])
        hits = await store.nearest(unit(1), EVERYTHING, limit=10)
        assert ids(hits) == ["a:3", "a:4", "a:2", "a:0", "a:1"]
        assert [hit.score for hit in hits] == pytest.approx([1, 0.8, 0.6, 0, -1], abs=5e-4)
        assert ids(await store.nearest(unit(1), EVERYTHING, limit=2)) == ["a:3", "a:4"]

    async def test_a_query_need_not_be_of_norm_one(self, store: Store) -> None:
        """The cosine does not depend on the length of the question's vector."""
        await store.put([entry("a", "b", "d", vectors=[unit(1), unit(0.6, 0.8)])])
        assert await store.nearest(unit(1) * 7, EVERYTHING, limit=2) == await store.nearest(
            unit(1), EVERYTHING, limit=2
        )

    async def test_copies_are_ordered_by_id(self, store: Store) -> None:
        """Equal scores: the smaller ids win, at the cut too, in both legs."""
        copies = [entry(f"copy-{i:02}", "buxk dozk") for i in range(40)]
        await store.put(copies[::-1])
        expected = [f"copy-{i:02}:0" for i in range(7)]
        near = await store.nearest(vector_of("buxk dozk"), EVERYTHING, limit=7)
        assert ids(near) == expected
        assert ids(await store.matching("dozk", EVERYTHING, limit=7)) == expected

    async def test_matching_finds_any_of_the_words_best_first(self, store: Store) -> None:
        """A passage with both words before one with one; none of the words, not found."""
        await store.put([entry("a", "buxk mekk", "dozk buxk", "zivok")])
        hits = await store.matching("Dozk, buxk!", EVERYTHING, limit=5)
        assert ids(hits) == ["a:1", "a:0"]

    @pytest.mark.parametrize(
        "words", ["", "  ", "?!", '"', "buxk AND (", "body:*", "buxk^9 -dozk~"]
    )
    async def test_words_are_plain_text(self, store: Store, words: str) -> None:
        """No query language: what looks like one is words like any other."""
        await store.put([entry("a", "buxk"), entry("b", "zekk")])
        found = ids(await store.matching(words, EVERYTHING, limit=5))
        assert found == (["a:0"] if "buxk" in words else [])

    async def test_words_that_every_text_has_count_where_there_are_no_others(
        self, store: Store
    ) -> None:
        """A question of nothing but stop words is still a question."""
        await store.put([entry("a", "to be or not to be", "buxk dozk")])
        assert ids(await store.matching("not to be", EVERYTHING, limit=5)) == ["a:0"]

    async def test_an_empty_store_answers(self, store: Store) -> None:
        """Nothing indexed is an answer, not an error."""
        assert list(await store.nearest(unit(1), EVERYTHING, limit=5)) == []
        assert list(await store.matching("buxk", EVERYTHING, limit=5)) == []
        assert list(await store.passages(["a:0"])) == []
        assert await store.revisions(["a"]) == {}
        assert await store.coverage(EVERYTHING) == BruteForce().coverage(EVERYTHING)
        assert (await store.articles(EVERYTHING, limit=5)).articles == ()
        assert await store.delete("a") is False

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

    async def test_dates_filter_at_their_edges(self, store: Store) -> None:
        """as_of includes its moment, published_after does not, an undated article passes neither,
        and a moment counts whatever zone it is written in."""
        await store.put(
            [entry(f"d{i}", "buxk", published_at=day(i)) for i in range(4)]
            + [entry("undated", "buxk", published_at=None)]
        )
        zone = timezone(timedelta(hours=-7))
        cases = {
            Filters(as_of=day(1)): ["d0:0", "d1:0"],
            Filters(as_of=day(1).astimezone(zone)): ["d0:0", "d1:0"],
            Filters(as_of=day(1) - timedelta(microseconds=1)): ["d0:0"],
            Filters(published_after=day(1)): ["d2:0", "d3:0"],
            Filters(published_after=day(1), as_of=day(2)): ["d2:0"],
            Filters(as_of=datetime(1, 1, 1, tzinfo=UTC)): [],
            Filters(published_after=datetime(1, 1, 1, tzinfo=UTC)): [f"d{i}:0" for i in range(4)],
            Filters(as_of=datetime(9999, 12, 31, tzinfo=UTC)): [f"d{i}:0" for i in range(4)],
        }
        for filters, expected in cases.items():
            assert ids(await store.nearest(unit(1), filters, limit=9)) == expected
            assert ids(await store.matching("buxk", filters, limit=9)) == expected
            assert (await store.coverage(filters)).articles == len(expected)

    async def test_publishers_filter_without_regard_to_case(self, store: Store) -> None:
        """Included or excluded, ß and ẞ and capitals alike; an unknown name includes nobody."""
        await store.put(
            [
                entry("a", "buxk", publisher="Große Zeitung"),
                entry("b", "buxk", publisher="The Example Herald"),
                entry("c", "buxk", publisher=""),
            ]
        )
        cases = {
            only("GROSSE zeitung"): ["a:0"],
            only("the example herald", "große zeitung"): ["a:0", "b:0"],
            only("nobody"): [],
            Filters(exclude_publishers=frozenset({"GROSSE ZEITUNG"})): ["b:0", "c:0"],
            Filters(exclude_publishers=frozenset({"nobody"})): ["a:0", "b:0", "c:0"],
            Filters(
                include_publishers=frozenset({"große zeitung"}),
                exclude_publishers=frozenset({"Große Zeitung"}),
            ): [],
        }
        for filters, expected in cases.items():
            assert ids(await store.nearest(unit(1), filters, limit=9)) == expected
            assert ids(await store.matching("buxk", filters, limit=9)) == expected
            page = await store.articles(filters, limit=9)
            assert sorted(f"{article.id}:0" for article in page.articles) == expected

    async def test_a_filter_that_leaves_one_per_cent_loses_nothing(self, store: Store) -> None:
        """The nearest and the best match of that one per cent are found, though a thousand
        passages that were filtered out are nearer and match better."""
        far = [
            entry(f"far-{i}", "dozk zekk mekk", vectors=[unit(0.5, 1 + i)], publisher="rare")
            for i in range(10)
        ]
        near = [
            entry(f"near-{i}", "dozk", "dozk dozk", vectors=[unit(1), unit(1, 0.01)])
            for i in range(500)
        ]
        await store.put([*near[:250], *far, *near[250:]])
        for filters in (only("rare"), Filters(exclude_publishers=frozenset({"Example Herald"}))):
            hits = ids(await store.nearest(unit(1), filters, limit=4))
            assert hits == [f"far-{i}:0" for i in range(4)]
            assert len(await store.matching("dozk", filters, limit=20)) == 10

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


async def answers(store: Store) -> list[object]:
    """Everything that a store can be asked, over articles made of `archive.WORDS`."""
    filters = [EVERYTHING, Filters(as_of=day(4)), only("Example Herald")]
    asked: list[object] = [await store.snapshot()]
    for chosen in filters:
        near = await store.nearest(vector_of("buxk"), chosen, limit=8)
        asked += [
            near,
            await store.matching("buxk gekk", chosen, limit=8),
            await store.coverage(chosen),
            await store.articles(chosen, limit=20),
            await store.passages([hit.passage_id for hit in near]),
        ]
    return asked
