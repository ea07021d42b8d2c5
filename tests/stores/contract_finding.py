"""What every store finds, in which order, and what its filters leave. Part of the contract."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from service.domain.claim import Filters
from service.ports import Store
from tests.stores.archive import BruteForce, day, entry, unit, vector_of
from tests.stores.contract_questions import EVERYTHING, ids, only


class Finding:
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
        await store.put([entry("a", "buxk mekk"), entry("b", "dozk buxk"), entry("c", "zivok")])
        hits = await store.matching("Dozk, buxk!", EVERYTHING, limit=5)
        assert ids(hits) == ["b:0", "a:0"]

    async def test_a_passage_is_found_by_its_title_and_by_the_passage_before_it(
        self, store: Store
    ) -> None:
        """A sentence about "he" is found by the name in the sentence before it, not by one in the
        sentence after it or two before; every passage is found by the title."""
        await store.put(
            [
                entry("a", "buxk dozk", "gekk", "zivok", title="Mekk"),
                entry("b", "zekk", "bivok", title="Divok"),
            ]
        )
        for word, expected in (
            ("dozk", ["a:0", "a:1"]),
            ("gekk", ["a:1", "a:2"]),
            ("zivok", ["a:2"]),
            ("mekk", ["a:0", "a:1", "a:2"]),
            ("divok", ["b:0", "b:1"]),
        ):
            hits = await store.matching(word, EVERYTHING, limit=5)
            assert sorted(ids(hits)) == expected, word

    async def test_of_a_long_passage_before_it_the_end_is_read(self, store: Store) -> None:
        """As much as names what the next sentence speaks of, and no more."""
        await store.put([entry("a", f"buxk {'gekk ' * 100}dozk", "zivok")])
        assert ids(await store.matching("buxk", EVERYTHING, limit=5)) == ["a:0"]
        assert ids(await store.matching("dozk", EVERYTHING, limit=5)) == ["a:1", "a:0"]

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
        await store.put([entry("a", "to be or not to be"), entry("b", "buxk dozk")])
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
